package id.cakupan.dashboard.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, read strictly: what is not asked for by the time {@link #end} is called is refused, as is
 * whatever stands twice, is longer than {@link #LONGEST_VALUE} or holds control characters.
 */
public final class Parameters {
    /** Longest query as it is sent, bytes. */
    public static final int LONGEST_QUERY = 2_048;

    /** Longest value, characters. */
    public static final int LONGEST_VALUE = 200;

    private static final int HEX = 16;
    private static final Year FIRST_YEAR = Year.of(1990);
    private static final Year LAST_YEAR = Year.of(2100);

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * Reads a query.
     *
     * @param query as it is sent, without {@code ?}
     * @throws RefusedException if it is not well-formed
     */
    public Parameters(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return;
        }
        if (query.length() > LONGEST_QUERY) {
            throw bad();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw bad();
            }
            String value = decode(pair.substring(equals + 1).replace('+', ' '));
            if (value.length() > LONGEST_VALUE) {
                throw bad();
            }
            values.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                    .add(value);
        }
    }

    /**
     * Resolves percent-encoding.
     *
     * @throws RefusedException if it is not well-formed UTF-8, or holds control characters
     */
    public static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.put(bytes[i]);
                continue;
            }
            boolean whole = i + 2 < bytes.length;
            int high = whole ? Character.digit(bytes[i + 1], HEX) : -1;
            int low = whole ? Character.digit(bytes[i + 2], HEX) : -1;
            if (high < 0 || low < 0) {
                throw bad();
            }
            decoded.put((byte) (high * HEX + low));
            i += 2;
        }
        String result;
        try {
            result = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw bad();
        }
        if (result.chars().anyMatch(Character::isISOControl)) {
            throw bad();
        }
        return result;
    }

    private static RefusedException bad() {
        return new RefusedException(ProblemKind.BAD_QUERY);
    }

    /** A text that may be left out; empty counts as left out. */
    public Optional<String> text(String name) {
        List<String> found = values.remove(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw bad();
        }
        return Optional.of(found.get(0)).filter(value -> !value.isEmpty());
    }

    /** All values of a parameter that may stand several times. */
    public List<String> texts(String name) {
        List<String> found = values.remove(name);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** A day, yyyy-mm-dd, from 1990 to 2100. */
    public Optional<LocalDate> day(String name) {
        return text(name).map(value -> {
            try {
                LocalDate day = LocalDate.parse(value);
                if (day.getYear() < FIRST_YEAR.getValue() || day.getYear() > LAST_YEAR.getValue()) {
                    throw bad();
                }
                return day;
            } catch (DateTimeException e) {
                throw bad();
            }
        });
    }

    /** A whole number. */
    public int number(String name, int preset, int least, int most) {
        return text(name)
                .map(value -> {
                    try {
                        int number = Integer.parseInt(value);
                        if (number < least || number > most || !Character.isDigit(value.charAt(0))) {
                            throw bad();
                        }
                        return number;
                    } catch (NumberFormatException e) {
                        throw bad();
                    }
                })
                .orElse(preset);
    }

    /** One of the symbols of a type, in small letters with hyphens. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return text(name).map(value -> symbol(value, type));
    }

    /** Some symbols of a type, with commas between them, each in small letters with hyphens. */
    public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        Set<E> chosen = new LinkedHashSet<>();
        text(name).ifPresent(value -> {
            for (String part : value.split(",", -1)) {
                chosen.add(symbol(part, type));
            }
        });
        return chosen;
    }

    /** A symbol by its name in small letters with hyphens. */
    public static <E extends Enum<E>> E symbol(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> small(constant).equals(text))
                .findFirst()
                .orElseThrow(Parameters::bad);
    }

    /** Name of a symbol in small letters with hyphens. */
    public static String small(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * To be called when all known parameters were asked for.
     *
     * @throws RefusedException if there are others
     */
    public void end() {
        if (!values.isEmpty()) {
            throw bad();
        }
    }
}
