package id.cakupan.producers.profiles;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of ids of projects ({@code source:kind:code}) and contractors ({@code scheme:code}), which sheets must have: a bare
 * code or the number of a contract would be a project that nothing else ever speaks of.
 */
final class SchemeForms {
    private static final Map<String, BadEventReason> FIELDS =
            Map.of("projectId", BadEventReason.PROJECT_FORM, "contractorId", BadEventReason.CONTRACTOR_FORM);

    /** Two parts at least, with a colon between them. */
    private static final Pattern PARTS = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*(?::[^:]+)+");

    /** Columns by the field whose value they give. */
    private final Map<String, Set<String>> columns;

    SchemeForms(Profile profile) {
        columns = FIELDS.keySet().stream().collect(Collectors.toMap(field -> field, profile::verbatim));
    }

    /** Refuses a value of a column that is no such id although the column gives one. */
    void checkColumn(String column, @Nullable String value) throws BadEvent {
        for (Map.Entry<String, Set<String>> entry : columns.entrySet()) {
            if (entry.getValue().contains(column)) {
                checkField(entry.getKey(), column, value);
            }
        }
    }

    /**
     * Refuses a value of a field that is no such id.
     *
     * @param named what the fault names
     */
    static void checkField(String field, String named, @Nullable String value) throws BadEvent {
        BadEventReason reason = FIELDS.get(field);
        if (reason != null && value != null && !PARTS.matcher(value).matches()) {
            throw new BadEvent(reason, named, "string");
        }
    }
}
