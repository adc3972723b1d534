package id.cakupan.runtime;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The settings of one command, read once. Default &lt; file &lt; environment &lt; flag; an unknown key, a value that does
 * not convert and a missing required value are errors, all told together.
 */
public final class Settings {
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
        List<Layer> strongestFirst = List.of(
                flags(sources.flags(), faults),
                environment(sources.environment(), known, faults),
                file(sources.file(), known, faults),
                defaults(settings));
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            Optional<Layer> layer = strongestFirst.stream()
                    .filter(l -> l.values().containsKey(setting.key()))
                    .findFirst();
            String text = layer.map(l -> l.values().get(setting.key())).orElse(null);
            String origin = layer.map(Layer::origin).orElse("not set");
            entries.put(setting.key(), entry(setting, text, origin, faults));
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new Settings(entries);
    }

    /** Texts of one source, by key. */
    private record Layer(String origin, Map<String, String> values) {}

    private static Layer defaults(List<Setting<?>> settings) {
        Map<String, String> values = new HashMap<>();
        for (Setting<?> setting : settings) {
            if (setting.defaultValue() != null) {
                values.put(setting.key(), setting.defaultValue());
            }
        }
        return new Layer("default", values);
    }

    private static Layer file(@Nullable Path file, List<Setting<?>> known, List<String> faults) {
        Map<String, String> values = new HashMap<>();
        Layer layer = new Layer("file " + file, values);
        if (file == null) {
            return layer;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            for (NodeTuple line : lines(new Yaml(new LoaderOptions()).compose(reader))) {
                String key = text(line.getKeyNode());
                if (known.stream().noneMatch(setting -> setting.key().equals(key))) {
                    faults.add("Unknown setting '" + key + "' in " + layer.origin() + nearest(key, known));
                } else if (values.put(key, text(line.getValueNode())) != null) {
                    faults.add("Setting '" + key + "' stands twice in " + layer.origin());
                }
            }
        } catch (NoSuchFileException e) {
            faults.add("There is no " + layer.origin());
        } catch (IOException e) {
            faults.add("Cannot read " + layer.origin() + ": " + e.getMessage());
        } catch (YAMLException e) {
            faults.add("Not YAML of 'key: value' lines: " + layer.origin());
        }
        return layer;
    }

    private static List<NodeTuple> lines(@Nullable Node root) {
        if (root == null) {
            return List.of();
        }
        if (root instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw new YAMLException("no mapping");
    }

    /** The text as it is written, whatever YAML takes it for. */
    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new YAMLException("no scalar");
    }

    private static Layer environment(Map<String, String> environment, List<Setting<?>> known, List<String> faults) {
        Map<String, String> values = new HashMap<>();
        for (String name : new TreeMap<>(environment).keySet()) {
            if (!name.startsWith(Setting.ENVIRONMENT_PREFIX) || name.equals(CONFIG_VARIABLE)) {
                continue;
            }
            known.stream()
                    .filter(setting -> setting.environment().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            setting -> values.put(setting.key(), environment.get(name)),
                            () -> faults.add("Unknown setting in the environment: " + name));
        }
        return new Layer("environment", values);
    }

    private static Layer flags(Map<String, List<String>> flags, List<String> faults) {
        Map<String, String> values = new HashMap<>();
        new TreeMap<>(flags).forEach((key, given) -> {
            if (given.size() > 1) {
                faults.add("--" + key + " is given " + given.size() + " times");
            }
            values.put(key, given.get(0));
        });
        return new Layer("flag", values);
    }

    private static <T> Entry entry(Setting<T> setting, @Nullable String text, String origin, List<String> faults) {
        if (text == null) {
            if (setting.required()) {
                faults.add("Setting '" + setting.key() + "' is missing (" + setting.flag() + ", "
                        + setting.environment() + "): " + setting.doc());
            }
            return new Entry(setting, null, "", origin);
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
