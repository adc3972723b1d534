package id.cakupan.system;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.OracleOptions;
import id.cakupan.coverage.oracle.OracleWorld;
import id.cakupan.coverage.oracle.OracleWorld.Group;
import id.cakupan.coverage.oracle.OracleWorld.Point;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the oracle says of a set of events. It goes day by day and hire by hire, so what it said is kept. */
final class Expected {
    private final OracleWorld oracle;
    private final Map<LocalDate, Map<Group, Outcome.Shown>> figures = new HashMap<>();
    private final Map<LocalDate, Map<String, Outcome.ShownAlert>> alerts = new HashMap<>();
    private final Map<Group, List<Point>> timelines = new TreeMap<>();

    Expected(Collection<OracleEvent> events, OracleOptions options) {
        oracle = new OracleWorld(events, options);
    }

    /** By the default rules, without holidays. */
    Expected(Collection<OracleEvent> events) {
        this(events, OracleOptions.defaults());
    }

    /** The oracle itself. */
    OracleWorld oracle() {
        return oracle;
    }

    /** Figures of all its groups, and zeros for any other group. */
    Map<Group, Outcome.Shown> figures(Iterable<Group> others, LocalDate day) {
        Map<Group, Outcome.Shown> said = figures.computeIfAbsent(day, d -> {
            Map<Group, Outcome.Shown> all = new TreeMap<>();
            oracle.groups().forEach(group -> all.put(group, figure(group, d)));
            return all;
        });
        Map<Group, Outcome.Shown> all = new TreeMap<>(said);
        others.forEach(group -> all.computeIfAbsent(group, g -> figure(g, day)));
        return all;
    }

    private Outcome.Shown figure(Group group, LocalDate day) {
        return Outcome.shown(oracle.figure(group.level(), group.id(), day));
    }

    /** Timelines of all its groups, and empty ones for any other group. */
    Map<Group, List<Point>> timelines(Iterable<Group> others) {
        if (timelines.isEmpty()) {
            oracle.groups().forEach(group -> timelines.put(group, oracle.timeline(group.level(), group.id())));
        }
        Map<Group, List<Point>> all = new TreeMap<>(timelines);
        others.forEach(group -> all.putIfAbsent(group, List.of()));
        return all;
    }

    /** The open alerts by worker and hire. */
    Map<String, Outcome.ShownAlert> alerts(LocalDate day) {
        return alerts.computeIfAbsent(day, d -> {
            Map<String, Outcome.ShownAlert> all = new TreeMap<>();
            oracle.alerts(d)
                    .forEach((key, alert) -> all.put(
                            key.workerId() + "/" + key.hireId(), Outcome.shown(key, alert, current(key.workerId()))));
            return all;
        });
    }

    private @Nullable String current(String workerId) {
        return oracle.currentWorkerId(workerId).orElse(null);
    }

    /** Why a hire needs no alert, in the words of the records, and the newest id of its worker. */
    String resolution(String workerId, String hireId, LocalDate day) {
        return oracle.resolution(workerId, hireId, day).map(Enum::name).orElse("still open") + " " + current(workerId);
    }
}
