package id.cakupan.producers;

import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.DateTexts;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of import for tables. */
final class TableOptions {
    /** How {@code --date-format} is written. */
    enum DateFormat {
        dmy,
        mdy
    }

    /** How {@code --decimal} is written. */
    enum Decimal {
        comma,
        point
    }

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "The files are tables (CSV, XLSX, JSON) that this profile describes: the name of one that comes"
                            + " with the program, or a .yml file; see docs/import.md")
    @Nullable
    String profile;

    @Option(
            names = "--template",
            paramLabel = "PROFILE",
            description = "Write an empty sheet to fill in, to FILE (.xlsx or .csv; default: PROFILE.xlsx), and stop")
    @Nullable
    String template;

    @Option(
            names = "--set",
            paramLabel = "COLUMN=VALUE",
            description =
                    "Value of a column of the profile for every row in which it is blank; may stand several times")
    Map<String, String> given = new LinkedHashMap<>();

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "Worksheet of an XLSX to read, where several have the headings")
    @Nullable
    String sheet;

    @Option(
            names = "--recorded-at",
            paramLabel = "INSTANT",
            description =
                    "When the source recorded what the tables say, such as 2025-07-01T08:30:00+07:00 (default: what a"
                            + " column says, else the time of the file)")
    @Nullable
    String recordedAt;

    @Option(
            names = "--date-format",
            paramLabel = "dmy|mdy",
            description = "Order of day and month, where the file does not show it")
    @Nullable
    DateFormat dateFormat;

    @Option(
            names = "--decimal",
            paramLabel = "comma|point",
            description = "Decimal mark of amounts, where the file does not show it")
    @Nullable
    Decimal decimal;

    @Option(names = "--encoding", paramLabel = "NAME", description = "Encoding of CSV files (default: recognised)")
    @Nullable
    String encoding;

    @Option(names = "--dry-run", description = "Show what would be sent, and send nothing")
    boolean dryRun;

    @Option(
            names = "--snapshot",
            paramLabel = "NAME",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "The tables are all that the source knows: send what differs from the last snapshot of this name"
                            + " (default: source, profile and --set), also that something is gone, as the profile says")
    @Nullable
    String snapshot;

    @Option(
            names = "--most-vanished",
            paramLabel = "PERCENT",
            description =
                    "Largest part of the last snapshot that may be gone, else nothing of that is sent; all of it only with"
                            + " 100 (default: 20)")
    int mostVanished = 20;

    @Option(
            names = "--end-unmentioned",
            description =
                    "The snapshot is about all projects and contractors: what was of those of which it has no row has ended"
                            + " too (default: that stays as it was)")
    boolean endUnmentioned;

    @Option(
            names = "--snapshot-folder",
            paramLabel = "FOLDER",
            description = "Where last snapshots are kept (default: ~/.local/share/cakupan/snapshots)")
    @Nullable
    Path snapshotFolder;

    @Option(
            names = "--register",
            paramLabel = "FILE",
            description =
                    "Where the profiles of SIPP sheets keep which worker a KPJ belongs to, and enrolments (default:"
                            + " ~/.local/share/cakupan/register.mv)")
    @Nullable
    Path register;

    /**
     * How files are read.
     *
     * @param sourceName value of {@code source}
     * @param zone in which a day begins
     * @throws UsageException if an option is no use
     */
    TableImport.Options reading(String sourceName, ZoneId zone) throws UsageException {
        return new TableImport.Options(given, sourceName, instant(), order(), mark(), charset(), sheet, zone);
    }

    private @Nullable Instant instant() throws UsageException {
        try {
            return recordedAt == null ? null : OffsetDateTime.parse(recordedAt).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException("--recorded-at is no instant such as 2025-07-01T08:30:00+07:00");
        }
    }

    private DateTexts.@Nullable Order order() {
        if (dateFormat == null) {
            return null;
        }
        return dateFormat == DateFormat.dmy ? DateTexts.Order.DAY_FIRST : DateTexts.Order.MONTH_FIRST;
    }

    private AmountTexts.@Nullable Mark mark() {
        if (decimal == null) {
            return null;
        }
        return decimal == Decimal.comma ? AmountTexts.Mark.COMMA : AmountTexts.Mark.POINT;
    }

    private @Nullable Charset charset() throws UsageException {
        try {
            return encoding == null ? null : Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UsageException("--encoding: there is no encoding " + encoding);
        }
    }
}
