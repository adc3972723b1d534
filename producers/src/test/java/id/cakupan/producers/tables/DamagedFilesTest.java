package id.cakupan.producers.tables;

import static id.cakupan.producers.tables.TableSamples.gzip;
import static id.cakupan.producers.tables.TableSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with bytes changed at random: they are read or refused, and nothing else happens. */
class DamagedFilesTest {
    private static final int SEEDS = 300;
    private static final String SPECIAL = "\"';<>&{}[]\r\n\0 09:,";
    private static final String SECRET = "RAHASIA";
    private static final String CSV =
            "Judul\r\nNIK;Nama;\"Tgl \"\"x\"\"\"\r\n1;\"" + SECRET + "; é\";16/07/2025\r\n2;b;\n3;" + SECRET + ";d\n";
    private static final String JSON = "{\"n\": [1], \"data\": [{\"NIK\": 1, \"Nama\": \"" + SECRET
            + " \\u00e9\"}, {\"NIK\": 2.5E3, \"x\": {\"y\": null}}, {\"NIK\": \"3\", \"Nama\": true}]}";
    private static final String SHEET = "<?xml version='1.0' encoding='UTF-8'?><worksheet><sheetData><row r='1'>"
            + "<c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>Nama</t></is></c></row>"
            + "<row r='2'><c r='A2' s='1'><v>45854</v></c><c r='B2' t='str'><f>A1</f><v>" + SECRET
            + "</v></c></row><row r='3'><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c></row></sheetData></worksheet>";

    @TempDir
    Path folder;

    @Test
    void shouldReadOrRefuseCsv() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            readOrRefuse(seed, changed(CSV.getBytes(StandardCharsets.UTF_8), new Random(seed)));
        }
    }

    @Test
    void shouldReadOrRefuseJson() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            readOrRefuse(seed, changed(JSON.getBytes(StandardCharsets.UTF_8), new Random(seed)));
            String lines = JSON.replace("\"data\": [", "\"x\": []}\n")
                    .replace("}, {", "}\n{")
                    .replace("]}", "");
            readOrRefuse(seed, changed(lines.getBytes(StandardCharsets.UTF_8), new Random(seed)));
        }
    }

    @Test
    void shouldReadOrRefuseGzip() throws Exception {
        byte[] whole = gzip(CSV.repeat(10).getBytes(StandardCharsets.UTF_8));
        for (int seed = 0; seed < SEEDS; seed++) {
            readOrRefuse(seed, changed(whole, new Random(seed)));
        }
    }

    @Test
    void shouldReadOrRefuseXlsx() throws Exception {
        Path sound = workbook(SHEET.getBytes(StandardCharsets.UTF_8));
        assertThat(TableSamples.written(TableSamples.rows(sound)))
                .containsExactly("2: 2025-07-16|" + SECRET, "3: true|#N/A !CELL_ERROR");
        byte[] whole = Files.readAllBytes(sound);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            readOrRefuse(seed, changed(whole, random));
            readOrRefuse(seed, Files.readAllBytes(workbook(changed(SHEET.getBytes(StandardCharsets.UTF_8), random))));
        }
    }

    private Path workbook(byte[] sheet) throws IOException {
        return new XlsxParts()
                .strings("<t>NIK</t>")
                .put("xl/worksheets/sheet1.xml", sheet)
                .write(folder.resolve("sound"));
    }

    private void readOrRefuse(int seed, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), content);
        try (TableReader table = open(file)) {
            int width = table.headings().size();
            for (Row row = table.next(); row != null; row = table.next()) {
                assertThat(row.cells()).as("seed %d", seed).hasSize(width);
            }
        } catch (TableException | IOException e) {
            assertThat(e).as("seed %d", seed).hasMessageContaining(" / ").hasMessageNotContaining(SECRET);
        }
    }

    private static byte[] changed(byte[] whole, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            byte any = (byte) random.nextInt(256);
            byte special = (byte) SPECIAL.charAt(random.nextInt(SPECIAL.length()));
            bytes[random.nextInt(bytes.length)] = random.nextBoolean() ? any : special;
        }
        return bytes;
    }
}
