package id.cakupan.streams;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.specific.SpecificRecord;

/** Tells whether a record is the same as one published before, possibly by a process that is gone: 64 bits of SHA-256. */
final class Fingerprint {
    private Fingerprint() {}

    static long of(SpecificRecord record) {
        ByteWriter out = new ByteWriter();
        write(out, record);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(out.toBytes()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(ByteWriter out, SpecificRecord record) {
        int fields = record.getSchema().getFields().size();
        for (int i = 0; i < fields; i++) {
            write(out, record.get(i));
        }
    }

    private static void write(ByteWriter out, Object value) {
        if (value instanceof SpecificRecord nested) {
            write(out.octet(1), nested);
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> write(out.octet(2), item));
        } else if (value instanceof Long number) {
            out.octet(3).number(number);
        } else {
            out.octet(4).text(String.valueOf(value));
        }
    }
}
