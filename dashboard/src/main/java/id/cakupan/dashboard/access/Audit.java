package id.cakupan.dashboard.access;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who read rows of single hires and who decided what: one line each to the logger {@code audit}, which no log level turns off.
 * Accounts, actions, groups and counts; never a worker, a note or an address.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._@+:/,*-]");
    /** A sole trader's tax number may be a NIK. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<!\\d)\\d{11,}(?=\\d{4}(?!\\d))");

    private static final int LONGEST = 200;

    private Audit() {}

    /**
     * Writes a line.
     *
     * @param account who
     * @param action what was done, such as {@code read-hires}, {@code acknowledge}, {@code silence}, {@code end-decision}
     * @param scope group that it concerns, such as {@code project/spse:tender:1}; "all" = no single one
     * @param count rows read, or alerts concerned
     */
    public static void log(String account, String action, String scope, long count) {
        LOG.info("account={} action={} scope={} count={}", safe(account), safe(action), safe(scope), count);
    }

    private static String safe(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return LONG_NUMBER.matcher(UNSAFE.matcher(cut).replaceAll("?")).replaceAll("*");
    }
}
