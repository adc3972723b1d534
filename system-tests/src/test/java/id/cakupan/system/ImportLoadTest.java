package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.schemas.Topics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Large files through the program with 256 MB of heap, to the real broker. {@code -Dcakupan.import.rows=13200000} makes a CSV
 * of 1 GB and a worksheet that is full; the figures are printed: only what holds on any machine is asserted.
 */
@ExtendWith(Cluster.Shared.class)
class ImportLoadTest {
    private static final int ROWS = Integer.getInteger("cakupan.import.rows", 100_000);
    private static final int MOST_ROWS_OF_A_WORKSHEET = 1_000_000;
    private static final int ROWS_IN_MEMORY = 10_000;
    private static final int PARTITIONS = 4;
    private static final int SITES = 400;
    private static final List<String> PROGRAM = List.of("-Xmx256m", "-XX:+UseParallelGC");
    private static final List<String> HEADINGS =
            List.of("NIK", "ID Proyek", "ID Kontraktor", "Tanggal Mulai", "Tanggal Selesai");
    private static final String END = "20/12/2026";
    private static final LocalDate FIRST_START = LocalDate.of(2025, 1, 1);
    private static final int DAYS = 365;

    /** Slower than this nobody would call usable on any machine. */
    private static final double FLOOR_PER_SECOND = 3_000;

    private static final Pattern SUMMARY = Pattern.compile(
            "([0-9,]+) rows: ([0-9,]+) events sent, 0 rows rejected, in ([0-9.]+) s \\(([0-9,]+) rows/s\\)");

    @Test
    void shouldStreamLargeFilesThroughASmallHeap(Cluster cluster) throws Exception {
        try (Space space = Space.setUp(cluster, "import-load", PARTITIONS)) {
            Path keys = space.folder().resolve("pseudonym.key");
            Commands.succeed(List.of("keys", "create", "--key-file", keys.toString()));

            Path csv = csv(space.folder().resolve("large.csv"), ROWS);
            importAll(space, keys, csv, ROWS);
            assertThat(stored(space)).isEqualTo(ROWS);
            Files.delete(csv);

            int rows = Math.min(ROWS, MOST_ROWS_OF_A_WORKSHEET);
            Path xlsx = xlsx(space.folder().resolve("large.xlsx"), rows);
            importAll(space, keys, xlsx, rows);
            assertThat(stored(space)).isEqualTo(ROWS + (long) rows);
            Files.delete(xlsx);
        }
    }

    private static void importAll(Space space, Path keys, Path file, int rows) throws Exception {
        List<String> arguments =
                space.arguments("import", "--profile", "worker-hired", "--key-file", keys.toString(), file.toString());
        try (StreamsProcess process =
                StreamsProcess.start(PROGRAM, arguments, space.folder().resolve(file.getFileName() + ".log"))) {
            int exitCode = process.awaitExit(Duration.ofMinutes(30));
            String log = process.log();
            assertThat(exitCode).as(log).isZero();
            Matcher summary = SUMMARY.matcher(log);
            assertThat(summary.find()).as(log).isTrue();
            assertThat(number(summary.group(1))).isEqualTo(rows);
            assertThat(number(summary.group(2))).isEqualTo(rows);
            System.out.printf("%s %d MB %s%n", file.getFileName(), Files.size(file) / 1_000_000, summary.group());
            assertThat(number(summary.group(4))).as("rows a second").isGreaterThan(FLOOR_PER_SECOND);
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    /** Number of records in the topic of hires. */
    private static long stored(Space space) throws Exception {
        String topic = space.topic(Topics.WORKER_HIRED);
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", space.cluster().bootstrap()))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static Path csv(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(String.join(";", HEADINGS) + "\n");
            for (int i = 0; i < rows; i++) {
                LocalDate start = start(i);
                out.write(nik(i) + ";" + Site.id(i % SITES) + ";npp:" + Site.npp(i) + ";");
                out.write(
                        start.getDayOfMonth() + "/" + start.getMonthValue() + "/" + start.getYear() + ";" + END + "\n");
            }
        }
        return file;
    }

    private static Path xlsx(Path file, int rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", null)) {
            Worksheet sheet = workbook.newWorksheet("Data");
            for (int column = 0; column < HEADINGS.size(); column++) {
                sheet.value(0, column, HEADINGS.get(column));
            }
            for (int i = 0; i < rows; i++) {
                sheet.inlineString(i + 1, 0, nik(i));
                sheet.inlineString(i + 1, 1, Site.id(i % SITES));
                sheet.inlineString(i + 1, 2, "npp:" + Site.npp(i));
                sheet.value(i + 1, 3, start(i));
                sheet.style(i + 1, 3).format("dd/mm/yyyy").set();
                sheet.inlineString(i + 1, 4, END);
                if (i % ROWS_IN_MEMORY == 0) {
                    sheet.flush();
                }
            }
        }
        return file;
    }

    /** NIK that come again after {@value #ROWS_IN_MEMORY} times 30 rows, in other hires. */
    private static String nik(int row) {
        return Site.nik(row % (ROWS_IN_MEMORY * 30));
    }

    private static LocalDate start(int row) {
        return FIRST_START.plusDays(row % DAYS);
    }
}
