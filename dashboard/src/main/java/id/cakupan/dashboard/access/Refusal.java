package id.cakupan.dashboard.access;

/** Why a request is refused; says nothing about accounts that exist. */
public enum Refusal {
    NOT_LOGGED_IN(401, "Log in first.", "Silakan masuk terlebih dahulu."),
    WRONG_CREDENTIALS(401, "Name or password is wrong.", "Nama atau kata sandi salah."),
    TOO_MANY_FAILURES(
            429, "Too many failed attempts; try again later.", "Terlalu banyak percobaan gagal; coba lagi nanti."),
    BUSY(503, "Too many people log in at once; try again.", "Terlalu banyak yang masuk bersamaan; coba lagi."),
    LOGIN_IMPOSSIBLE(404, "There is no login here.", "Tidak ada halaman masuk di sini."),
    FORGED_IDENTITY(
            403,
            "The request says who asks but does not come from the login proxy.",
            "Permintaan menyebut identitas tetapi tidak datang dari proksi login."),
    AMBIGUOUS_IDENTITY(
            403, "The request says more than one identity.", "Permintaan menyebut lebih dari satu identitas."),
    NO_ROLE(403, "This account has no role in this dashboard.", "Akun ini tidak memiliki peran di dasbor ini."),
    WRONG_HOST(421, "This server does not have that name.", "Server ini tidak bernama demikian."),
    CROSS_SITE(403, "The request comes from another site.", "Permintaan datang dari situs lain."),
    FORWARDED(
            403,
            "The dashboard is open to this machine alone and was reached through a proxy.",
            "Dasbor hanya terbuka untuk mesin ini, namun diakses melalui proksi.");

    private final int status;
    private final String detail;
    private final String detailId;

    Refusal(int status, String detail, String detailId) {
        this.status = status;
        this.detail = detail;
        this.detailId = detailId;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** For people, in English. */
    public String detail() {
        return detail;
    }

    /** For people, in Indonesian. */
    public String detailId() {
        return detailId;
    }
}
