package id.cakupan.publisher;

import id.cakupan.schemas.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a written event is not accepted, with a sentence in Indonesian and in English; {@code %s} is the field. The names
 * stand in rejects files. The last eleven are those of {@link RejectionReason}.
 */
public enum BadEventReason {
    NOT_JSON("Baris ini bukan JSON yang utuh.", "The line is not one well-formed JSON value."),
    NOT_AN_OBJECT("Peristiwa ini bukan objek JSON {…}.", "The event is not a JSON object {…}."),
    LINE_TOO_LONG("Baris ini terlalu panjang.", "The line is too long."),
    EVENT_TOO_LONG("Peristiwa di baris ini lebih dari 64 KiB.", "The event in this row has more than 64 KiB."),
    DUPLICATE_FIELD("Kolom '%s' ditulis dua kali.", "The field '%s' is given twice."),
    TYPE_UNKNOWN("Jenis peristiwa pada 'type' tidak dikenal.", "'type' is not the name of an event."),
    FIELD_UNKNOWN("Kolom '%s' tidak dikenal untuk jenis peristiwa ini.", "This type of event has no field '%s'."),
    FIELD_MISSING("Kolom wajib '%s' tidak ada.", "The required field '%s' is missing."),
    FIELD_EMPTY("Kolom '%s' kosong.", "The field '%s' is empty."),
    WRONG_KIND("Isi kolom '%s' salah jenisnya.", "The value of '%s' is of the wrong kind."),
    BAD_DATE("Kolom '%s' bukan tanggal yyyy-mm-dd yang sah.", "'%s' is not a valid date yyyy-mm-dd."),
    BAD_INSTANT(
            "Kolom '%s' bukan waktu ISO-8601 dengan zona, misalnya 2025-07-01T08:30:00+07:00.",
            "'%s' is not an ISO-8601 instant with its offset, such as 2025-07-01T08:30:00+07:00."),
    BAD_NUMBER("Kolom '%s' harus bilangan bulat mulai dari nol.", "'%s' must be a whole number from zero up."),
    SYMBOL_UNKNOWN("Isi kolom '%s' bukan salah satu pilihan.", "'%s' is not one of the possible values."),
    NIK_AND_WORKER_ID("Isi 'nik' atau 'workerId', jangan keduanya.", "Give 'nik' or 'workerId', not both."),
    WORKER_ID_FORM(
            "'workerId' bukan samaran <kunci>.<22 karakter>; untuk NIK gunakan kolom 'nik'.",
            "'workerId' is not a pseudonym <key>.<22 characters>; a NIK belongs in 'nik'."),
    WORKER_ID_KEY(
            "Pengenal pekerja pada '%s' tidak dibuat dengan kunci yang berlaku (bila ada dua: kunci yang lama); kirim 'nik' saja.",
            "The worker id in '%s' is not under the valid key (where two are valid: the former one); send 'nik' instead."),
    FORMER_ID_GIVEN(
            "'%s' tidak dapat dikirim dari luar: pengenal lama seorang pekerja hanya mengikuti NIK-nya.",
            "'%s' cannot be given from outside: the former id of a worker follows from the NIK alone."),
    NIK_IN_WRONG_PLACE(
            "Kolom '%s' tampaknya memuat NIK. NIK hanya boleh di kolom 'nik'.",
            "'%s' seems to hold a NIK. A NIK may stand in 'nik' only."),
    NIK_AS_TAX_NUMBER(
            "NPWP pada '%s' adalah NIK seseorang dan tidak boleh dikirim. Gunakan NPP ('npp:…') atau kode penyedia.",
            "The tax number in '%s' is a person's NIK and must not be sent. Use the NPP ('npp:…') or the supplier's code."),
    ID_FORM(
            "Isi '%s' bukan kode: tanpa spasi, tanpa huruf di luar ASCII; setelah 'npwp:' 15 atau 16 digit, di 'npp:…' dan"
                    + " 'spse:…' ada digit. Nama bukan kode.",
            "'%s' is not a code: no blanks, no letters outside ASCII; 15 or 16 digits after 'npwp:', digits in 'npp:…' and"
                    + " 'spse:…'. A name is no code."),
    PROJECT_FORM(
            "Isi '%s' bukan kode proyek berbentuk sumber:jenis:kode, misalnya spse:nontender:10099782000. Nomor kontrak atau"
                    + " kode saja tidak cukup.",
            "'%s' is not the code of a project in the form source:kind:code, such as spse:nontender:10099782000. The number of"
                    + " a contract, or the code alone, will not do."),
    CONTRACTOR_FORM(
            "Isi '%s' bukan kode kontraktor berbentuk jenis:kode, misalnya npp:15070955 atau npwp:0317037091445000.",
            "'%s' is not the code of a contractor in the form scheme:code, such as npp:15070955 or npwp:0317037091445000."),
    TAX_NUMBER_FORM(
            "NPWP pada '%s' harus 15 atau 16 digit.", "The tax number (NPWP) in '%s' must have 15 or 16 digits."),
    NIK_SCIENTIFIC(
            "NIK ditulis sebagai angka ilmiah (misalnya 3,57E+15): digit terakhirnya sudah hilang. Ketik ulang sebagai"
                    + " teks dari sumber aslinya.",
            "The NIK is written in scientific notation (such as 3.57E+15): its last digits are lost. Type it again, as"
                    + " text, from the original."),
    NIK_CHARACTERS("NIK memuat karakter selain angka.", "The NIK holds something other than digits."),
    NIK_LENGTH("NIK harus tepat 16 digit.", "A NIK has exactly 16 digits."),
    NIK_PROVINCE(
            "Dua digit pertama NIK bukan kode provinsi.", "The first two digits of the NIK are no code of a province."),
    NIK_DATE(
            "Tanggal lahir di dalam NIK tidak ada di kalender (hari 01–31 atau 41–71, bulan 01–12).",
            "The birth date inside the NIK is not in the calendar (day 01–31 or 41–71, month 01–12)."),
    NIK_SERIAL("Nomor urut NIK tidak boleh 0000.", "The serial number of a NIK is never 0000."),
    KPJ_FORM(
            "KPJ pada '%s' harus tepat 11 digit, ditulis sebagai teks.",
            "The KPJ in '%s' must have exactly 11 digits, written as text."),
    KPJ_UNKNOWN(
            "KPJ ini belum dikenal. Impor dulu lembar yang memuat NIK dan KPJ pekerja ini (data_upah, profil sipp-wages),"
                    + " atau isi NIK di baris ini.",
            "This KPJ is not known yet. First import a sheet with the NIK and the KPJ of this worker (data_upah, profile"
                    + " sipp-wages), or write the NIK into this row."),
    KPJ_AMBIGUOUS(
            "KPJ ini pernah diimpor dengan lebih dari satu NIK. Isi NIK di baris ini.",
            "This KPJ was imported with more than one NIK. Write the NIK into this row."),
    ENROLMENT_UNKNOWN(
            "Tidak dikenal kepesertaan pekerja ini pada pemberi kerja ini yang dimulai paling lambat pada '%s'. Impor dulu"
                    + " lembar yang memulainya (data_tk_baru atau data_tk_lanjutan), atau isi TGL_AWAL_BEKERJA di baris ini.",
            "No enrolment of this worker with this employer is known that began by '%s'. First import the sheet that began it"
                    + " (data_tk_baru or data_tk_lanjutan), or write TGL_AWAL_BEKERJA into this row."),
    ENROLMENT_AMBIGUOUS(
            "Pada hari yang sama dimulai lebih dari satu kepesertaan pekerja ini. Isi TGL_AWAL_BEKERJA di baris ini.",
            "More than one enrolment of this worker began on the same day. Write TGL_AWAL_BEKERJA into this row."),
    ENROLMENT_ENDED(
            "Kepesertaan terakhir pekerja ini yang dikenal sudah berakhir pada hari lain daripada '%s'. Impor dulu"
                    + " kepesertaannya yang baru (data_tk_baru atau data_tk_lanjutan); untuk mengoreksi hari itu, isi"
                    + " TGL_AWAL_BEKERJA di baris ini.",
            "The last known enrolment of this worker has ended on another day than '%s'. First import the newer enrolment"
                    + " (data_tk_baru or data_tk_lanjutan); to correct that day, write TGL_AWAL_BEKERJA into this row."),
    DATE_AMBIGUOUS(
            "Hari dan bulan pada '%s' tidak dapat dibedakan. Sebutkan urutannya dengan --date-format dmy atau mdy.",
            "Day and month of '%s' cannot be told apart. Say their order with --date-format dmy or mdy."),
    DATE_FORM(
            "Kolom '%s' bukan tanggal lengkap, misalnya 31-12-2025, 31 Desember 2025 atau 2025-12-31.",
            "'%s' is not a whole date, such as 31-12-2025, 31 December 2025 or 2025-12-31."),
    DATE_IMPOSSIBLE("Tanggal pada '%s' tidak ada di kalender.", "The day in '%s' is not in the calendar."),
    DATE_SERIAL(
            "Kolom '%s' berisi nomor hari Excel, bukan tanggal. Ubah format selnya menjadi tanggal.",
            "'%s' holds a day number of Excel, not a date. Format the cell as a date."),
    AMOUNT_AMBIGUOUS(
            "Tanda pada '%s' bisa berarti ribuan atau desimal. Sebutkan tanda desimalnya dengan --decimal comma atau point.",
            "The mark in '%s' may part thousands or decimals. Say the decimal mark with --decimal comma or point."),
    AMOUNT_FORM(
            "Kolom '%s' bukan jumlah rupiah, misalnya 1375000 atau Rp 1.375.000,00.",
            "'%s' is not an amount of rupiah, such as 1375000 or Rp 1.375.000,00."),
    ROW_MALFORMED(
            "Tanda kutip pada baris ini tidak berpasangan. Perbaiki tanda kutipnya.",
            "The quotes of this row do not fit together. Mend them."),
    ROW_TOO_LONG("Baris ini terlalu panjang.", "The row is too long."),
    ROW_TOO_WIDE(
            "Baris ini mempunyai lebih banyak sel daripada judul kolom.",
            "The row has more cells than there are headings."),
    CELL_ERROR(
            "Sebuah sel pada baris ini berisi galat rumus, misalnya #N/A. Perbaiki rumusnya atau ketik isinya.",
            "A cell of this row holds an error of its formula, such as #N/A. Mend the formula or type the value."),
    CELL_UNCALCULATED(
            "Sebuah sel pada baris ini berisi rumus yang belum pernah dihitung. Buka dan simpan berkasnya di Excel atau"
                    + " LibreOffice, atau ketik isinya.",
            "A cell of this row holds a formula that was never calculated. Open and save the file in Excel or LibreOffice, or"
                    + " type the value."),
    ROWS_CONTRADICT(
            "Baris-baris dengan kode yang sama dan waktu pencatatan yang sama bertentangan pada '%s'. Sisakan yang benar.",
            "Rows with the same code, recorded at the same time, contradict each other in '%s'. Keep the right one."),
    ROW_CONTRADICTS(
            "Baris ini bertentangan dengan baris sebelumnya tentang hubungan kerja, kepesertaan atau proyek yang sama, dengan"
                    + " waktu pencatatan yang sama. Sisakan yang benar.",
            "The row contradicts an earlier one about the same hire, enrolment or project, recorded at the same time. Keep the"
                    + " right one."),
    VALUE_UNKNOWN(
            "Dari isi '%s' tidak dapat diketahui nilai yang wajib ada.",
            "What stands in '%s' does not tell a value that is required."),
    JSON_TOO_LARGE(
            "JSON ini bersarang terlalu dalam atau memuat teks yang terlalu panjang.",
            "The JSON is nested too deeply or holds a text that is too long."),
    SOURCE_FOREIGN(
            "'%s' bukan nama sumber yang memiliki kunci ini.", "'%s' is not the name of the source that has this key."),
    TYPE_NOT_ALLOWED(
            "Sumber ini tidak boleh mengirim jenis peristiwa ini ('%s').",
            "This source may not send this type of event ('%s')."),

    TOMBSTONE("Peristiwa ini kosong.", "The event is null."),
    MISSING_ID("Kolom '%s' kosong.", "The id '%s' is missing or blank."),
    KEY_MISMATCH("Kunci tidak sesuai dengan isi.", "The key does not follow from the value."),
    REVERSED_DAYS(
            "Tanggal akhir '%s' mendahului tanggal mulainya.",
            "The last day '%s' is before the first day of the event."),
    DAY_OUT_OF_RANGE(
            "Tanggal '%s' di luar 1990-01-01 sampai 2100-12-31.",
            "The day '%s' is not within 1990-01-01 to 2100-12-31."),
    RECORDED_IN_FUTURE(
            "Waktu '%s' lebih dari 24 jam di masa depan.", "The instant '%s' is more than 24 hours in the future."),
    NO_PROGRAMME("Kepesertaan tanpa satu program pun.", "The enrolment has no programme."),
    JAKON_WITHOUT_PROJECT(
            "Kepesertaan JAKON harus menyebut proyeknya ('%s').", "A JAKON enrolment must name its project ('%s')."),
    UNKNOWN_SYMBOL("Isi kolom '%s' bukan salah satu pilihan.", "'%s' is not one of the possible values."),
    RATIO_OUT_OF_RANGE("Rasio '%s' harus antara 0 dan 1.", "The ratio '%s' must be from 0 to 1."),
    AMOUNT_OUT_OF_RANGE("Jumlah '%s' harus antara 0 dan 10^15.", "The amount '%s' must be from 0 to 10^15."),
    TEXT_TOO_LONG("Isi kolom '%s' lebih dari 2.000 karakter.", "'%s' has more than 2,000 characters."),
    FORMER_ID_UNCHANGED(
            "'%s' sama dengan 'workerId'; hanya samaran di bawah kunci sebelumnya yang boleh ada di situ.",
            "'%s' is the same as 'workerId'; only the id under the key before belongs there.");

    private final String indonesian;
    private final String english;

    BadEventReason(String indonesian, String english) {
        this.indonesian = indonesian;
        this.english = english;
    }

    /** The same reason where the rules of events gave it. */
    static BadEventReason of(RejectionReason reason) {
        return valueOf(reason.name());
    }

    /** The reason that a text is no NIK. */
    public static BadEventReason of(Nik.Fault fault) {
        return valueOf("NIK_" + fault.name());
    }

    /** Sentence in Indonesian. */
    public String indonesian(@Nullable String field) {
        return field == null ? indonesian : indonesian.replace("%s", field);
    }

    /** Sentence in English. */
    public String english(@Nullable String field) {
        return field == null ? english : english.replace("%s", field);
    }
}
