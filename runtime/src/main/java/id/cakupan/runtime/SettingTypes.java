package id.cakupan.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the text of a setting becomes its value. */
final class SettingTypes {
    private record Type(String kind, Function<String, ?> parse) {}

    private static final Map<Class<?>, Type> TYPES = Map.ofEntries(
            Map.entry(String.class, new Type("a text", text -> text)),
            Map.entry(Integer.class, new Type("a whole number", Integer::valueOf)),
            Map.entry(Long.class, new Type("a whole number", Long::valueOf)),
            Map.entry(Double.class, new Type("a number", Double::valueOf)),
            Map.entry(Boolean.class, new Type("true or false", SettingTypes::bool)),
            Map.entry(Path.class, new Type("a path", Path::of)),
            Map.entry(URI.class, new Type("an address", URI::create)),
            Map.entry(ZoneId.class, new Type("a time zone such as Asia/Jakarta", ZoneId::of)),
            Map.entry(LocalDate.class, new Type("a day yyyy-mm-dd", LocalDate::parse)),
            Map.entry(Instant.class, new Type("an instant such as 2026-01-31T17:00:00Z", Instant::parse)),
            Map.entry(
                    Duration.class,
                    new Type("a duration such as 500ms, 10s, 5m, 2h or PT10S", SettingTypes::duration)));

    private SettingTypes() {}

    /** What a value of the type looks like, for people: "a whole number", "one of text, json". */
    static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", symbols(type));
        }
        return type(type).kind();
    }

    /**
     * Converts a text.
     *
     * @throws IllegalArgumentException or DateTimeException if the text is not what {@link #kind} says
     */
    static <T> T parse(Class<T> type, String text) {
        if (!type.isEnum()) {
            return type.cast(type(type).parse().apply(text));
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> symbol(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such symbol"));
    }

    private static Type type(Class<?> type) {
        Type known = TYPES.get(type);
        if (known == null) {
            throw new IllegalStateException("No setting can be a " + type.getName());
        }
        return known;
    }

    private static List<String> symbols(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(SettingTypes::symbol)
                .collect(Collectors.toUnmodifiableList());
    }

    private static String symbol(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("\\d+ms")) {
            return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
        } else if (lower.matches("(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?") && !lower.isEmpty()) {
            int days = lower.indexOf('d') + 1;
            String time = lower.substring(days);
            return Duration.parse("P" + lower.substring(0, days) + (time.isEmpty() ? "" : "T" + time));
        } else if (lower.startsWith("p")) {
            return Duration.parse(text);
        }
        throw new DateTimeException("no duration");
    }
}
