package id.cakupan.notify;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** The texts of mails in one language, and how it writes numbers and days. */
final class Words {
    static final Words INDONESIAN = new Words("id");
    static final Words ENGLISH = new Words("en");

    private final String code;
    private final Locale locale;
    private final Properties texts = new Properties();

    private Words(String code) {
        this.code = code;
        locale = Locale.forLanguageTag(code.equals("en") ? "en-GB" : "id-ID");
        String name = "words_" + code + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Words.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its code, id or en. */
    String code() {
        return code;
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /**
     * A text.
     *
     * @param values names and values in turn: {@code {name}} in the text becomes its value
     */
    String get(String key, String... values) {
        String text = Objects.requireNonNull(texts.getProperty(key), key);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            out.append(text, at, open).append(value(text.substring(open + 1, close), values));
            at = close + 1;
        }
        return out.append(text.substring(at)).toString();
    }

    private static String value(String name, String... values) {
        for (int i = 0; i + 1 < values.length; i += 2) {
            if (values[i].equals(name)) {
                return values[i + 1];
            }
        }
        throw new IllegalArgumentException("No value for {" + name + "}");
    }

    /** 12.431 or 12,431. */
    String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** 3 Juli 2025 or 3 July 2025. */
    String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", locale).format(day);
    }

    /** Day and time of day with its zone. */
    String time(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(code.equals("en") ? "d MMMM uuuu, HH:mm z" : "d MMMM uuuu HH.mm z", locale)
                .format(time);
    }
}
