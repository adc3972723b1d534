package id.cakupan.dashboard.board;

/** Open alerts of a group by state. */
public record AlertCounts(int dueSoon, int overdue, int escalated) {
    static final AlertCounts NONE = new AlertCounts(0, 0, 0);

    AlertCounts plus(AlertCounts other) {
        return new AlertCounts(dueSoon + other.dueSoon, overdue + other.overdue, escalated + other.escalated);
    }

    AlertCounts minus(AlertCounts other) {
        return new AlertCounts(dueSoon - other.dueSoon, overdue - other.overdue, escalated - other.escalated);
    }

    /** All of them. */
    public int open() {
        return dueSoon + overdue + escalated;
    }
}
