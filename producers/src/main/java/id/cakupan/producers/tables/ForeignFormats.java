package id.cakupan.producers.tables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Formats that are not read, told from their first bytes so that the message can say what to do. */
final class ForeignFormats {
    private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
    /** Where the name of the stream of an encrypted workbook stands, in files of any real size. */
    private static final int ENCRYPTED_WITHIN = 1 << 20;

    private ForeignFormats() {}

    /** Refuses a file whose content begins with these bytes, if it is known not to be a table. */
    static void refuse(Path file, byte[] head) throws IOException, TableException {
        String name = String.valueOf(file.getFileName());
        if (head.length == 0) {
            throw new TableException("Berkas '%s' kosong.".formatted(name), "The file '%s' is empty.".formatted(name));
        }
        if (starts(head, OLE2)) {
            throw oldWorkbook(file, name);
        }
        String start =
                new String(head, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<") || start.startsWith("\u00ef\u00bb\u00bf<")) {
            throw saveAsXlsx(name, "halaman web atau XML", "a web page or XML");
        }
        if (start.startsWith("%pdf")) {
            throw saveAsXlsx(name, "PDF", "a PDF");
        }
        if (start.startsWith("rar!") || start.startsWith("7z\u00bc\u00af")) {
            throw new TableException(
                    "Berkas '%s' adalah arsip. Keluarkan isinya lebih dahulu.".formatted(name),
                    "The file '%s' is an archive. Take the table out of it first.".formatted(name));
        }
    }

    /** Says what the file is and what to do. */
    static TableException saveAsXlsx(String name, String indonesian, String english) {
        return new TableException(
                "Berkas '%s' adalah %s. Buka dengan Excel atau LibreOffice, lalu simpan sebagai .xlsx."
                        .formatted(name, indonesian),
                "The file '%s' is %s. Open it in Excel or LibreOffice and save it as .xlsx.".formatted(name, english));
    }

    private static TableException oldWorkbook(Path file, String name) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(ENCRYPTED_WITHIN);
        }
        String wide = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
        if (wide.contains("EncryptedPackage")) {
            return new TableException(
                    "Berkas '%s' dilindungi kata sandi. Buka, hapus kata sandinya, lalu simpan sebagai .xlsx."
                            .formatted(name),
                    "The file '%s' is protected by a password. Open it, remove the password and save it as .xlsx."
                            .formatted(name));
        }
        return saveAsXlsx(name, "buku kerja Excel lama (.xls)", "an old Excel workbook (.xls)");
    }

    private static boolean starts(byte[] head, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= head.length || head[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
