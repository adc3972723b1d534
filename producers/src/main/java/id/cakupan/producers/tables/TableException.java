package id.cakupan.producers.tables;

/** A file is not a table that can be read. The message is in Indonesian and English and holds no value of a cell. */
public final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The two sentences, one after the other. */
    TableException(String indonesian, String english) {
        super(indonesian + " / " + english);
    }
}
