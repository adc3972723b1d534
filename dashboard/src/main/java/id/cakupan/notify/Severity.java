package id.cakupan.notify;

import cakupan.records.AlertState;
import org.jspecify.annotations.Nullable;

/** How urgent an open alert is, in the words of those who watch systems; the most urgent first. */
enum Severity {
    CRITICAL("critical", AlertState.ESCALATED),
    WARNING("warning", AlertState.OVERDUE),
    INFO("info", AlertState.DUE_SOON);

    private final String label;
    private final AlertState state;

    Severity(String label, AlertState state) {
        this.label = label;
        this.state = state;
    }

    /** Its word in routing files, labels and messages. */
    String label() {
        return label;
    }

    /** The state that it stands for. */
    AlertState state() {
        return state;
    }

    /** Severity of an open state; null of any other. */
    static @Nullable Severity of(AlertState state) {
        for (Severity severity : values()) {
            if (severity.state == state) {
                return severity;
            }
        }
        return null;
    }
}
