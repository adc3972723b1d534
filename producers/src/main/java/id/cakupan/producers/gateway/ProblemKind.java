package id.cakupan.producers.gateway;

/** Why a request is not answered with success, with a sentence in English and in Indonesian. The slugs are public. */
enum ProblemKind {
    BAD_REQUEST(
            400, "bad-request", "Bad request", "This is not a well-formed HTTP request.", "Permintaan HTTP ini rusak."),
    QUERY_NOT_ALLOWED(
            400,
            "query-not-allowed",
            "No query",
            "The address must have no '?': what stands there ends in the logs of proxies.",
            "Alamat tidak boleh memuat '?': isinya akan tercatat di log proksi."),
    NOT_JSON(
            400,
            "not-json",
            "Not readable",
            "The body is empty, cut off, or not what Content-Type and Content-Encoding say.",
            "Isi permintaan kosong, terpotong, atau tidak sesuai Content-Type dan Content-Encoding."),
    KEY_REQUIRED(
            401,
            "key-required",
            "Key required",
            "Send 'Authorization: Bearer <key>' with a valid key of this source.",
            "Kirim 'Authorization: Bearer <kunci>' dengan kunci yang masih berlaku."),
    NOT_ALLOWED(
            403,
            "not-allowed",
            "Not allowed",
            "This key may send none of these events; see 'results'.",
            "Kunci ini tidak boleh mengirim satu pun peristiwa ini; lihat 'results'."),
    NOT_FOUND(404, "not-found", "Not found", "There is nothing at this path.", "Tidak ada apa pun di alamat ini."),
    METHOD_NOT_ALLOWED(
            405,
            "method-not-allowed",
            "Method not allowed",
            "This path takes other methods; see the header 'Allow'.",
            "Alamat ini memakai metode lain; lihat header 'Allow'."),
    TOO_SLOW(
            408,
            "too-slow",
            "Too slow",
            "The request did not arrive in time; nothing of it was accepted.",
            "Permintaan tidak tiba pada waktunya; tidak ada yang diterima."),
    BODY_TOO_LARGE(
            413,
            "body-too-large",
            "Body too large",
            "At most 1 MiB for one event, 10 MiB for a batch, 50 MiB and 20 times as much after inflating; send several"
                    + " smaller batches.",
            "Paling banyak 1 MiB untuk satu peristiwa, 10 MiB untuk satu kiriman, 50 MiB dan 20 kali lipat setelah"
                    + " dibuka; kirim beberapa bagian yang lebih kecil."),
    TOO_MANY_EVENTS(
            413,
            "too-many-events",
            "Too many events",
            "At most 1,000 events in one batch.",
            "Paling banyak 1.000 peristiwa dalam satu kiriman."),
    URL_TOO_LONG(414, "url-too-long", "Address too long", "The address is too long.", "Alamat terlalu panjang."),
    MEDIA_TYPE(
            415,
            "media-type",
            "Unknown media type",
            "Send Content-Type application/json or application/x-ndjson, in UTF-8.",
            "Kirim Content-Type application/json atau application/x-ndjson, dalam UTF-8."),
    CONTENT_ENCODING(
            415,
            "content-encoding",
            "Unknown encoding",
            "The only Content-Encoding is gzip.",
            "Satu-satunya Content-Encoding adalah gzip."),
    BAD_EVENTS(
            422,
            "bad-events",
            "Events rejected",
            "Some events are not acceptable; see 'results'. The others, 'accepted' of them, are in.",
            "Sebagian peristiwa tidak dapat diterima; lihat 'results'. Selebihnya, sebanyak 'accepted', sudah masuk."),
    TOO_MANY_REQUESTS(
            429,
            "too-many-requests",
            "Too many requests",
            "This source sends faster than agreed; nothing was accepted. Send it again after 'Retry-After' seconds.",
            "Sumber ini mengirim lebih cepat dari kesepakatan; tidak ada yang diterima. Kirim lagi setelah"
                    + " 'Retry-After' detik."),
    HEADERS_TOO_LARGE(
            431, "headers-too-large", "Headers too large", "At most 8 KiB of headers.", "Header paling banyak 8 KiB."),
    INTERNAL(
            500,
            "internal",
            "Internal error",
            "The gateway failed. Send it again: what has arrived already changes nothing.",
            "Terjadi kesalahan di gateway. Kirim lagi: yang sudah tiba tidak mengubah apa pun."),
    UNAVAILABLE(
            503,
            "unavailable",
            "Unavailable",
            "Events cannot be stored now, not all of these are. Send all again after 'Retry-After' seconds: what has"
                    + " arrived already changes nothing.",
            "Peristiwa belum dapat disimpan, tidak semuanya masuk. Kirim semuanya lagi setelah 'Retry-After' detik: yang"
                    + " sudah tiba tidak mengubah apa pun."),
    BUSY(
            503,
            "busy",
            "Busy",
            "Too much is on its way; nothing was accepted. Send it again after 'Retry-After' seconds.",
            "Terlalu banyak kiriman sekaligus; tidak ada yang diterima. Kirim lagi setelah 'Retry-After' detik.");

    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_UNKNOWN = 505;
    private static final String TYPE_PREFIX = "urn:cakupan:problem:";

    private final int status;
    private final String slug;
    private final String title;
    private final String detail;
    private final String pesan;

    ProblemKind(int status, String slug, String title, String detail, String pesan) {
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.detail = detail;
        this.pesan = pesan;
    }

    /** Of a status that Jetty found by itself. */
    static ProblemKind of(int status) {
        for (ProblemKind kind : values()) {
            if (kind.status == status) {
                return kind;
            }
        }
        return status < 500 || status == NOT_IMPLEMENTED || status == VERSION_UNKNOWN ? BAD_REQUEST : INTERNAL;
    }

    int status() {
        return status;
    }

    /** Tag of meters. */
    String slug() {
        return slug;
    }

    /** Its {@code type}, a URI. */
    String type() {
        return TYPE_PREFIX + slug;
    }

    String title() {
        return title;
    }

    /** Sentence in English. */
    String detail() {
        return detail;
    }

    /** Sentence in Indonesian. */
    String pesan() {
        return pesan;
    }
}
