package id.cakupan.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Standard output, redrawn in place when it is a terminal, which the start script finds out. */
final class Screen {
    private static final String PROPERTY = "cakupan.terminal";
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final int USUAL_HEIGHT = 24;
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private final boolean terminal = Boolean.getBoolean(PROPERTY);
    private boolean cleared;

    Screen(PrintWriter out) {
        this.out = out;
    }

    boolean isTerminal() {
        return terminal;
    }

    /** Puts the lines in place of those before; as many as there is room for. */
    void show(List<String> lines) {
        int height = height();
        StringBuilder text = new StringBuilder(cleared ? ESCAPE + "H" : ESCAPE + "2J" + ESCAPE + "H");
        cleared = true;
        boolean fits = lines.size() < height;
        int shown = fits ? lines.size() : height - 2;
        for (String line : lines.subList(0, shown)) {
            text.append(line).append(ESCAPE).append("K\n");
        }
        if (!fits) {
            text.append("… ")
                    .append(lines.size() - shown)
                    .append(" more lines")
                    .append(ESCAPE)
                    .append("K\n");
        }
        out.print(text.append(ESCAPE).append("J"));
        out.flush();
    }

    /** Emphasis for what changed. */
    static String bold(String text) {
        return ESCAPE + "1m" + text + ESCAPE + "0m";
    }

    private static int height() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                String size = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
                return Math.max(5, Integer.parseInt(size.split(" ", -1)[0]));
            }
        } catch (IOException | NumberFormatException e) {
            return USUAL_HEIGHT;
        }
    }
}
