package id.cakupan.runtime;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one command, read once. Default &lt; file &lt; environment &lt; flag; an unknown key, a value that does
 * not convert and a missing required value are errors, all told together.
 */
public final class Settings {
    /** Environment variables under our prefix that are no settings: they belong to the start script. */
    public static final Set<String> SCRIPT_VARIABLES = Set.of("CAKUPAN_JAVA_OPTS", "CAKUPAN_HOME");

    /** The file itself is named by {@code --config} or by this variable. */
    static final String CONFIG_VARIABLE = "CAKUPAN_CONFIG";

    private static final String MASK = "******";

    private record Entry(Setting<?> setting, @Nullable Object value, String text, String origin) {}

    private final Map<String, Entry> entries;

    private Settings(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * Where values come from.
     *
     * @param flags key to the values given on the command line, in their order; more than one is a fault
     * @param environment environment variables; those under {@code CAKUPAN_} count
     * @param file YAML file of {@code key: value} lines; null = none
     */
    public record Sources(
            Map<String, List<String>> flags,
            Map<String, String> environment,
            @Nullable Path file) {}

    /** Settings from flags alone, for programs and tests that start a part without a command line. */
    public static Settings of(List<Setting<?>> settings, Map<String, String> flags) throws SettingsException {
        Map<String, List<String>> lists = new HashMap<>();
        flags.forEach((key, value) -> lists.put(key, List.of(value)));
        return read(settings, settings, new Sources(lists, Map.of(), null));
    }

    /**
     * Reads the settings of a command.
     *
     * @param settings those that the command takes
     * @param known those that any command takes: a file or an environment may serve all of them
     * @param sources where values come from
     * @throws SettingsException with every fault
     */
    public static Settings read(List<Setting<?>> settings, List<Setting<?>> known, Sources sources)
            throws SettingsException {
        List<String> faults = new ArrayList<>();
        List<ConfigSource> layers = new ArrayList<>();
        layers.add(defaults(settings));
        layers.addAll(file(sources.file(), known, faults));
        layers.add(environment(sources.environment(), known, faults));
        layers.add(flags(sources.flags(), faults));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(layers.toArray(ConfigSource[]::new))
                .build();

        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            ConfigValue raw = config.getConfigValue(setting.key());
            entries.put(setting.key(), entry(setting, raw.getValue(), raw.getSourceName(), faults));
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new Settings(entries);
    }

    private static ConfigSource defaults(List<Setting<?>> settings) {
        Map<String, String> values = new HashMap<>();
        for (Setting<?> setting : settings) {
            if (setting.defaultValue() != null) {
                values.put(setting.key(), setting.defaultValue());
            }
        }
        return new PropertiesConfigSource(values, "default", 100);
    }

    private static List<ConfigSource> file(@Nullable Path file, List<Setting<?>> known, List<String> faults) {
        if (file == null) {
            return List.of();
        }
        String origin = "file " + file;
        try {
            ConfigSource source = new YamlConfigSource(origin, Files.readString(file), 200);
            new TreeMap<>(source.getProperties())
                    .keySet().stream()
                            .filter(key -> known.stream().noneMatch(s -> s.key().equals(key)))
                            .forEach(key ->
                                    faults.add("Unknown setting '" + key + "' in " + origin + nearest(key, known)));
            return List.of(source);
        } catch (NoSuchFileException e) {
            faults.add("There is no " + origin);
        } catch (IOException e) {
            faults.add("Cannot read " + origin + ": " + e.getMessage());
        } catch (RuntimeException e) {
            faults.add("Not YAML of 'key: value' lines: " + origin);
        }
        return List.of();
    }

    private static ConfigSource environment(
            Map<String, String> environment, List<Setting<?>> known, List<String> faults) {
        Map<String, String> values = new HashMap<>();
        for (String name : new TreeMap<>(environment).keySet()) {
            if (!name.startsWith(Setting.ENVIRONMENT_PREFIX)
                    || SCRIPT_VARIABLES.contains(name)
                    || name.equals(CONFIG_VARIABLE)) {
                continue;
            }
            known.stream()
                    .filter(setting -> setting.environment().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            setting -> values.put(setting.key(), environment.get(name)),
                            () -> faults.add("Unknown setting in the environment: " + name));
        }
        return new PropertiesConfigSource(values, "environment", 300);
    }

    private static ConfigSource flags(Map<String, List<String>> flags, List<String> faults) {
        Map<String, String> values = new HashMap<>();
        new TreeMap<>(flags).forEach((key, given) -> {
            if (given.size() > 1) {
                faults.add("--" + key + " is given " + given.size() + " times");
            }
            values.put(key, given.get(0));
        });
        return new PropertiesConfigSource(values, "flag", 400);
    }

    private static <T> Entry entry(
            Setting<T> setting, @Nullable String text, @Nullable String origin, List<String> faults) {
        if (text == null || origin == null) {
            if (setting.required()) {
                faults.add("Setting '" + setting.key() + "' is missing (" + setting.flag() + ", "
                        + setting.environment() + "): " + setting.doc());
            }
            return new Entry(setting, null, "", "not set");
        }
        T value = null;
        try {
            value = SettingTypes.parse(setting.type(), text);
            if (!setting.valid().test(value)) {
                faults.add(about(setting, text, origin) + " is out of range: " + setting.doc());
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            faults.add(about(setting, text, origin) + " is not " + SettingTypes.kind(setting.type()));
        }
        return new Entry(setting, value, text, origin);
    }

    private static String about(Setting<?> setting, String text, String origin) {
        String shown = setting.secret() ? "" : " '" + text + "'";
        return "Setting '" + setting.key() + "' (" + origin + "): the value" + shown;
    }

    private static String nearest(String key, List<Setting<?>> known) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return known.stream()
                .filter(s -> s.key().replace("-", "").equals(plain))
                .findFirst()
                .map(s -> "; did you mean '" + s.key() + "'?")
                .orElse("");
    }

    /**
     * Value of a setting that has a default or is required.
     *
     * @throws IllegalArgumentException if the command does not take the setting, or it is optional and not set
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalArgumentException("Setting '" + setting.key() + "' is not set"));
    }

    /**
     * Value of a setting, empty when it is optional and not set.
     *
     * @throws IllegalArgumentException if the command does not take the setting
     */
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(setting.type().cast(entry(setting).value()));
    }

    /** Where the value comes from: {@code default}, {@code file …}, {@code environment}, {@code flag} or {@code not set}. */
    public String origin(Setting<?> setting) {
        return entry(setting).origin();
    }

    private Entry entry(Setting<?> setting) {
        Entry entry = entries.get(setting.key());
        if (entry == null) {
            throw new IllegalArgumentException("Setting '" + setting.key() + "' does not belong to this command");
        }
        return entry;
    }

    /** Prints one line a setting: key, value (secrets masked) and, as a comment, where it comes from. */
    public void print(PrintWriter out) {
        int width = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Entry entry : entries.values()) {
            boolean masked = entry.setting().secret() && !entry.text().isEmpty();
            String key = entry.setting().key() + ":"
                    + " ".repeat(width - entry.setting().key().length());
            out.println(key + " " + (masked ? MASK : entry.text()) + "  # " + entry.origin());
        }
        out.flush();
    }
}
