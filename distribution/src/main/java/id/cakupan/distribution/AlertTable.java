package id.cakupan.distribution;

import cakupan.records.AlertState;
import cakupan.records.UncoveredHire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Alerts as a table for people: the most urgent first. */
final class AlertTable {
    /** The states, the most urgent first. */
    static final List<AlertState> STATES =
            List.of(AlertState.ESCALATED, AlertState.OVERDUE, AlertState.DUE_SOON, AlertState.RESOLVED);

    /** The most urgent first, of these the one that is due longest. */
    static final Comparator<UncoveredHire> ORDER = Comparator.<UncoveredHire>comparingInt(
                    alert -> STATES.indexOf(alert.getState()))
            .thenComparing(UncoveredHire::getDueOn)
            .thenComparing(UncoveredHire::getHireId)
            .thenComparing(UncoveredHire::getWorkerId);

    private static final Table<UncoveredHire> TABLE = new Table<>(List.of(
            Table.text("hire", UncoveredHire::getHireId),
            Table.text("worker", AlertTable::currentWorkerId),
            Table.text("project", UncoveredHire::getProjectId),
            Table.text("contractor", UncoveredHire::getContractorId),
            Table.text("district", UncoveredHire::getDistrictCode),
            Table.text("state", alert -> alert.getState().name()),
            Table.text(
                    "reason",
                    alert -> Objects.toString(
                            alert.getResolution(), alert.getReason().name())),
            Table.text("started", alert -> alert.getStartsOn().toString()),
            Table.text("due", alert -> alert.getDueOn().toString()),
            Table.text("backdated", alert -> alert.getBackdated() ? "yes" : "")));

    private AlertTable() {}

    /** The id that whoever has the key in use finds the worker by. */
    private static String currentWorkerId(UncoveredHire alert) {
        String current = alert.getCurrentWorkerId();
        return current == null ? alert.getWorkerId() : current;
    }

    /**
     * The lines of the table and what it counts.
     *
     * @param shown in their order
     * @param all every alert that the table might have shown
     */
    static List<String> lines(List<UncoveredHire> shown, Collection<UncoveredHire> all) {
        List<String> lines = new ArrayList<>();
        if (!shown.isEmpty()) {
            lines.addAll(TABLE.lines(shown));
            lines.add("");
        }
        long resolved = all.stream()
                .filter(alert -> alert.getState() == AlertState.RESOLVED)
                .count();
        lines.add(Table.number(shown.size()) + " shown; " + Table.number(all.size() - resolved) + " open, "
                + Table.number(resolved) + " resolved in all.");
        return lines;
    }
}
