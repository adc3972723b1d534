package id.cakupan.producers;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
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
                    "Largest part of the last snapshot that may be gone, else nothing of that is sent (default: 20)")
    int mostVanished = 20;

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

    /** {@code --recorded-at}, or null. */
    @Nullable
    Instant recordedAtInstant() {
        return recordedAt == null ? null : OffsetDateTime.parse(recordedAt).toInstant();
    }
}
