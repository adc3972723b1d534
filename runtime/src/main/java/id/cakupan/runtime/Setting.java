package id.cakupan.runtime;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One setting. Its flag, its environment variable, its key in the file, its help and its place in the reference page all
 * follow from this.
 *
 * @param key name in kebab-case; flag {@code --key}, environment {@code CAKUPAN_KEY}, file {@code key:}
 * @param type type of its value, one of those that {@link SettingTypes} converts
 * @param defaultValue text of the default; null when there is none
 * @param required true when a command cannot run without a value
 * @param secret true when the value is never shown
 * @param doc what it is, with unit and range
 * @param valid what a converted value must hold
 * @param <T> type of its value
 */
public record Setting<T>(
        String key,
        Class<T> type,
        @Nullable String defaultValue,
        boolean required,
        boolean secret,
        String doc,
        Predicate<? super T> valid) {

    /** Prefix of all environment variables. */
    public static final String ENVIRONMENT_PREFIX = "CAKUPAN_";

    /** A setting with a default. */
    public static <T> Setting<T> of(String key, Class<T> type, String defaultValue, String doc) {
        return new Setting<>(key, type, defaultValue, false, false, doc, value -> true);
    }

    /** A setting without default that must be set. */
    public static <T> Setting<T> required(String key, Class<T> type, String doc) {
        return new Setting<>(key, type, null, true, false, doc, value -> true);
    }

    /** A setting without default that may be left out. */
    public static <T> Setting<T> optional(String key, Class<T> type, String doc) {
        return new Setting<>(key, type, null, false, false, doc, value -> true);
    }

    /** The same setting, whose value is never shown. */
    public Setting<T> asSecret() {
        return new Setting<>(key, type, defaultValue, required, true, doc, valid);
    }

    /** The same setting with another default. */
    public Setting<T> withDefault(String value) {
        return new Setting<>(key, type, value, false, secret, doc, valid);
    }

    /**
     * The same setting, accepting only some values.
     *
     * @param condition what a value must hold; {@link #doc} should say it too
     */
    public Setting<T> where(Predicate<? super T> condition) {
        return new Setting<>(key, type, defaultValue, required, secret, doc, condition);
    }

    /** Its flag on the command line, {@code --key}. */
    public String flag() {
        return "--" + key;
    }

    /** Its environment variable, {@code CAKUPAN_KEY}. */
    public String environment() {
        return ENVIRONMENT_PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What it is and, for a choice, among what: for help and reference. */
    public String describe() {
        return type.isEnum() ? doc + "; " + SettingTypes.kind(type) : doc;
    }
}
