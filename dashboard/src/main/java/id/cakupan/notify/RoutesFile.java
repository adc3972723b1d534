package id.cakupan.notify;

import cakupan.records.AlertState;
import id.cakupan.notify.Routing.Alertmanager;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Language;
import id.cakupan.notify.Routing.Match;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.notify.Routing.Route;
import id.cakupan.notify.Routing.SourceRule;
import id.cakupan.notify.Routing.Target;
import id.cakupan.notify.Routing.Webhook;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a routing file. It is strict: unknown keys, bad values and names of nothing are faults, told all together, each with
 * its line and none with an address or a secret.
 */
final class RoutesFile {
    /** What is wrong with a file, one line for people each. */
    static final class RoutesException extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // never serialized
        private final List<String> faults;

        RoutesException(List<String> faults) {
            super(String.join("\n", faults), null, false, false);
            this.faults = List.copyOf(faults);
        }

        List<String> faults() {
            return faults;
        }
    }

    private static final int VERSION = 1;
    private static final String ALL_CONTRACTORS = "contractors";
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String ADDRESS =
            "(?=.{1,64}@.{1,253}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" + LABEL + "(\\." + LABEL + ")*";
    private static final int LEAST_SECRET_BYTES = 32;
    private static final int MOST_ADDRESSES = 20;
    private static final int MAILS_PER_HOUR = 12;
    private static final int MESSAGES_PER_HOUR = 1_200;
    private static final int MOST_PER_HOUR = 100_000;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
    private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofDays(366);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Receiver> receivers = new HashMap<>();
    private final List<Receiver> receiversInOrder = new ArrayList<>();

    private RoutesFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a file.
     *
     * @throws RoutesException with every fault
     */
    static Routing read(Path file) throws RoutesException {
        try {
            return parse(
                    Files.readString(file),
                    file.toAbsolutePath().getParent() == null
                            ? Path.of("")
                            : file.toAbsolutePath().getParent());
        } catch (NoSuchFileException e) {
            throw new RoutesException(List.of("There is no routing file " + file));
        } catch (IOException e) {
            throw new RoutesException(List.of("Cannot read the routing file " + file + " (UTF-8 is needed)"));
        }
    }

    /**
     * Understands the text of a file.
     *
     * @param folder where relative paths begin
     */
    static Routing parse(String text, Path folder) throws RoutesException {
        RoutesFile file = new RoutesFile(folder);
        Routing routing;
        try (Reader reader = new StringReader(text)) {
            routing = file.routing(new Yaml(new LoaderOptions()).compose(reader));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new RoutesException(List.of("line " + line + ": not YAML"));
        } catch (YAMLException | IOException e) {
            throw new RoutesException(List.of("line 1: not YAML"));
        }
        if (!file.faults.isEmpty()) {
            throw new RoutesException(file.faults);
        }
        return routing;
    }

    private Routing routing(@Nullable Node root) {
        Map<String, Node> top = mapping(root, "the file", "version", "receivers", "routes", "sources");
        Node version = top.get("version");
        if (version == null
                || !(version instanceof ScalarNode scalar)
                || !scalar.getValue().equals("" + VERSION)) {
            fault(version == null ? root : version, "version: " + VERSION + " is needed");
        }
        for (Node entry : sequence(top.get("receivers"), "receivers")) {
            receiver(entry);
        }
        List<Route> routes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Node entry : sequence(top.get("routes"), "routes")) {
            Route route = route(entry);
            if (!names.add(route.name())) {
                fault(entry, "there are two routes " + route.name());
            }
            routes.add(route);
        }
        List<SourceRule> sources = new ArrayList<>();
        Set<String> watched = new LinkedHashSet<>();
        for (Node entry : sequence(top.get("sources"), "sources")) {
            SourceRule rule = source(entry);
            if (!watched.add(rule.source())) {
                fault(entry, "there are two rules for one source");
            }
            sources.add(rule);
        }
        if (top.get("receivers") == null) {
            fault(root, "receivers are needed");
        }
        return new Routing(receiversInOrder, routes, sources);
    }

    private void receiver(Node node) {
        Map<String, Node> keys =
                mapping(node, "a receiver", "name", "contractor", "most-per-hour", "email", "webhook", "alertmanager");
        String name = name(keys.get("name"), node, "a receiver");
        List<String> channels = List.of("email", "webhook", "alertmanager").stream()
                .filter(keys::containsKey)
                .toList();
        if (channels.size() != 1) {
            fault(node, "a receiver has one of email, webhook and alertmanager");
            return;
        }
        Node inner = keys.get(channels.get(0));
        Target target = switch (channels.get(0)) {
            case "email" -> email(inner);
            case "webhook" -> webhook(inner);
            default -> alertmanager(inner);
        };
        int preset = target instanceof Email ? MAILS_PER_HOUR : MESSAGES_PER_HOUR;
        int most = value(
                keys.get("most-per-hour"), "a whole number from 1 to " + MOST_PER_HOUR, preset, RoutesFile::perHour);
        String contractor = keys.containsKey("contractor")
                ? value(keys.get("contractor"), "the id of a contractor", "", RoutesFile::id)
                : null;
        if (contractor != null && target instanceof Alertmanager) {
            fault(node, "Alertmanager cannot belong to a contractor");
        }
        Receiver receiver = new Receiver(name, contractor, most, target);
        if (receivers.put(name, receiver) != null) {
            fault(node, "there are two receivers " + name);
        }
        receiversInOrder.add(receiver);
    }

    private Target email(@Nullable Node node) {
        Map<String, Node> keys = mapping(node, "email", "to", "language");
        Set<String> to = new LinkedHashSet<>();
        for (Node address : sequence(keys.get("to"), "to")) {
            to.add(value(address, "an e-mail address", "", RoutesFile::address));
        }
        if (to.isEmpty() || to.size() > MOST_ADDRESSES) {
            fault(node, "email needs 'to' with 1 to " + MOST_ADDRESSES + " addresses");
        }
        Language language = value(keys.get("language"), "one of id, en, both", Language.ID, text -> switch (text) {
            case "id" -> Language.ID;
            case "en" -> Language.EN;
            case "both" -> Language.BOTH;
            default -> throw new IllegalArgumentException();
        });
        return new Email(List.copyOf(to), language);
    }

    private Target webhook(@Nullable Node node) {
        Map<String, Node> keys = mapping(node, "webhook", "url", "secret-file");
        URI url = url(keys.get("url"), node);
        byte[] secret = new byte[0];
        if (keys.containsKey("secret-file")) {
            secret = secret(keys.get("secret-file"));
        } else {
            fault(node, "a webhook needs 'secret-file'");
        }
        return new Webhook(url, secret);
    }

    private byte[] secret(@Nullable Node node) {
        Path file = folder.resolve(value(node, "a path", "", Function.identity()));
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                fault(node, "the secret file is open to other users; chmod 600 is needed");
                return new byte[0];
            }
            byte[] secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            if (secret.length < LEAST_SECRET_BYTES) {
                fault(node, "the secret is shorter than " + LEAST_SECRET_BYTES + " characters");
            }
            return secret;
        } catch (IOException e) {
            fault(node, "the secret file cannot be read");
            return new byte[0];
        }
    }

    private Target alertmanager(@Nullable Node node) {
        return new Alertmanager(url(mapping(node, "alertmanager", "url").get("url"), node));
    }

    private URI url(@Nullable Node node, @Nullable Node around) {
        if (node == null) {
            fault(around, "'url' is needed");
        }
        return value(node, "an address http(s)://host/… without user and password", URI.create("http://x"), text -> {
            URI uri = URI.create(text);
            if (!NotifySettings.isWebAddress(uri)) {
                throw new IllegalArgumentException();
            }
            return uri;
        });
    }

    private Route route(Node node) {
        Map<String, Node> keys =
                mapping(node, "a route", "name", "receivers", "match", "digest", "escalation", "window");
        String name = name(keys.get("name"), node, "a route");
        List<String> to = receivers(keys.get("receivers"), node);
        LocalTime digest = keys.containsKey("digest")
                ? value(keys.get("digest"), "a time of day such as \"07:00\"", LocalTime.MIN, RoutesFile::time)
                : null;
        Duration escalation = keys.containsKey("escalation") ? window(keys.get("escalation")) : null;
        Duration window = keys.containsKey("window") ? window(keys.get("window")) : WINDOW;
        boolean mails = to.stream().map(receivers::get).anyMatch(r -> r != null && r.isMail());
        boolean systems = to.stream().map(receivers::get).anyMatch(r -> r != null && !r.isMail());
        if (mails && digest == null && escalation == null) {
            fault(node, "a route to e-mail needs 'digest' or 'escalation', else nothing is ever sent");
        }
        if (!mails && systems && (digest != null || escalation != null)) {
            fault(node, "'digest' and 'escalation' are for e-mail, and no receiver of the route has it");
        }
        if (mails && !systems && keys.containsKey("window")) {
            fault(node, "'window' is for webhook and alertmanager, and no receiver of the route is one");
        }
        return new Route(name, to, match(keys.get("match")), digest, escalation, window);
    }

    private Duration window(@Nullable Node node) {
        return value(node, "a duration such as PT15M, at most a day", WINDOW, text -> {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(LONGEST_WINDOW) > 0) {
                throw new IllegalArgumentException();
            }
            return duration;
        });
    }

    private List<String> receivers(@Nullable Node node, Node around) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(ALL_CONTRACTORS)) {
            List<String> all = receiversInOrder.stream()
                    .filter(receiver -> receiver.contractor() != null)
                    .map(Receiver::name)
                    .toList();
            if (all.isEmpty()) {
                fault(node, "no receiver has a contractor");
            }
            return all;
        }
        Set<String> names = new LinkedHashSet<>();
        for (Node entry : sequence(node, "receivers")) {
            names.add(value(entry, "the name of a receiver above", "", text -> {
                if (!receivers.containsKey(text)) {
                    throw new IllegalArgumentException();
                }
                return text;
            }));
        }
        if (names.isEmpty()) {
            fault(around, "receivers are needed: names, or the word " + ALL_CONTRACTORS);
        }
        return List.copyOf(names);
    }

    private Match match(@Nullable Node node) {
        if (node == null) {
            return new Match(Set.of(), Set.of(), Set.of());
        }
        Map<String, Node> keys = mapping(node, "match", "districts", "contractors", "states", "severities");
        Set<String> districts = new TreeSet<>();
        for (Node code : sequence(keys.get("districts"), "districts")) {
            districts.add(value(code, "a code such as \"35.73.01\" or \"35.73\", in quotes", "", RoutesFile::district));
        }
        Set<String> contractors = new TreeSet<>();
        for (Node id : sequence(keys.get("contractors"), "contractors")) {
            contractors.add(value(id, "the id of a contractor", "", RoutesFile::id));
        }
        Set<AlertState> states = EnumSet.noneOf(AlertState.class);
        for (Node state : sequence(keys.get("states"), "states")) {
            states.add(value(state, "one of DUE_SOON, OVERDUE, ESCALATED", AlertState.OVERDUE, RoutesFile::state));
        }
        Set<AlertState> severe = EnumSet.noneOf(AlertState.class);
        for (Node severity : sequence(keys.get("severities"), "severities")) {
            severe.add(value(severity, "one of info, warning, critical", AlertState.OVERDUE, RoutesFile::severity));
        }
        if (!states.isEmpty() && !severe.isEmpty()) {
            fault(node, "states and severities say the same: one of them is enough");
        }
        for (Map.Entry<String, Node> key : keys.entrySet()) {
            if (key.getValue() instanceof SequenceNode list && list.getValue().isEmpty()) {
                fault(key.getValue(), key.getKey() + " is empty; left out, it takes all");
            }
        }
        states.addAll(severe);
        return new Match(districts, contractors, states);
    }

    private SourceRule source(Node node) {
        Map<String, Node> keys = mapping(node, "a source", "source", "silent-after", "receivers");
        String source = "";
        if (keys.containsKey("source")) {
            source = value(keys.get("source"), "the name of a source", "", RoutesFile::id);
        } else {
            fault(node, "'source' is needed");
        }
        Duration silent = Duration.ofDays(1);
        if (keys.containsKey("silent-after")) {
            silent = value(
                    keys.get("silent-after"), "a duration such as PT26H or P3D, 1 min to 366 days", silent, text -> {
                        Duration duration = Duration.parse(text);
                        if (duration.compareTo(SHORTEST_SILENCE) < 0 || duration.compareTo(LONGEST_SILENCE) > 0) {
                            throw new IllegalArgumentException();
                        }
                        return duration;
                    });
        } else {
            fault(node, "'silent-after' is needed");
        }
        List<String> to = receivers(keys.get("receivers"), node);
        if (to.stream().map(receivers::get).anyMatch(r -> r != null && r.contractor() != null)) {
            fault(node, "the silence of a source is not told to contractors");
        }
        return new SourceRule(source, silent, to);
    }

    private static LocalTime time(String text) {
        if (!text.matches("\\d\\d:\\d\\d")) {
            throw new IllegalArgumentException();
        }
        return LocalTime.parse(text);
    }

    private static int perHour(String text) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > MOST_PER_HOUR) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static String id(String text) {
        return matching(text, "[\\x21-\\x7e]{1,200}");
    }

    private static String district(String text) {
        return matching(text, "\\d\\d(\\.\\d\\d){0,2}(\\.\\d{4})?|" + Routing.UNASSIGNED);
    }

    /**
     * An address that can be mailed to.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String address(String text) {
        try {
            new InternetAddress(matching(text, ADDRESS), true);
            return text;
        } catch (AddressException e) {
            throw new IllegalArgumentException("No address", e);
        }
    }

    private static String matching(String text, String form) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static AlertState state(String text) {
        return Routing.openStates().stream()
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static AlertState severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.label().equals(text))
                .map(Severity::state)
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private String name(@Nullable Node node, Node around, String what) {
        if (node == null) {
            fault(around, what + " needs a name");
            return "";
        }
        return value(
                node,
                "a name of small letters, digits, '.', '_' and '-', at most 64",
                "",
                text -> matching(text, NAME));
    }

    /** A scalar, converted; the preset when it is absent or a fault was noted. */
    private <T> T value(@Nullable Node node, String form, T preset, Function<String, T> convert) {
        if (node == null) {
            return preset;
        }
        if (node instanceof ScalarNode scalar) {
            try {
                return convert.apply(scalar.getValue());
            } catch (IllegalArgumentException | DateTimeException e) {
                // told below
            }
        }
        fault(node, "this is not " + form);
        return preset;
    }

    private List<Node> sequence(@Nullable Node node, String what) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        fault(node, what + " must be a list");
        return List.of();
    }

    private Map<String, Node> mapping(@Nullable Node node, String what, String... known) {
        Map<String, Node> values = new HashMap<>();
        if (!(node instanceof MappingNode map)) {
            fault(node, what + " must be 'key: value' lines");
            return values;
        }
        for (NodeTuple tuple : map.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!Arrays.asList(known).contains(key)) {
                fault(tuple.getKeyNode(), what + " has no key like this; it has " + String.join(", ", known));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), key + " stands twice");
            }
        }
        return values;
    }

    private void fault(@Nullable Node node, String text) {
        int line = node == null || node.getStartMark() == null
                ? 1
                : node.getStartMark().getLine() + 1;
        faults.add("line " + line + ": " + text);
    }
}
