package id.cakupan.schemas;

import cakupan.records.AlertDecision;
import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTarget;
import cakupan.records.CoverageTimeline;
import cakupan.records.EnrolmentEnded;
import cakupan.records.Level;
import cakupan.records.Notification;
import cakupan.records.Progress;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import cakupan.records.ReferenceFigure;
import cakupan.records.UncoveredHire;
import cakupan.records.WorkerEnrolled;
import cakupan.records.WorkerHired;
import cakupan.records.WorkerReleased;
import id.cakupan.schemas.Topic.Cleanup;
import id.cakupan.schemas.Topic.Owner;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** The one list of public topics. */
public final class Topics {
    /** Default of the setting {@code topic-prefix}. */
    public static final String DEFAULT_PREFIX = "cakupan.";

    /** Whatever cannot be processed: raw key and value, reason and origin in the headers. Values are not Avro. */
    public static final String DEAD_LETTERS = "dead-letters";

    public static final Topic<ProjectRegistered> PROJECT_REGISTERED =
            event("project-registered", ProjectRegistered.class, ProjectRegistered::getProjectId);
    public static final Topic<ProjectInsured> PROJECT_INSURED =
            event("project-insured", ProjectInsured.class, ProjectInsured::getProjectId);
    public static final Topic<WorkerHired> WORKER_HIRED =
            event("worker-hired", WorkerHired.class, WorkerHired::getWorkerId);
    public static final Topic<WorkerReleased> WORKER_RELEASED =
            event("worker-released", WorkerReleased.class, WorkerReleased::getWorkerId);
    public static final Topic<WorkerEnrolled> WORKER_ENROLLED =
            event("worker-enrolled", WorkerEnrolled.class, WorkerEnrolled::getWorkerId);
    public static final Topic<EnrolmentEnded> ENROLMENT_ENDED =
            event("enrolment-ended", EnrolmentEnded.class, EnrolmentEnded::getWorkerId);
    public static final Topic<CoverageTarget> COVERAGE_TARGETS =
            event("coverage-targets", CoverageTarget.class, t -> groupKey(t.getLevel(), t.getId()));
    public static final Topic<ReferenceFigure> REFERENCE_FIGURES = event(
            "reference-figures", ReferenceFigure.class, f -> f.getArea() + "/" + f.getConcept() + "/" + f.getSource());

    /** The figures of each level, by level: the only place, beside the schema, that names the levels. */
    public static final Map<Level, Topic<CoverageFigure>> COVERAGE_BY = Map.of(
            Level.PROJECT, figures("coverage-by-project"),
            Level.CONTRACTOR, figures("coverage-by-contractor"),
            Level.DISTRICT, figures("coverage-by-district"),
            Level.CITY, figures("coverage-by-city"),
            Level.FUNDING, figures("coverage-by-funding"));

    public static final Topic<CoverageTimeline> COVERAGE_TIMELINE =
            output("coverage-timeline", CoverageTimeline.class, t -> groupKey(t.getLevel(), t.getId()));
    public static final Topic<CoverageFigure> COVERAGE_DAILY =
            output("coverage-daily", CoverageFigure.class, f -> groupKey(f.getLevel(), f.getId()) + "/" + f.getAsOf());
    public static final Topic<UncoveredHire> UNCOVERED_HIRES =
            output("uncovered-hires", UncoveredHire.class, h -> alertKey(h.getWorkerId(), h.getHireId()));
    public static final Topic<Progress> PROGRESS =
            output("progress", Progress.class, p -> p.getApplicationId() + "/" + p.getStage() + "/" + p.getPartition());

    /** What people decided about alerts. */
    public static final Topic<AlertDecision> ALERT_DECISIONS = new Topic<>(
            "alert-decisions", AlertDecision.class, Owner.DASHBOARD, Cleanup.KEEP_LATEST, AlertDecision::getDecisionId);

    /** What was delivered to whom, and when. */
    public static final Topic<Notification> NOTIFICATIONS = new Topic<>(
            "notifications",
            Notification.class,
            Owner.NOTIFIER,
            Cleanup.KEEP_LATEST,
            notification -> notification.getNotifyId() + "/" + notification.getNotificationId());

    /** Events that the streams app merges, in the order of semantics: projects first. */
    public static final List<Topic<? extends SpecificRecord>> EVENTS = List.of(
            PROJECT_REGISTERED,
            PROJECT_INSURED,
            WORKER_HIRED,
            WORKER_RELEASED,
            WORKER_ENROLLED,
            ENROLMENT_ENDED,
            COVERAGE_TARGETS,
            REFERENCE_FIGURES);

    /** What the streams app publishes. */
    public static final List<Topic<? extends SpecificRecord>> OUTPUTS = Stream.concat(
                    COVERAGE_BY.values().stream().sorted((a, b) -> a.suffix().compareTo(b.suffix())),
                    Stream.of(COVERAGE_TIMELINE, COVERAGE_DAILY, UNCOVERED_HIRES, PROGRESS))
            .collect(Collectors.toUnmodifiableList());

    /** What is written by those who look at the outputs. */
    public static final List<Topic<? extends SpecificRecord>> REACTIONS = List.of(ALERT_DECISIONS, NOTIFICATIONS);

    /** All public topics with Avro values; {@link #DEAD_LETTERS} is the one topic besides. */
    public static final List<Topic<? extends SpecificRecord>> ALL =
            Stream.of(EVENTS, OUTPUTS, REACTIONS).flatMap(List::stream).collect(Collectors.toUnmodifiableList());

    private Topics() {}

    /** Key of a group where records of all levels share a topic: {@code LEVEL/id}. */
    public static String groupKey(Level level, String id) {
        return level + "/" + id;
    }

    /** Key of the alert on a hire: hire ids are the worker's own. */
    public static String alertKey(String workerId, String hireId) {
        return workerId + "/" + hireId;
    }

    private static <V extends SpecificRecord> Topic<V> event(String suffix, Class<V> type, Function<V, String> key) {
        return new Topic<>(suffix, type, Owner.PRODUCERS, Cleanup.KEEP_ALL, key);
    }

    private static <V extends SpecificRecord> Topic<V> output(String suffix, Class<V> type, Function<V, String> key) {
        return new Topic<>(suffix, type, Owner.STREAMS_APP, Cleanup.KEEP_LATEST, key);
    }

    private static Topic<CoverageFigure> figures(String suffix) {
        return output(suffix, CoverageFigure.class, CoverageFigure::getId);
    }
}
