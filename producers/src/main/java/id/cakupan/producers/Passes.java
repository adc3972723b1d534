package id.cakupan.producers;

/** How far an import has come: what was read in the passes of the present phase. */
final class Passes {
    private final TableImport.Progress progress;
    private TableImport.Phase phase = new TableImport.Phase("", 0);
    private long passed;
    private long rows;
    private long rejected;

    Passes(TableImport.Progress progress) {
        this.progress = progress;
    }

    /** Begins a phase: bytes and rows are counted anew. */
    void begin(TableImport.Phase next) {
        phase = next;
        passed = 0;
        rows = 0;
    }

    /** Tells how many bytes of a file were read in the present pass. */
    void at(long bytesOfPass) {
        progress.at(phase, passed + bytesOfPass, rows, rejected);
    }

    /** As {@link #at}, after a further row. */
    void row(long bytesOfPass) {
        rows++;
        at(bytesOfPass);
    }

    /** A row was rejected. */
    void reject() {
        rejected++;
    }

    /** Ends passes over so many bytes. */
    void passed(long bytes) {
        passed += bytes;
        at(0);
    }

    /** Rows read in the present phase. */
    long rows() {
        return rows;
    }

    /** Rows rejected. */
    long rejected() {
        return rejected;
    }
}
