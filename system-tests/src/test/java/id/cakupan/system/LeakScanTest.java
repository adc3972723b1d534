package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The scan for leaks finds what is planted, in each form and in each kind of place. */
class LeakScanTest {
    private static final String NIK = Canaries.FIRST.nik(3);
    private static final String NAME = Canaries.FIRST.name(3);
    private static final String WAGE = Canaries.WAGE;
    private static final byte[] PLANTED = ("row of " + NAME).getBytes(StandardCharsets.UTF_8);
    private static final byte[] CLEAN = "nothing here ".repeat(50).getBytes(StandardCharsets.UTF_8);
    private static final int LONG = 2_500_000;
    private static final int CHUNK_END = 1 << 20;

    @TempDir
    Path folder;

    private static Map<String, byte[]> forms() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("digits", utf8(NIK));
        forms.put("within other digits", utf8("12" + NIK + "34"));
        forms.put("with dots", utf8("3573.0671.1299.0014"));
        forms.put("with blanks", utf8("357306 711299 0014"));
        forms.put("with no-break spaces", utf8("3573\u00a00671\u00a01299\u00a00014"));
        forms.put("with narrow spaces", utf8("3573\u202f0671\u202f1299\u202f0014"));
        forms.put("with apostrophe and dashes", utf8("'3573-0671-1299-0014"));
        forms.put("name as it is", utf8(NAME));
        forms.put("name in capitals", utf8(NAME.toUpperCase(Locale.ROOT)));
        forms.put("name in small letters", utf8(NAME.toLowerCase(Locale.ROOT)));
        forms.put("wage", utf8(WAGE));
        forms.put("wage in rupiah", utf8("Rp 7.777.333.777,00"));
        for (String text : List.of(NIK, NAME, WAGE)) {
            forms.put("UTF-16LE " + text, text.getBytes(StandardCharsets.UTF_16LE));
            forms.put("UTF-16BE " + text, text.getBytes(StandardCharsets.UTF_16BE));
            forms.put("UTF-16 " + text, text.getBytes(StandardCharsets.UTF_16));
            forms.put("base64 " + text, Base64.getEncoder().encode(utf8(text)));
            forms.put("base64 of UTF-16 " + text, Base64.getEncoder().encode(text.getBytes(StandardCharsets.UTF_16LE)));
            for (String before : List.of("x", "xy", "{\"nik\":\"")) {
                forms.put(
                        "base64 within " + before + text, Base64.getUrlEncoder().encode(utf8(before + text + "\"}")));
            }
            forms.put("hexadecimal " + text, utf8(HexFormat.of().formatHex(utf8(text))));
            forms.put(
                    "HEXADECIMAL " + text,
                    utf8(HexFormat.ofDelimiter(":").withUpperCase().formatHex(utf8(text))));
            forms.put(
                    "URL " + text,
                    utf8(URLEncoder.encode("a " + text.replaceFirst("7", " 7"), StandardCharsets.UTF_8)));
            StringBuilder percent = new StringBuilder();
            StringBuilder escaped = new StringBuilder();
            text.chars().forEach(c -> {
                percent.append(String.format("%%%02X", c));
                escaped.append(String.format("\\u%04x", c));
            });
            forms.put("all percent " + text, utf8(percent.toString()));
            forms.put("all escaped " + text, utf8(escaped.toString()));
        }
        for (String text : List.of(NIK, WAGE)) {
            long number = Long.parseLong(text);
            forms.put("long " + text, ByteBuffer.allocate(8).putLong(number).array());
            forms.put(
                    "little-endian long " + text,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(number)
                            .array());
            forms.put(
                    "double " + text,
                    ByteBuffer.allocate(8).putDouble((double) number).array());
        }
        return forms;
    }

    @Test
    void shouldFindEachForm() {
        forms().forEach((form, bytes) -> {
            LeakScan scan = Canaries.FIRST.scan();
            ByteBuffer within = ByteBuffer.allocate(bytes.length + 2 * CLEAN.length);
            within.put(CLEAN).put(bytes).put(CLEAN);
            scan.bytes("place", within.array());
            assertThat(scan.findings()).as(form).isNotEmpty();
        });
    }

    @Test
    void shouldFindNothingElse() {
        LeakScan scan = Canaries.FIRST.scan();
        scan.bytes("clean", CLEAN);
        scan.text("others", "3573014506900001 Budi Contoh 3.500.000 k1.abcdefghijklmnopqrstuv kenari 7777333");
        scan.text("other marks", Canaries.SECOND.nik(1) + Canaries.SECOND.name(1));
        assertThat(scan.findings()).isEmpty();
    }

    @Test
    void shouldFindInEachPlaceOfACompressedRecord() throws IOException {
        Map<String, Compression> compressions = Map.of(
                "none", Compression.NONE,
                "gzip", Compression.gzip().build(),
                "snappy", Compression.snappy().build(),
                "lz4", Compression.lz4().build(),
                "zstd", Compression.zstd().build());
        for (Map.Entry<String, Compression> compression : compressions.entrySet()) {
            Header[] none = {};
            for (Map.Entry<String, SimpleRecord> planted : Map.of(
                            "key", new SimpleRecord(1L, PLANTED, CLEAN, none),
                            "value", new SimpleRecord(1L, CLEAN, PLANTED, none),
                            "header h",
                                    new SimpleRecord(1L, CLEAN, CLEAN, new Header[] {new RecordHeader("h", PLANTED)}),
                            "name of header",
                                    new SimpleRecord(
                                            1L, CLEAN, CLEAN, new Header[] {new RecordHeader(NAME, new byte[0])}))
                    .entrySet()) {
                Path partition = Files.createDirectories(folder.resolve(compression.getKey())
                        .resolve(planted.getKey())
                        .resolve("a-topic-3"));
                SimpleRecord clean = new SimpleRecord(1L, CLEAN, CLEAN, none);
                try (FileRecords segment = FileRecords.open(
                        partition.resolve("00000000000000000000.log").toFile())) {
                    segment.append(MemoryRecords.withRecords(compression.getValue(), clean, planted.getValue(), clean));
                }
                LeakScan scan = Canaries.FIRST.scan();
                scan.segments(partition, "a-topic"::equals);
                assertThat(scan.records()).isEqualTo(3);
                assertThat(scan.findings())
                        .as("%s", compression)
                        .isNotEmpty()
                        .allMatch(finding -> finding.startsWith("a-topic, offset 1, " + planted.getKey()));
            }
        }
    }

    @Test
    void shouldFindInFilesWhereverItStands() throws IOException, RocksDBException {
        for (int at : List.of(0, 100, CHUNK_END - 5, CHUNK_END + Marks.LONGEST - 5, LONG - NIK.length())) {
            byte[] bytes = new byte[LONG];
            System.arraycopy(utf8(NIK), 0, bytes, at, NIK.length());
            Path file = Files.createDirectories(folder.resolve("logs/" + at)).resolve("out.log");
            Files.write(file, bytes);
            LeakScan scan = Canaries.FIRST.scan();
            scan.folder(file.resolveSibling(""));
            assertThat(scan.findings()).as("at %d", at).hasSize(1);
        }
    }

    @Test
    void shouldFindInACompressedDatabase() throws IOException, RocksDBException {
        Path database = folder.resolve("state/store");
        Files.createDirectories(database);
        try (Options options =
                        new Options().setCreateIfMissing(true).setCompressionType(CompressionType.LZ4_COMPRESSION);
                RocksDB store = RocksDB.open(options, database.toString());
                FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            for (int i = 0; i < 1_000; i++) {
                store.put(utf8("key " + i), CLEAN);
            }
            store.put(utf8("key of a row"), PLANTED);
            store.flush(flush);
        }
        LeakScan scan = Canaries.FIRST.scan();
        scan.folder(folder.resolve("state"));
        assertThat(scan.entries()).isEqualTo(1_001);
        assertThat(scan.findings()).anyMatch(finding -> finding.contains("store, value"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
