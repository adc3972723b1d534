package id.cakupan.streams;

import java.util.Locale;

/** The three steps of the topology; each is a sub-topology with its own tasks. */
public enum Stage {
    /** Merges what is said of projects and copies it to every ledger partition. */
    DIRECTORY,
    /** Merges what is said of workers, sums their contributions, raises alerts. */
    LEDGER,
    /** Adds up partials and publishes figures. */
    FIGURES;

    /** Name in records, node names and meters. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of one of its tasks as the source of partials, e.g. {@code ledger-3}. */
    String task(int partition) {
        return id() + "-" + partition;
    }
}
