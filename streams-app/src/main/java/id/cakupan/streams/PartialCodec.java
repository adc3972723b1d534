package id.cakupan.streams;

import id.cakupan.coverage.Group;
import id.cakupan.coverage.GroupPartial;
import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.Steps;

/**
 * How partials travel. Key: {@code LEVEL/id}, a NUL, and the task that it is from. Value: version (1 byte), latest
 * recording, name, first column, then the changes, each day as the distance from the one before.
 */
final class PartialCodec {
    private static final int VERSION = 1;
    private static final char SEPARATOR = '\0';

    private PartialCodec() {}

    static String key(Group group, String task) {
        return group.key() + SEPARATOR + task;
    }

    /** The part of the key that decides the partition: the group. */
    static String groupKey(String key) {
        return key.substring(0, key.lastIndexOf(SEPARATOR));
    }

    static String task(String key) {
        return key.substring(key.lastIndexOf(SEPARATOR) + 1);
    }

    static byte[] encode(GroupPartial partial) {
        ByteWriter out = new ByteWriter().octet(VERSION).number(partial.recordedThrough());
        String name = partial.name();
        Stamp namedBy = partial.namedBy();
        boolean named = name != null && namedBy != null;
        out.octet(named ? 1 : 0);
        if (name != null && namedBy != null) {
            out.text(name).number(namedBy.recordedAt()).text(namedBy.eventId());
        }
        Steps steps = partial.steps();
        out.octet(partial.firstColumn()).octet(steps.width()).number(steps.size());
        int day = 0;
        for (int i = 0; i < steps.size(); i++) {
            out.number(steps.day(i) - day);
            day = steps.day(i);
            for (int c = 0; c < steps.width(); c++) {
                out.number(steps.change(i, c));
            }
        }
        return out.toBytes();
    }

    static GroupPartial decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw new UnreadableStateException(
                    "A partial is stored in encoding " + version + ", this version reads " + VERSION);
        }
        long recordedThrough = in.number();
        String name = null;
        Stamp namedBy = null;
        if (in.octet() == 1) {
            name = in.text();
            namedBy = new Stamp(in.number(), in.text());
        }
        int firstColumn = in.octet();
        int width = in.octet();
        int size = in.integer();
        int[] days = new int[size];
        long[] changes = new long[size * width];
        int day = 0;
        for (int i = 0; i < size; i++) {
            day += in.integer();
            days[i] = day;
            for (int c = 0; c < width; c++) {
                changes[i * width + c] = in.number();
            }
        }
        return new GroupPartial(firstColumn, new Steps(width, days, changes), recordedThrough, name, namedBy);
    }
}
