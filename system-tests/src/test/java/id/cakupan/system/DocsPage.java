package id.cakupan.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the docs, in Markdown: its fenced blocks, links and headings.
 *
 * @param path where it is
 * @param lines its text
 */
record DocsPage(Path path, List<String> lines) {
    private static final Path TOP = Path.of("..");
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern EXIT_CODE = Pattern.compile("# exit code (\\d+)");
    private static final String BUILD = "mvn ";
    private static final String LEAVE_RUNNING = "# leave it running";

    /**
     * A command of a shell block, with its here-document and the lines that it goes on in.
     *
     * @param line number of its first line in the page, from 1
     * @param text what the shell reads
     * @param exitCode how it has to end
     * @param leftRunning whether it runs until the end of the page
     */
    record Statement(int line, String text, int exitCode, boolean leftRunning) {
        private static Statement of(int line, String text) {
            Matcher code = EXIT_CODE.matcher(text);
            return new Statement(
                    line, text, code.find() ? Integer.parseInt(code.group(1)) : 0, text.contains(LEAVE_RUNNING));
        }
    }

    /** A page by its path in the checkout. */
    static DocsPage of(String name) throws IOException {
        Path path = TOP.resolve(name);
        return new DocsPage(path, Files.readAllLines(path));
    }

    /** README and all pages of docs. */
    static List<DocsPage> all() throws IOException {
        List<DocsPage> pages = new ArrayList<>(List.of(of("README.md")));
        try (var files = Files.list(TOP.resolve("docs"))) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".md")) {
                    pages.add(new DocsPage(file, Files.readAllLines(file)));
                }
            }
        }
        return pages;
    }

    /** The text of each fenced block of a language. */
    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : lines) {
            if (block == null && line.strip().equals(FENCE + language)) {
                block = new StringBuilder();
            } else if (block != null && line.strip().equals(FENCE)) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    /**
     * The commands of all shell blocks, in order, without those that build or test the program itself. A command ends where
     * bash says that it is whole. Each block of SQL is one command, which gives it to psql.
     */
    List<Statement> statements() throws IOException, InterruptedException {
        List<Statement> statements = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int first = 0;
        String language = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean fence = line.strip().startsWith(FENCE);
            if (fence && language.equals("sql")) {
                statements.add(Statement.of(first, "psql -v ON_ERROR_STOP=1 <<'SQL'\n" + text + "SQL\n"));
                text.setLength(0);
                language = "";
            } else if (fence && text.isEmpty()) {
                language = line.strip().substring(FENCE.length());
            } else if (language.equals("sql")) {
                first = text.isEmpty() ? i + 1 : first;
                text.append(line).append('\n');
            } else if (language.equals("sh") && !(text.isEmpty() && (line.isBlank() || line.startsWith("#")))) {
                first = text.isEmpty() ? i + 1 : first;
                text.append(text.isEmpty() ? line.stripLeading() : line).append('\n');
                if (!line.endsWith("\\") && isWhole(text.toString())) {
                    if (!text.toString().startsWith(BUILD)) {
                        statements.add(Statement.of(first, text.toString()));
                    }
                    text.setLength(0);
                }
            }
        }
        if (!text.isEmpty()) {
            throw new IllegalStateException(path + ", line " + first + ": the command has no end");
        }
        return statements;
    }

    private static boolean isWhole(String text) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        boolean silent = bash.getInputStream().readAllBytes().length == 0;
        return bash.waitFor() == 0 && silent;
    }

    /** Targets of links that lead to no other site. */
    List<String> links() {
        return LINK.matcher(String.join("\n", prose()))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":"))
                .toList();
    }

    /** What stands in code spans. */
    List<String> codeSpans() {
        return CODE.matcher(String.join("\n", prose()))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Names that links give to the headings. */
    Set<String> anchors() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The lines outside of fenced blocks. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.strip().startsWith(FENCE)) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(line);
            }
        }
        return prose;
    }
}
