package id.cakupan.streams;

import id.cakupan.coverage.Group;
import id.cakupan.coverage.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Display names of districts and cities, by Kemendagri code; names of projects and contractors come with the events. */
public final class AreaNames {
    private final Map<String, String> names;

    private AreaNames(Map<String, String> names) {
        this.names = names;
    }

    /**
     * Reads {@code code;name} lines; empty lines and those that begin with {@code #} are passed over.
     *
     * @throws IllegalArgumentException naming the line without a separator
     */
    public static AreaNames parse(List<String> lines) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int separator = line.indexOf(';');
            if (separator < 1) {
                throw new IllegalArgumentException("area names, line " + (i + 1) + ": expected code;name");
            }
            names.put(
                    line.substring(0, separator).strip(),
                    line.substring(separator + 1).strip());
        }
        return new AreaNames(names);
    }

    /** The name of a group whose facts give it none; null when it is not known. */
    @Nullable
    String of(Group group) {
        if (group.level() == Level.FUNDING) {
            int separator = group.id().lastIndexOf(':');
            String city = separator < 0 ? null : names.get(group.id().substring(0, separator));
            return city == null ? null : city + " " + group.id().substring(separator + 1);
        }
        return group.level() == Level.DISTRICT || group.level() == Level.CITY ? names.get(group.id()) : null;
    }
}
