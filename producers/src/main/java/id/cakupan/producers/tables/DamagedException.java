package id.cakupan.producers.tables;

import java.io.IOException;

/** The content of a file is not as its format demands. The message is in Indonesian and English, without any content. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String indonesian;
    private final String english;

    DamagedException(String indonesian, String english) {
        super(indonesian + " / " + english);
        this.indonesian = indonesian;
        this.english = english;
    }

    /** Fault of a file that was cut off or changed on its way. */
    static DamagedException damaged() {
        return new DamagedException(
                "Isi berkas rusak atau terpotong. Minta atau unduh sekali lagi.",
                "The content of the file is damaged or cut off. Ask for it or download it again.");
    }

    /** Fault of a file that is made to fill memory and disks. */
    static DamagedException bomb() {
        return new DamagedException(
                "Isi berkas mengembang lebih dari " + InflatedInput.MOST_TIMES + " kali ukurannya.",
                "The content of the file inflates to more than " + InflatedInput.MOST_TIMES + " times its size.");
    }

    /** Fault of a file that somebody wrote to while it was read. */
    static DamagedException changed() {
        return new DamagedException(
                "Berkas berubah sementara dibaca. Tutup programnya, lalu impor sekali lagi",
                "The file changed while it was read. Close the program that writes it and import again");
    }

    /** Fault of a JSON file. */
    static DamagedException json(long line) {
        return new DamagedException(
                "Isi berkas bukan JSON yang utuh (baris " + line + ").",
                "The content of the file is not well-formed JSON (line " + line + ").");
    }

    /** The same, of a file that cannot be opened. */
    TableException of(String name) {
        return new TableException(
                "Berkas '%s': %s".formatted(name, indonesian), "File '%s': %s".formatted(name, english));
    }
}
