package id.cakupan.dashboard.view;

import java.util.Locale;

/** Why a request is not answered with success, in English and in Indonesian. The slugs are public. */
public enum ProblemKind {
    BAD_REQUEST(400, "Bad request", "This is not a well-formed request.", "Permintaan rusak", "Permintaan ini rusak."),
    BAD_QUERY(
            400,
            "Bad query",
            "A parameter is unknown, stands twice, is too long or has a value that is not allowed.",
            "Parameter salah",
            "Ada parameter yang tidak dikenal, ganda, terlalu panjang, atau nilainya tidak diperbolehkan."),
    BAD_DECISION(
            400,
            "Bad decision",
            "The decision is not complete, its end is not in the next 366 days, or its note is longer than 200"
                    + " characters or holds a long number, which may be a NIK.",
            "Keputusan salah",
            "Keputusan tidak lengkap, tidak berakhir dalam 366 hari ke depan, atau catatannya lebih dari 200 huruf atau"
                    + " memuat angka panjang yang mungkin NIK."),
    LOGIN_REQUIRED(401, "Login required", "Log in first.", "Harus masuk", "Silakan masuk lebih dahulu."),
    NOT_ALLOWED(
            403,
            "Not allowed",
            "You may look at this, but not change it.",
            "Tidak diizinkan",
            "Anda boleh melihat ini, tetapi tidak boleh mengubahnya."),
    FOREIGN_REQUEST(
            403,
            "Not from the page",
            "Changes are only taken from the page itself.",
            "Bukan dari halaman ini",
            "Perubahan hanya diterima dari halaman ini sendiri."),
    WRONG_CREDENTIALS(
            401, "Wrong credentials", "Name or password is wrong.", "Tidak cocok", "Nama atau kata sandi salah."),
    FORGED_IDENTITY(
            403,
            "Not from the login proxy",
            "The request says who asks but does not come from the login proxy.",
            "Bukan dari proksi login",
            "Permintaan menyebut identitas tetapi tidak datang dari proksi login."),
    AMBIGUOUS_IDENTITY(
            403,
            "Ambiguous identity",
            "The request says more than one identity.",
            "Identitas ganda",
            "Permintaan menyebut lebih dari satu identitas."),
    NO_ROLE(
            403,
            "No role",
            "This account has no role in this dashboard.",
            "Tanpa peran",
            "Akun ini tidak memiliki peran di dasbor ini."),
    FORWARDED(
            403,
            "Open to this machine alone",
            "The dashboard is open to this machine alone and was reached through a proxy.",
            "Hanya untuk mesin ini",
            "Dasbor hanya terbuka untuk mesin ini, tetapi diakses melalui proksi."),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing at this address.",
            "Tidak ditemukan",
            "Tidak ada apa pun di alamat ini."),
    DAY_UNKNOWN(
            404,
            "Day not known",
            "Nothing was reported for this day: it is not over yet, or before the first one.",
            "Hari tidak dikenal",
            "Belum ada laporan untuk hari ini: harinya belum selesai, atau sebelum laporan pertama."),
    METHOD_NOT_ALLOWED(
            405,
            "Method not allowed",
            "This address takes other methods.",
            "Metode salah",
            "Alamat ini memakai metode lain."),
    NEVER_CHANGES(
            409,
            "Never changes",
            "Figures of a fixed day never change, so there is no stream of them.",
            "Tidak pernah berubah",
            "Angka hari tertentu tidak pernah berubah, jadi tidak ada alirannya."),
    BODY_TOO_LARGE(413, "Too large", "The body is too large.", "Terlalu besar", "Isi permintaan terlalu besar."),
    URL_TOO_LONG(
            414, "Address too long", "The address is too long.", "Alamat terlalu panjang", "Alamat terlalu panjang."),
    WRONG_HOST(
            421,
            "Wrong name",
            "This server does not have that name.",
            "Nama salah",
            "Server ini tidak bernama demikian."),
    TOO_MANY_FAILURES(
            429,
            "Too many failures",
            "Too many failed attempts; try again later.",
            "Terlalu banyak kegagalan",
            "Terlalu banyak percobaan gagal; coba lagi nanti."),
    HEADERS_TOO_LARGE(
            431, "Headers too large", "The headers are too large.", "Header terlalu besar", "Header terlalu besar."),
    INTERNAL(500, "Internal error", "The dashboard failed.", "Kesalahan", "Terjadi kesalahan di dasbor."),
    REBUILDING(
            503,
            "Rebuilding",
            "The figures are being read; try again soon.",
            "Sedang dibangun",
            "Angka sedang dibaca; coba lagi sebentar lagi."),
    LOGIN_BUSY(
            503,
            "Busy",
            "Too many people log in at once; try again.",
            "Sibuk",
            "Terlalu banyak yang masuk bersamaan; coba lagi."),
    UNAVAILABLE(
            503,
            "Unavailable",
            "The decision cannot be stored now; try again.",
            "Tidak tersedia",
            "Keputusan belum dapat disimpan; coba lagi."),
    TOO_MANY_STREAMS(
            503,
            "Too many streams",
            "Too many pages are open; try again later.",
            "Terlalu banyak",
            "Terlalu banyak halaman terbuka; coba lagi nanti.");

    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_UNKNOWN = 505;

    private final int status;
    private final String title;
    private final String detail;
    private final String titleId;
    private final String detailId;

    ProblemKind(int status, String title, String detail, String titleId, String detailId) {
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.titleId = titleId;
        this.detailId = detailId;
    }

    /** Of a status that the HTTP server found by itself. */
    public static ProblemKind of(int status) {
        for (ProblemKind kind : values()) {
            if (kind.status == status) {
                return kind;
            }
        }
        return status < 500 || status == NOT_IMPLEMENTED || status == VERSION_UNKNOWN ? BAD_REQUEST : INTERNAL;
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** What is sent. */
    public Problem problem() {
        return new Problem(
                "urn:cakupan:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'),
                title,
                status,
                detail,
                titleId,
                detailId);
    }

    /** An {@code application/problem+json}. */
    public record Problem(String type, String title, int status, String detail, String titleId, String detailId) {}
}
