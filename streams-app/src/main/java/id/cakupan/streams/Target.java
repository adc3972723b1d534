package id.cakupan.streams;

import id.cakupan.coverage.Stamp;

/**
 * What was promised for a group.
 *
 * @param ratio promised coverage, 0 to 1
 * @param dueOn day by which it is promised
 * @param stamp decides between two promises for one group: the later one holds
 */
record Target(double ratio, int dueOn, Stamp stamp) {
    private static final int VERSION = 1;

    byte[] encode() {
        return new ByteWriter()
                .octet(VERSION)
                .number(Double.doubleToLongBits(ratio))
                .number(dueOn)
                .number(stamp.recordedAt())
                .text(stamp.eventId())
                .toBytes();
    }

    static Target decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw new UnreadableStateException(
                    "A target is stored in encoding " + version + ", this version reads " + VERSION);
        }
        return new Target(Double.longBitsToDouble(in.number()), in.integer(), new Stamp(in.number(), in.text()));
    }
}
