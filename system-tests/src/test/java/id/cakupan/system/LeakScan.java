package id.cakupan.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Looks for marked values in all that a run leaves behind. */
final class LeakScan {
    /** Files with offsets and times only, long and mostly empty. */
    private static final List<String> INDEXES = List.of(".index", ".timeindex", ".txnindex");

    private static final String SEGMENT = ".log";
    private static final String ROCKSDB = "CURRENT";
    private static final int CHUNK = 1 << 20;

    private final Marks marks;
    private final Set<String> findings = new TreeSet<>();
    private long records;
    private long headers;
    private long files;
    private long entries;

    LeakScan(Marks marks) {
        this.marks = marks;
    }

    /** Where marked values were found, and in which form. */
    Set<String> findings() {
        return findings;
    }

    /** Records looked at. */
    long records() {
        return records;
    }

    /** Headers of records looked at. */
    long headers() {
        return headers;
    }

    /** Files looked at byte by byte. */
    long files() {
        return files;
    }

    /** Entries of state stores looked at. */
    long entries() {
        return entries;
    }

    void text(String where, @Nullable String text) {
        if (text != null) {
            bytes(where, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void bytes(String where, byte[] bytes) {
        marks.in(bytes, bytes.length).forEach(form -> findings.add(where + ": " + form));
    }

    /** Every file in a folder byte by byte, those of indexes left out; of databases also what is compressed in them. */
    void folder(Path folder) throws IOException, RocksDBException {
        folder(folder, file -> true);
    }

    /** The files in a folder that are to be looked at. */
    void folder(Path folder, Predicate<Path> counts) throws IOException, RocksDBException {
        for (Path file : files(folder)) {
            if (counts.test(file) && INDEXES.stream().noneMatch(file.toString()::endsWith)) {
                file(file);
                if (file.endsWith(ROCKSDB)) {
                    database(file.resolveSibling(""));
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** A file byte by byte. */
    void file(Path file) throws IOException {
        files++;
        byte[] chunk = new byte[CHUNK];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.readNBytes(chunk, kept, chunk.length - kept);
                int length = kept + read;
                marks.in(chunk, length).forEach(form -> findings.add(file + ": " + form));
                if (read == 0) {
                    return;
                }
                kept = Math.min(Marks.LONGEST, length);
                System.arraycopy(chunk, length - kept, chunk, 0, kept);
            }
        }
    }

    /** Every record in the segment files of a broker that has ended, decompressed, of the topics that are to be looked at. */
    void segments(Path folder, Predicate<String> topics) throws IOException {
        for (Path file : files(folder)) {
            String topic = topic(file);
            if (file.toString().endsWith(SEGMENT) && Files.size(file) > 0 && topics.test(topic)) {
                segment(file, topic);
            }
        }
    }

    /** The folder of a partition is {@code topic-number}. */
    static String topic(Path segment) {
        String partition = String.valueOf(segment.resolveSibling("").getFileName());
        return partition.replaceFirst("-\\d+$", "");
    }

    private void segment(Path file, String topic) throws IOException {
        try (FileRecords all = FileRecords.open(file.toFile(), false)) {
            for (RecordBatch batch : all.batches()) {
                for (Record record : batch) {
                    records++;
                    String where = topic + ", offset " + record.offset();
                    buffer(where + ", key", record.key());
                    buffer(where + ", value", record.value());
                    for (Header header : record.headers()) {
                        headers++;
                        text(where + ", name of header", header.key());
                        if (header.value() != null) {
                            bytes(where + ", header " + header.key(), header.value());
                        }
                    }
                }
            }
        }
    }

    private void buffer(String where, @Nullable ByteBuffer buffer) {
        if (buffer != null) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            bytes(where, bytes);
        }
    }

    /** Every entry of a RocksDB database that nobody has open. */
    void database(Path folder) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options options = new Options();
                DBOptions open = new DBOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(options, folder.toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            try (RocksDB database = RocksDB.openReadOnly(open, folder.toString(), families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    try (RocksIterator iterator = database.newIterator(handle)) {
                        for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                            entries++;
                            bytes(folder + ", key", iterator.key());
                            bytes(folder + ", value", iterator.value());
                        }
                    }
                }
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
