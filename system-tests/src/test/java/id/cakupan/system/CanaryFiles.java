package id.cakupan.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Files and events about marked persons, good ones and all kinds of bad ones. */
final class CanaryFiles {
    /** Sites that the persons work on. */
    static final int SITES = 6;

    private static final int NAME = 1;
    private static final int NIK = 2;
    private static final int SITE = 4;
    private static final int NPP = 5;
    private static final int START = 6;
    private static final int END = 7;
    private static final int COVERED = 8;

    private final Canaries persons = Canaries.FIRST;
    private final Set<Integer> hired = new HashSet<>();
    private final LocalDate today = Outcome.today();
    private final Path folder;
    private final Instant recordedAt = Instant.now().minus(Duration.ofHours(2));

    CanaryFiles(Path folder) {
        this.folder = folder;
    }

    /** The persons of good rows and events. */
    Set<Integer> hired() {
        return hired;
    }

    Path projects() throws IOException {
        return Sheets.csv(folder.resolve("proyek.csv"), Site.projects(SITES, today), recordedAt);
    }

    /** A worker list with good and bad rows, in a format. */
    Path workers(String format, int from, int to) throws IOException {
        List<List<String>> rows = new ArrayList<>(good(from, to));
        rows.addAll(bad(from));
        Path file = folder.resolve("daftar." + format);
        return switch (format) {
            case "xlsx" -> Sheets.xlsx(file, rows, recordedAt);
            case "json" -> Sheets.json(file, rows, recordedAt);
            default -> {
                // A row with more cells than there are headings, and one with a quote that does not end.
                List<String> longer = new ArrayList<>(rows.get(1));
                longer.add(persons.name(from));
                rows.add(longer);
                rows.add(with(rows.get(1), NAME, "\"" + persons.name(from)));
                yield Sheets.csv(file, rows, recordedAt);
            }
        };
    }

    /** A worker list in which all is right. */
    Path list(String name, int from, int to, Duration age) throws IOException {
        return Sheets.csv(folder.resolve(name), good(from, to), Instant.now().minus(age));
    }

    /** A list that looks as if a spreadsheet had rounded its NIK. */
    Path rounded() throws IOException {
        List<List<String>> rows = new ArrayList<>(good(0, 12));
        rows.replaceAll(row -> row.equals(Site.WORKER_HEADINGS)
                ? row
                : with(row, NIK, row.get(NIK).substring(0, 15) + "0"));
        return Sheets.csv(folder.resolve("bulat.csv"), rows, recordedAt);
    }

    /** A list whose headings got lost. */
    Path withoutHeadings() throws IOException {
        return Sheets.csv(folder.resolve("tanpa-judul.csv"), good(0, 5).subList(1, 6), recordedAt);
    }

    /** Objects of which the last is cut off. */
    Path cutOff() throws IOException {
        Path whole = Sheets.json(folder.resolve("utuh.json"), good(0, 5), recordedAt);
        String text = Files.readString(whole);
        return Files.writeString(
                folder.resolve("potong.json"), text.substring(0, text.lastIndexOf(persons.nik(4)) + 8));
    }

    /** A company's new workers as SIPP has them. */
    Path sippNew() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAMA_LENGKAP", "NOMOR_IDENTITAS", "UPAH", "TGL_AWAL_BEKERJA", "NPP", "KPJ"));
        for (int person = 0; person < Canaries.NUMBERED; person++) {
            rows.add(List.of(
                    persons.name(person),
                    persons.nik(person),
                    "Rp " + persons.wage(),
                    "01-07-2025",
                    "15070",
                    person % 2 == 0 ? persons.kpj(person) : ""));
        }
        return Sheets.csv(folder.resolve("sipp.csv"), rows, recordedAt);
    }

    /** Their wages, with the KPJ of all but the last, and bad rows. */
    Path sippWages() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NIK", "NO_PEGAWAI", "KPJ", "NAMA_LENGKAP", "UPAH", "BLTH", "NPP"));
        for (int person = 0; person < Canaries.NUMBERED - 1; person++) {
            rows.add(wage(persons.nik(person), persons.kpj(person), person));
        }
        rows.add(wage(persons.kpj(0), persons.nik(0), 0));
        rows.add(wage(persons.nik(0), persons.kpj(0) + "1", 0));
        rows.add(wage(persons.name(0), persons.kpj(0), 0));
        rows.add(wage(persons.nik(0), "4,7118315E+10", 0));
        return Sheets.json(folder.resolve("upah.json"), rows, recordedAt);
    }

    private List<String> wage(String nik, String kpj, int person) {
        return List.of(nik, "7", kpj, persons.name(person), persons.wage(), "11/2025", "15070");
    }

    /** Those who left, by KPJ; the last is not known, and there are bad rows. */
    Path sippInactive() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "SEBAB_NA", "TGL_KEJADIAN", "KETERANGAN", "NPP"));
        for (int person = 0; person < Canaries.NUMBERED; person++) {
            rows.add(left(persons.kpj(person), person, "12-08-2025"));
        }
        rows.add(left(persons.kpj(0), 0, persons.kpj(0)));
        rows.add(left(persons.nik(0), 0, "12-08-2025"));
        rows.add(left(persons.name(0), 0, "12-08-2025"));
        rows.add(left(persons.kpj(0), 0, "01-06-2025"));
        rows.add(left(persons.kpj(0), 0, "13-08-2025"));
        return Sheets.csv(folder.resolve("nonaktif.csv"), rows, recordedAt);
    }

    private List<String> left(String kpj, int person, String day) {
        return List.of(
                kpj, persons.name(person), "05-06-1990", persons.name(person), day, persons.kpj(person), "15070");
    }

    /** A contract whose supplier's tax number is a person's NIK: with another code of the supplier, and without. */
    Path contracts() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "kd_nontender",
                "nama_paket",
                "jenis_pengadaan",
                "lokasi_pekerjaan",
                "sumber_dana",
                "kd_penyedia",
                "nama_penyedia",
                "npwp_penyedia",
                "tgl_kontrak",
                "nilai_kontrak",
                "tgl_mulai_pekerjaan"));
        for (String code : List.of("600440", "")) {
            rows.add(List.of(
                    "1009" + rows.size(),
                    "Gedung",
                    "Pekerjaan Konstruksi",
                    "Kecamatan Klojen",
                    "APBD",
                    code,
                    "CV Contoh",
                    persons.nik(1),
                    "2025-07-03",
                    "334110000",
                    "2025-07-03"));
        }
        return Sheets.json(folder.resolve("kontrak.json"), rows, recordedAt);
    }

    /** Good and bad events, one a line. */
    Path lines(int from, int to) throws IOException {
        List<String> lines = new ArrayList<>(goodEvents("lines", from, to));
        lines.addAll(badEvents(from));
        lines.addAll(brokenEvents(from));
        return Files.write(folder.resolve("peristiwa.jsonl"), lines);
    }

    private List<List<String>> good(int from, int to) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Site.WORKER_HEADINGS);
        for (int person = from; person < to; person++) {
            LocalDate start = today.minusDays(20 + person);
            rows.add(Site.row(
                    String.valueOf(person),
                    persons.name(person),
                    (person % 2 == 0 ? "'" : "") + persons.nik(person),
                    "Rp 7.777.333.777",
                    person % SITES,
                    start,
                    start));
            hired.add(person);
        }
        return rows;
    }

    /** Rows with one thing wrong, mostly a marked value in another column. */
    private List<List<String>> bad(int person) {
        LocalDate start = today.minusDays(3);
        String nik = persons.nik(person);
        String name = persons.name(person);
        List<String> row = Site.row("x", name, nik, persons.wage(), 1, start, start);
        String dotted = nik.replaceAll("(\\d{4})(?=\\d)", "$1.");
        return List.of(
                with(row, NIK, nik.substring(1)),
                with(row, NIK, nik + "1"),
                with(row, NIK, nik.substring(0, 12) + "O001"),
                with(row, NIK, nik.substring(0, 12) + "0000"),
                with(row, NIK, "3.57306711299E+15"),
                with(row, NIK, name),
                with(row, SITE, nik),
                with(row, SITE, "proyek " + dotted),
                with(row, NPP, nik),
                with(row, START, name),
                with(row, START, nik),
                with(row, END, persons.wage()),
                with(row, COVERED, name));
    }

    private static List<String> with(List<String> row, int column, String value) {
        List<String> changed = new ArrayList<>(row);
        changed.set(column, value);
        return changed;
    }

    /** Hires as JSON objects. */
    List<String> goodEvents(String door, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(person -> {
                    hired.add(person);
                    return event(door + "-" + person, quoted(persons.nik(person)), "");
                })
                .toList();
    }

    /** Objects that are no acceptable event. */
    List<String> badEvents(int person) {
        String nik = quoted(persons.nik(person));
        String name = quoted(persons.name(person));
        String good = event("bad", nik, "");
        return List.of(
                event("bad", persons.nik(person), ""),
                event("bad", name, ""),
                event("bad", quoted(persons.nik(person).substring(1)), ""),
                event("bad", nik, "\"nama\":" + name + ","),
                event("bad", nik, "\"upah\":" + persons.wage() + ","),
                event("bad", nik, "\"workerId\":" + nik + ","),
                event("bad", nik, name + ":1,"),
                event("bad", nik, nik + ":1,"),
                event("bad", nik, "\"endsOn\":" + name + ","),
                event("bad", nik, "\"endsOn\":" + nik + ","),
                event("bad", nik, "\"endsOn\":{\"nama\":" + name + "},"),
                good.replace("\"nik\":", "\"workerId\":"),
                good.replace("\"hireId\":\"bad\"", "\"hireId\":" + nik),
                good.replace("\"eventId\":\"bad\"", "\"eventId\":" + nik),
                good.replace("\"source\":\"hr\"", "\"source\":" + nik),
                good.replace("\"WorkerHired\"", name),
                good.replace("\"WorkerHired\"", nik),
                good.replace("\"npp:15070\"", "\"npwp:" + persons.nik(person) + "\""),
                good.replaceFirst("\"recordedAt\":\"[^\"]*\"", "\"recordedAt\":" + name),
                "[" + name + "," + nik + "]",
                name,
                persons.wage());
    }

    /** Texts that are no JSON, or have a field twice. */
    List<String> brokenEvents(int person) {
        String good = event("bad", quoted(persons.nik(person)), "");
        return List.of(
                good.substring(0, good.indexOf(persons.nik(person)) + 13),
                persons.name(person) + " " + persons.nik(person),
                good + persons.name(person),
                good.replace("\"nik\":", "\"nik\":" + persons.name(person)),
                good.replace("\"nik\":", "\"nik\":" + quoted(persons.nik(person + 1)) + ",\"nik\":"),
                good.replace("\"hireId\":", "\\u00zz" + persons.name(person)));
    }

    private String event(String id, String nik, String more) {
        return "{\"type\":\"WorkerHired\",\"eventId\":\"" + id + "\",\"source\":\"hr\",\"recordedAt\":\"" + recordedAt
                + "\"," + more + "\"nik\":" + nik + ",\"hireId\":\"" + id + "\",\"projectId\":\"" + Site.id(0)
                + "\",\"contractorId\":\"npp:15070\",\"startsOn\":\"" + today.minusDays(10) + "\"}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** Bytes of a text. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
