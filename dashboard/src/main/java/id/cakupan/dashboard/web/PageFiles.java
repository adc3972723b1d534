package id.cakupan.dashboard.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the page, from the class path, all in memory. Their address holds a hash of all of them. */
final class PageFiles {
    /** Where the files are. */
    static final String ASSETS = "/assets/";

    /** Style of letters, one of the files. */
    static final String LETTER_STYLE = "letter.css";

    private static final String FOLDER = "/id/cakupan/dashboard/page";
    private static final String INDEX = "index.html";
    private static final String ASSETS_MARK = "__ASSETS__";
    private static final int HASH_CHARACTERS = 16;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    /** One file. */
    record PageFile(String type, Body body) {}

    private final Map<String, PageFile> files = new HashMap<>();
    private final String prefix;
    private final PageFile index;

    private PageFiles(Map<String, byte[]> found) {
        String list = found.entrySet().stream()
                .map(file -> file.getKey() + " " + new Body(file.getValue()).tag())
                .collect(Collectors.joining("\n"));
        String hash = new Body(list.getBytes(StandardCharsets.UTF_8)).tag().substring(0, HASH_CHARACTERS);
        prefix = ASSETS + hash;
        found.forEach((name, bytes) -> files.put(prefix + "/" + name, new PageFile(type(name), new Body(bytes))));
        String text = new String(Objects.requireNonNull(found.get(INDEX)), StandardCharsets.UTF_8)
                .replace(ASSETS_MARK, prefix);
        index = new PageFile(type(INDEX), new Body(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads all files. */
    static PageFiles load() {
        URL url = Objects.requireNonNull(PageFiles.class.getResource(FOLDER + "/" + INDEX));
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return new PageFiles(read(Objects.requireNonNull(Path.of(uri).getParent())));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return new PageFiles(read(jar.getPath(FOLDER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.filter(Files::isRegularFile).toList();
        }
        Map<String, byte[]> found = new TreeMap<>();
        for (Path path : paths) {
            found.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
        }
        return found;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    /** Where the files of this version are, without a slash at the end. */
    String prefix() {
        return prefix;
    }

    /** The page itself. */
    PageFile index() {
        return index;
    }

    /** A file by its path, which is compared and never resolved. */
    Optional<PageFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
