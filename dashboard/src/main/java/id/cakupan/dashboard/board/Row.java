package id.cakupan.dashboard.board;

import cakupan.records.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a group.
 *
 * @param workerDays30 person-days over the 30 days ending on {@code asOf}; null when not known
 * @param target what was promised for the group
 * @param alerts open ones; null for a day in the past
 * @param project master data, of level PROJECT
 * @param insurance of level PROJECT
 * @param tags what filters look at: {@link #district}, {@link #funding} and {@link #contractor} of what belongs to the group
 * @param recordedThrough latest recordedAt among the facts behind the figure
 * @param updatedAt when the figure was computed; null for a day in the past
 */
public record Row(
        Level level,
        String id,
        @Nullable String name,
        LocalDate asOf,
        Counts counts,
        @Nullable Long workerDays30,
        @Nullable Long coveredWorkerDays30,
        @Nullable Target target,
        @Nullable AlertCounts alerts,
        @Nullable Project project,
        @Nullable Insurance insurance,
        Set<String> tags,
        @Nullable Instant recordedThrough,
        @Nullable Instant updatedAt) {

    /** Id of the groups of hires whose project is not known. */
    public static final String UNASSIGNED = "UNASSIGNED";

    /** Tag of what lies in a district. */
    public static String district(String code) {
        return "D:" + code;
    }

    /** Tag of what belongs to a group of level FUNDING. */
    public static String funding(String group) {
        return "F:" + group;
    }

    /** Tag of what a contractor has to do with. */
    public static String contractor(String id) {
        return "C:" + id;
    }

    /** Its name, or its id when it has none. */
    public String title() {
        if (name != null) {
            return name;
        }
        return project == null ? id : project.name();
    }

    /** The same with other alerts. */
    public Row withAlerts(AlertCounts others) {
        return new Row(
                level,
                id,
                name,
                asOf,
                counts,
                workerDays30,
                coveredWorkerDays30,
                target,
                others,
                project,
                insurance,
                tags,
                recordedThrough,
                updatedAt);
    }

    /** coveredWorkers / workers; null without workers. */
    public @Nullable Double ratio() {
        return counts.workers() == 0 ? null : counts.coveredWorkers() / (double) counts.workers();
    }

    /** Whether a text, in small letters, stands in its id, its names or its contract number. */
    public boolean mentions(String text) {
        return holds(id, text)
                || holds(name, text)
                || (project != null
                        && (holds(project.name(), text)
                                || holds(project.contractorName(), text)
                                || holds(project.ownerName(), text)
                                || holds(project.contractNumber(), text)));
    }

    private static boolean holds(@Nullable String field, String text) {
        return field != null && field.toLowerCase(Locale.ROOT).contains(text);
    }
}
