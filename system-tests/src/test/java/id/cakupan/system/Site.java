package id.cakupan.system;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Rows of tables about invented sites and workers. All sites and hires are active today. */
final class Site {
    /** Headings of {@link #workers}. */
    static final List<String> WORKER_HEADINGS = List.of(
            "No",
            "Nama Lengkap",
            "NIK",
            "Upah",
            "ID Proyek",
            "NPP",
            "Tanggal Mulai Kerja",
            "Tanggal Selesai Kerja",
            "Tanggal Kepesertaan");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-yyyy");
    private static final int SERIALS = 8_991;
    private static final int LONGEST_SINCE_START = 200;
    private static final int UNTIL_END = 150;

    private Site() {}

    /** A well-formed NIK of nobody: of a district that does not exist. Different numbers give different ones, to 350,000. */
    static String nik(int number) {
        int serial = number % SERIALS;
        return String.format(
                "357306%02d%02d%02d%03d%d",
                1 + number % 28, 1 + number % 12, 60 + number / SERIALS, serial / 9, 1 + serial % 9);
    }

    /** A project's id. */
    static String id(int site) {
        return "spse:nontender:7700" + site;
    }

    /** Number at BPJS of a site's contractor; several sites have one contractor. */
    static String npp(int site) {
        return "1507" + site % 5;
    }

    /** The table of {@code project-registered}. */
    static List<List<String>> projects(int sites, LocalDate today) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "ID Proyek",
                "Nama Proyek",
                "Kode Kecamatan",
                "ID Kontraktor",
                "Nama Kontraktor",
                "Sumber Dana",
                "Tanggal Kontrak",
                "Nilai Kontrak",
                "Tanggal Mulai",
                "Tanggal Selesai"));
        for (int site = 0; site < sites; site++) {
            rows.add(List.of(
                    id(site),
                    "Gedung " + site,
                    "35.73.0" + (1 + site % 5),
                    "npp:" + npp(site),
                    "CV Contoh " + site % 5,
                    site % 2 == 0 ? "APBD" : "Swasta",
                    DAY.format(today.minusDays(LONGEST_SINCE_START + 10)),
                    "Rp 1.375.000.000,00",
                    DAY.format(today.minusDays(LONGEST_SINCE_START + 1)),
                    DAY.format(today.plusDays(UNTIL_END))));
        }
        return rows;
    }

    /** The table of {@code insured-projects}: one site of four has not paid. */
    static List<List<String>> insured(int sites, LocalDate today) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID Proyek", "Status", "Tanggal Bayar", "Berlaku Sampai"));
        for (int site = 0; site < sites; site++) {
            rows.add(List.of(
                    id(site),
                    site % 4 == 3 ? "Terdaftar" : "Lunas",
                    DAY.format(today.minusDays(LONGEST_SINCE_START)),
                    DAY.format(today.plusDays(UNTIL_END + 60))));
        }
        return rows;
    }

    /** Rows of worker lists: workers from one number to before another, spread over the sites. One of seven is enrolled late. */
    static List<List<String>> workers(int from, int to, int sites, LocalDate today) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(WORKER_HEADINGS);
        for (int i = from; i < to; i++) {
            LocalDate start = today.minusDays(i * 7L % LONGEST_SINCE_START);
            rows.add(row(
                    String.valueOf(i),
                    "Pekerja Contoh " + i,
                    nik(i),
                    "3.500.000",
                    i % sites,
                    start,
                    i % 7 == 0 ? start.plusDays(60) : start));
        }
        return rows;
    }

    /** One row of a worker list. */
    static List<String> row(
            String number, String name, String nik, String wage, int site, LocalDate start, LocalDate covered) {
        return List.of(
                number,
                name,
                nik,
                wage,
                id(site),
                npp(site),
                DAY.format(start),
                DAY.format(start.plusDays(LONGEST_SINCE_START + UNTIL_END)),
                DAY.format(covered));
    }
}
