package id.cakupan.producers.tables;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text of people without the traces of the web pages and word processors it went through. */
public final class PlainText {
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("hellip", "…"),
            Map.entry("deg", "°"));

    private PlainText() {}

    /**
     * The text without HTML tags and entities; line breaks, control characters and runs of any white space become one
     * space; characters without width or that turn the direction of writing are dropped; stripped.
     */
    public static String clean(String text) {
        return isClean(text) ? text : spaced(withoutEntities(withoutTags(text)));
    }

    /** Whether there is certainly nothing to do, as in most cells. */
    private static boolean isClean(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '<' || c == '&' || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return text.isEmpty() || before != ' ';
    }

    private static String withoutTags(String text) {
        int tag = text.indexOf('<');
        if (tag < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int at = 0;
        while (tag >= 0) {
            boolean isTag = isTagStart(text, tag + 1);
            int end = isTag ? text.indexOf('>', tag) : tag;
            if (end < 0) {
                break;
            }
            kept.append(text, at, isTag ? tag : tag + 1).append(isTag ? " " : "");
            at = end + 1;
            tag = text.indexOf('<', at);
        }
        return kept.append(text, at, text.length()).toString();
    }

    private static boolean isTagStart(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String withoutEntities(String text) {
        int and = text.indexOf('&');
        if (and < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int at = 0;
        while (and >= 0) {
            kept.append(text, at, and);
            String near = text.substring(and + 1, Math.min(text.length(), and + LONGEST_ENTITY));
            int length = near.indexOf(';');
            String meant = length < 0 ? null : entity(near.substring(0, length));
            kept.append(meant == null ? "&" : meant);
            at = meant == null ? and + 1 : and + length + 2;
            and = text.indexOf('&', at);
        }
        return kept.append(text, at, text.length()).toString();
    }

    private static @Nullable String entity(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.get(name);
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(point) ? Character.toString(point) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String spaced(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int type = Character.getType(point);
            if (type == Character.FORMAT) {
                continue;
            }
            if (type == Character.CONTROL || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                gap = !kept.isEmpty();
                continue;
            }
            if (gap) {
                kept.append(' ');
                gap = false;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }
}
