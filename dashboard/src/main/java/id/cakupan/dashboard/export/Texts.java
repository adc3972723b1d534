package id.cakupan.dashboard.export;

import id.cakupan.dashboard.board.Row;
import id.cakupan.dashboard.view.Answers.RowView;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Headings, symbols and sentences in one language, from the file {@code texts_LANGUAGE.properties}. */
final class Texts {
    private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Texts(read(language)));
        }
    }

    private final Properties texts;

    private Texts(Properties texts) {
        this.texts = texts;
    }

    static Texts of(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    static Properties read(Language language) {
        String name = "texts_" + language.name().toLowerCase(Locale.ROOT) + ".properties";
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** A text; its key when there is none, which a test forbids. */
    String get(String key) {
        return texts.getProperty(key, key);
    }

    /** A funding, or a group of level FUNDING, whose last part is one, by its name. */
    @Nullable
    String funding(@Nullable String id) {
        if (id == null) {
            return null;
        }
        int start = id.lastIndexOf(':') + 1;
        return id.substring(0, start) + symbol("funding", id.substring(start));
    }

    /** Name of a group: of fundings and of what belongs to no group in this language. */
    String name(RowView row) {
        if (row.id().equals(Row.UNASSIGNED)) {
            return get("unassigned");
        }
        String code = row.id().substring(row.id().lastIndexOf(':') + 1);
        return row.level().equals("funding") && row.name().endsWith(code)
                ? row.name().substring(0, row.name().length() - code.length()) + symbol("funding", code)
                : row.name();
    }

    /** A symbol of a record, such as a state; itself when it is newer than the texts. */
    String symbol(String kind, String symbol) {
        return texts.getProperty(kind + "." + symbol, symbol);
    }
}
