package id.cakupan.distribution;

import cakupan.records.AlertState;
import cakupan.records.UncoveredHire;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.schemas.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cakupan alerts}: hires without cover, as a table or as JSON. */
@Command(
        name = "alerts",
        description =
                "Show the hires without cover: in a table the open alerts, as JSON all, unless --state says which.")
public final class AlertsCommand extends ViewCommand {
    private static final Set<AlertState> OPEN = EnumSet.complementOf(EnumSet.of(AlertState.RESOLVED));

    @Option(names = "--contractor", paramLabel = "ID", description = "Only hires of this contractor, npwp:… or npp:…")
    private @Nullable String contractor;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "due_soon, overdue, escalated, resolved; several with commas")
    private Set<AlertState> states = EnumSet.noneOf(AlertState.class);

    /** A command to be filled in and run by picocli. */
    public AlertsCommand() {}

    @Override
    int show(Viewer viewer) throws InterruptedException {
        List<UncoveredHire> all = read(viewer, viewer.latest(List.of(Topics.UNCOVERED_HIRES))).stream()
                .filter(alert -> contractor == null || contractor.equals(alert.getContractorId()))
                .sorted(AlertTable.ORDER)
                .toList();
        List<UncoveredHire> shown =
                all.stream().filter(alert -> shows(alert.getState())).toList();
        if (json()) {
            printJson(shown);
        } else {
            AlertTable.lines(shown, all).forEach(out()::println);
        }
        return ExitCodes.DONE;
    }

    private boolean shows(AlertState state) {
        return states.isEmpty() ? json() || OPEN.contains(state) : states.contains(state);
    }
}
