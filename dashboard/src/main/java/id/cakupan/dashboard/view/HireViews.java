package id.cakupan.dashboard.view;

import cakupan.records.AlertDecision;
import cakupan.records.AlertState;
import cakupan.records.DecisionKind;
import cakupan.records.Level;
import cakupan.records.UncoveredHire;
import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.access.Role;
import id.cakupan.dashboard.board.Alert;
import id.cakupan.dashboard.board.Board;
import id.cakupan.dashboard.board.Decided;
import id.cakupan.dashboard.board.Project;
import id.cakupan.dashboard.view.Answers.AlertsView;
import id.cakupan.dashboard.view.Answers.DecisionOnHire;
import id.cakupan.dashboard.view.Answers.DecisionView;
import id.cakupan.dashboard.view.Answers.HireView;
import id.cakupan.dashboard.view.Answers.Named;
import id.cakupan.dashboard.view.Answers.Scope;
import id.cakupan.dashboard.view.ViewQuery.DecisionState;
import id.cakupan.dashboard.view.ViewQuery.HireSelection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Alerts on hires and what was decided about them, as they are answered. */
final class HireViews {
    private final Board board;
    private final RowViews names;

    HireViews(Board board, RowViews names) {
        this.board = board;
        this.names = names;
    }

    /** Selected alerts, in order, and the counts of those that are open whatever state is asked for. */
    record Found(List<Alert> alerts, AlertsView counts) {}

    /** Whether a viewer may see an alert. */
    static boolean isVisible(Principal viewer, Alert alert) {
        return switch (viewer.role()) {
            case OFFICIAL -> true;
            case CONTRACTOR -> alert.hire().getContractorId().equals(viewer.contractorId());
            case PUBLIC -> false;
        };
    }

    Found find(HireSelection selection, Principal viewer, Instant now) {
        Predicate<Alert> filter = filter(selection, viewer, now);
        List<Alert> found = new ArrayList<>();
        int[] open = new int[AlertState.values().length];
        for (Alert alert : candidates(selection, viewer)) {
            if (filter.test(alert)) {
                AlertState state = alert.hire().getState();
                open[state.ordinal()]++;
                if (selection.states().contains(state)) {
                    found.add(alert);
                }
            }
        }
        found.sort(order(selection));
        return new Found(
                found,
                new AlertsView(
                        open[AlertState.DUE_SOON.ordinal()],
                        open[AlertState.OVERDUE.ordinal()],
                        open[AlertState.ESCALATED.ordinal()]));
    }

    /** Alerts among which those selected are. */
    private Collection<Alert> candidates(HireSelection selection, Principal viewer) {
        String contractor = viewer.contractorId() == null ? selection.contractor() : viewer.contractorId();
        if (selection.project() != null) {
            return board.alertsOfProject(selection.project());
        }
        return contractor == null ? board.alerts() : board.alertsOfContractor(contractor);
    }

    private Predicate<Alert> filter(HireSelection selection, Principal viewer, Instant now) {
        Predicate<Alert> filter = alert -> isVisible(viewer, alert);
        String city = selection.city();
        if (city != null) {
            filter = filter.and(alert -> {
                String own = alert.hire().getDistrictCode();
                return own != null && Project.cityOf(own).equals(city);
            });
        }
        String district = selection.district();
        if (district != null) {
            filter = filter.and(alert -> district.equals(alert.hire().getDistrictCode()));
        }
        String contractor = selection.contractor();
        if (contractor != null) {
            filter = filter.and(alert -> contractor.equals(alert.hire().getContractorId()));
        }
        String project = selection.project();
        if (project != null) {
            filter = filter.and(alert -> project.equals(alert.hire().getProjectId()));
        }
        if (selection.reason() != null) {
            filter = filter.and(alert -> alert.hire().getReason() == selection.reason());
        }
        if (selection.decision() != null) {
            InForce decisions = inForce(now);
            DecisionState wanted = selection.decision();
            filter = filter.and(alert ->
                    state(decisions.on(alert).map(AlertDecision::getKind).orElse(null)) == wanted);
        }
        if (!selection.text().isEmpty()) {
            filter = filter.and(alert -> mentions(alert.hire(), selection.text()));
        }
        return filter;
    }

    private static DecisionState state(@Nullable DecisionKind kind) {
        return kind == DecisionKind.ACKNOWLEDGED
                ? DecisionState.ACKNOWLEDGED
                : kind == DecisionKind.SILENCED ? DecisionState.SILENCED : DecisionState.NONE;
    }

    private boolean mentions(UncoveredHire hire, String text) {
        return holds(hire.getProjectId(), text)
                || holds(hire.getContractorId(), text)
                || holds(names.name(Level.PROJECT, hire.getProjectId()), text)
                || holds(names.name(Level.CONTRACTOR, hire.getContractorId()), text);
    }

    private static boolean holds(String field, String text) {
        return field.toLowerCase(Locale.ROOT).contains(text);
    }

    private Comparator<Alert> order(HireSelection selection) {
        Comparator<Alert> order = switch (selection.sort()) {
            case DUE -> Comparator.comparing(alert -> alert.hire().getDueOn());
            case SINCE -> Comparator.comparing(alert -> alert.hire().getUncoveredSince());
            case STARTED -> Comparator.comparing(alert -> alert.hire().getStartsOn());
            case PROJECT ->
                Comparator.comparing(
                        (Alert alert) -> names.name(Level.PROJECT, alert.hire().getProjectId()),
                        String.CASE_INSENSITIVE_ORDER);
            case CONTRACTOR ->
                Comparator.comparing(
                        (Alert alert) ->
                                names.name(Level.CONTRACTOR, alert.hire().getContractorId()),
                        String.CASE_INSENSITIVE_ORDER);
            case STATE -> Comparator.comparing(alert -> alert.hire().getState());
        };
        return (selection.ascending() ? order : order.reversed()).thenComparing(Alert::handle);
    }

    HireView view(Alert alert, InForce decisions, LocalDate today, Principal viewer) {
        UncoveredHire hire = alert.hire();
        String district = hire.getDistrictCode();
        boolean open = alert.isOpen();
        return new HireView(
                alert.handle(),
                alert.maskedWorker(),
                hire.getHireId(),
                named(Level.PROJECT, hire.getProjectId()),
                named(Level.CONTRACTOR, hire.getContractorId()),
                district == null ? null : named(Level.DISTRICT, district),
                hire.getStartsOn(),
                hire.getDueOn(),
                hire.getUncoveredSince(),
                hire.getOverdueSince(),
                since(hire.getStartsOn(), today),
                open ? since(hire.getUncoveredSince(), today) : 0,
                open ? since(hire.getOverdueSince(), today) : 0,
                hire.getState().name(),
                hire.getReason().name(),
                hire.getResolution() == null ? null : hire.getResolution().name(),
                hire.getBackdated(),
                hire.getAsOf(),
                decisions.on(alert).map(decision -> onHire(decision, viewer)).orElse(null));
    }

    private Named named(Level level, String id) {
        return new Named(id, names.name(level, id));
    }

    private static long since(LocalDate day, LocalDate today) {
        return Math.max(0, ChronoUnit.DAYS.between(day, today));
    }

    /** Notes of officials about more than the viewer's own are for officials. */
    private DecisionOnHire onHire(AlertDecision decision, Principal viewer) {
        boolean known = isVisible(viewer, decision);
        return new DecisionOnHire(
                decision.getDecisionId(),
                decision.getKind().name(),
                decision.getReason().name(),
                known ? decision.getNote() : null,
                known ? decision.getDecidedBy() : null,
                decision.getDecidedAt(),
                decision.getExpiresAt());
    }

    /** The decisions that are in force at an instant. */
    InForce inForce(Instant now) {
        return new InForce(board.decisions().stream()
                .filter(decision -> Decided.stands(decision, now))
                .sorted(Comparator.comparing(AlertDecision::getDecidedAt).reversed())
                .toList());
    }

    /** Decisions in force, by what they are about. */
    static final class InForce {
        private final Map<String, AlertDecision> byAlert = new HashMap<>();
        private final List<AlertDecision> wider = new ArrayList<>();

        private InForce(List<AlertDecision> latestFirst) {
            for (AlertDecision decision : latestFirst) {
                if (decision.getAlertKey() != null) {
                    byAlert.putIfAbsent(decision.getAlertKey(), decision);
                } else if (isAboutSomething(decision)) {
                    wider.add(decision);
                }
            }
        }

        /** The one on the alert itself, else the latest that includes it. */
        Optional<AlertDecision> on(Alert alert) {
            AlertDecision own = byAlert.get(alert.key());
            return own != null
                    ? Optional.of(own)
                    : wider.stream()
                            .filter(decision -> includes(decision, alert))
                            .findFirst();
        }

        /** A decision about nothing has no effect. */
        private static boolean isAboutSomething(AlertDecision decision) {
            return decision.getProjectId() != null
                    || decision.getContractorId() != null
                    || decision.getDistrictCode() != null;
        }

        private static boolean includes(AlertDecision decision, Alert alert) {
            UncoveredHire hire = alert.hire();
            return Decided.selects(
                    decision, alert.key(), hire.getProjectId(), hire.getContractorId(), hire.getDistrictCode());
        }
    }

    /** All decisions that a viewer may know of, the latest first. */
    List<DecisionView> decisions(Principal viewer) {
        return board.decisions().stream()
                .filter(decision -> isVisible(viewer, decision))
                .sorted(Comparator.comparing(AlertDecision::getDecidedAt)
                        .reversed()
                        .thenComparing(AlertDecision::getDecisionId))
                .map(decision -> view(decision, viewer))
                .toList();
    }

    /** Whether a viewer may know of a decision. */
    boolean isVisible(Principal viewer, AlertDecision decision) {
        if (viewer.role() != Role.CONTRACTOR) {
            return viewer.role() == Role.OFFICIAL;
        }
        return decision.getAlertKey() == null
                ? Objects.equals(decision.getContractorId(), viewer.contractorId())
                : board.alertOfKey(decision.getAlertKey())
                        .filter(alert -> isVisible(viewer, alert))
                        .isPresent();
    }

    DecisionView view(AlertDecision decision, Principal viewer) {
        Alert alert = decision.getAlertKey() == null
                ? null
                : board.alertOfKey(decision.getAlertKey()).orElse(null);
        String project = alert == null ? decision.getProjectId() : alert.hire().getProjectId();
        String contractor =
                alert == null ? decision.getContractorId() : alert.hire().getContractorId();
        String district =
                alert == null ? decision.getDistrictCode() : alert.hire().getDistrictCode();
        return new DecisionView(
                decision.getDecisionId(),
                decision.getKind().name(),
                new Scope(
                        alert == null ? null : alert.handle(),
                        alert == null ? null : alert.maskedWorker(),
                        project == null ? null : named(Level.PROJECT, project),
                        contractor == null ? null : named(Level.CONTRACTOR, contractor),
                        district == null ? null : named(Level.DISTRICT, district)),
                decision.getReason().name(),
                decision.getNote(),
                decision.getDecidedBy(),
                decision.getDecidedAt(),
                decision.getExpiresAt(),
                decision.getEndedAt(),
                viewer.mayEnd(decision.getDecidedBy()));
    }
}
