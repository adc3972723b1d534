package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.Recognised;
import id.cakupan.producers.tables.RejectedRows;
import id.cakupan.producers.tables.Row;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.TableReader;
import id.cakupan.producers.tables.Tables;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Imports tables by a profile: looks through a file first, for what its dates and amounts look like, then sends the events of
 * each row. A row of which one event is not acceptable goes to the rejects whole. One import serves one thread.
 */
final class TableImport {
    /**
     * What the user says about the files.
     *
     * @param given values of columns for rows in which they are blank
     * @param source value of {@code source}
     * @param recordedAt value of {@code recordedAt} where a row has none; null = the time of the file
     * @param dateOrder order of day and month; null = as the profile says or the file shows
     * @param decimal decimal mark; null = as the file shows
     * @param charset encoding; null = as the file shows
     * @param sheet name of the worksheet; null = as the profile says, or the only one that fits
     * @param zone in which a day begins
     */
    record Options(
            Map<String, String> given,
            String source,
            @Nullable Instant recordedAt,
            DateTexts.@Nullable Order dateOrder,
            AmountTexts.@Nullable Mark decimal,
            @Nullable Charset charset,
            @Nullable String sheet,
            ZoneId zone) {}

    /** What receives the events of accepted rows. */
    interface Receiver {
        /** Checks an event, before any of its row is taken. */
        void check(SpecificRecord event) throws BadEvent;

        /** Takes the events of one row. */
        void take(List<RowEvents.Made> events, Sending.Place place, Instant recordedAt);

        /** Whether there is no use in going on. */
        boolean failed();
    }

    /**
     * Part of an import.
     *
     * @param label what people call it
     * @param bytes how many are read in it, of all files and passes
     */
    record Phase(String label, long bytes) {}

    /** Told of what has been read, for a progress bar. */
    interface Progress {
        /**
         * Called with each row and each piece of a file.
         *
         * @param bytes read in this phase
         * @param rows read in this phase
         * @param rejected rows rejected
         */
        void at(Phase phase, long bytes, long rows, long rejected);
    }

    private final Profile profile;
    private final Options options;
    private final PseudonymSource pseudonyms;
    private final Receiver receiver;
    private final Passes passes;
    private final FirstLook firstLook;
    private final @Nullable Register register;
    private final TableRows tableRows;

    private final PassedOver passedOver = new PassedOver();
    private final Map<BadEventReason, Long> rejectedByReason = new TreeMap<>();
    private final Map<String, Long> rejectedByText = new TreeMap<>();
    private final RejectsReport rejectsReport = new RejectsReport();
    private final FirstRows firstRows;
    private final Repetitions repetitions = new Repetitions();
    private long skipped;
    private long repeated;
    private Sending.@Nullable Place at;

    /**
     * @param register what is remembered of workers; null where the profile does not need it
     */
    TableImport(
            Profile profile,
            Options options,
            PseudonymSource pseudonyms,
            Receiver receiver,
            Progress progress,
            @Nullable Register register) {
        this.profile = profile;
        this.options = options;
        this.pseudonyms = pseudonyms;
        this.receiver = receiver;
        passes = new Passes(progress);
        firstLook = new FirstLook(profile, options, passes);
        this.register = register;
        tableRows = new TableRows(profile, options.given().keySet());
        firstRows = new FirstRows(profile);
    }

    /**
     * Reads all files.
     *
     * @throws TableException if a file as a whole cannot be used; nothing was sent
     * @throws IOException if a file cannot be read or changes meanwhile, or a rejects file cannot be written
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    void read(List<TableFile> files) throws IOException, TableException, PseudonymKeys.KeyFileException {
        long bytes = 0;
        long bytesToCheck = 0;
        for (TableFile file : files) {
            long size = Files.size(file.content());
            bytes += size;
            bytesToCheck += size * (Recognised.passes(Tables.formatOf(file.content())) + 1);
        }
        passes.begin(new Phase("memeriksa/checking", bytesToCheck));
        List<FirstLook.Known> known = new ArrayList<>();
        for (TableFile file : files) {
            known.add(firstLook.of(file));
        }
        long rows = passes.rows();
        passes.begin(new Phase("impor/import", bytes));
        if (profile.mergeBy() != null) {
            readMerged(known, rows);
            return;
        }
        for (int i = 0; i < known.size() && !receiver.failed(); i++) {
            readEach(i, known.get(i));
        }
    }

    private EventDraft draft(TableFile file) throws IOException {
        EventDraft draft = new EventDraft(pseudonyms, options.source());
        draft.defaultRecordedAt(recordedAt(file));
        return draft;
    }

    /** When the file was recorded, if its rows do not say. */
    Instant recordedAt(TableFile file) throws IOException {
        return options.recordedAt() != null
                ? options.recordedAt()
                : Files.getLastModifiedTime(file.content()).toInstant();
    }

    private void readEach(int number, FirstLook.Known known) throws IOException, PseudonymKeys.KeyFileException {
        TableFile file = known.file();
        RowEvents maker = new RowEvents(profile, known.reading(), options.given(), draft(file), register);
        Instant recordedAt = recordedAt(file);
        FirstLook.Opened source = firstLook.openAgain(known);
        RejectedRows rejected = new RejectedRows(file.rejects(), known.table().format(), source.reader());
        try (TableReader reader = source.reader();
                rejected) {
            long ordinal = -1;
            for (Row row = reader.next(); row != null && !receiver.failed(); row = reader.next()) {
                ordinal++;
                if (isPassedOver(known, source, row, ordinal)) {
                    continue;
                }
                Sending.Place place = new Sending.Place(number, file.name(), row.number());
                at = place;
                try {
                    take(maker, maker.of(cells(source, row, maker), null, receiver::check), place, recordedAt);
                } catch (BadEvent e) {
                    reject(rejected, source, row, e);
                }
            }
        } finally {
            report(rejected);
        }
        known.table().requireUnchanged();
        passes.passed(known.table().size());
    }

    /** Whether a row is no row of the table: it is counted, and that is all. */
    private boolean isPassedOver(FirstLook.Known known, FirstLook.Opened source, Row row, long ordinal) {
        passes.row(source.reader().bytesRead());
        if (row.fault() != null) {
            return false;
        }
        if (TableRows.isNumbering(ordinal, row)) {
            passedOver.addNumbering();
            return true;
        }
        if (tableRows.isOne(source, row, ordinal, known.lastRow())) {
            return false;
        }
        List<String> without = new ArrayList<>();
        for (Column column : tableRows.required()) {
            without.add(source.headings(column.name(), null));
        }
        passedOver.addBlank(without, row.number());
        return true;
    }

    private void readMerged(List<FirstLook.Known> all, long rows)
            throws IOException, TableException, PseudonymKeys.KeyFileException {
        List<RowFaults> faults = new ArrayList<>();
        try (MergedRows merged = new MergedRows(profile.content(), rows)) {
            for (int i = 0; i < all.size(); i++) {
                RowFaults ofFile = new RowFaults();
                faults.add(ofFile);
                collect(i, all.get(i), merged, ofFile);
            }
            sendMerged(all, merged, faults);
        }
        for (int i = 0; i < all.size(); i++) {
            writeRejects(all.get(i), faults.get(i));
        }
    }

    /** Reads the rows of a file; what is wrong with one of them alone is noted, so that it can be rejected later. */
    private void collect(int number, FirstLook.Known known, MergedRows merged, RowFaults faults)
            throws IOException, TableException, PseudonymKeys.KeyFileException {
        String mergeBy = Objects.requireNonNull(profile.mergeBy());
        RowEvents maker = new RowEvents(profile, known.reading(), options.given(), draft(known.file()), register);
        Instant ofFile = recordedAt(known.file());
        FirstLook.Opened source = firstLook.openAgain(known);
        try (TableReader reader = source.reader()) {
            int ordinal = -1;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                ordinal++;
                if (isPassedOver(known, source, row, ordinal)) {
                    continue;
                }
                try {
                    Map<String, Cell> cells = normal(cells(source, row, maker), known.reading());
                    String key = maker.value(cells, mergeBy);
                    if (key == null) {
                        throw new BadEvent(BadEventReason.FIELD_MISSING, maker.columnsOf(mergeBy), null);
                    }
                    Instant recordedAt = ofFile;
                    BadEvent fault = null;
                    try {
                        Instant said = maker.recordedAt(cells);
                        recordedAt = said == null ? ofFile : said;
                    } catch (BadEvent e) {
                        fault = e;
                    }
                    merged.add(key, new MergedRows.Origin(number, ordinal, row.number()), recordedAt, cells, fault);
                } catch (BadEvent e) {
                    faults.add(ordinal, e);
                }
            }
        }
        known.table().requireUnchanged();
        passes.passed(known.table().size());
    }

    private void sendMerged(List<FirstLook.Known> all, MergedRows merged, List<RowFaults> faults)
            throws IOException, PseudonymKeys.KeyFileException {
        RowEvents maker = new RowEvents(
                profile,
                new RowEvents.Reading(DateTexts.Order.DAY_FIRST, AmountTexts.Mark.POINT, options.zone()),
                options.given(),
                draft(all.get(0).file()),
                register);
        for (int part = 0; part < merged.parts(); part++) {
            for (MergedRows.Merged record : merged.part(part, maker::meaning)) {
                if (receiver.failed()) {
                    return;
                }
                MergedRows.Origin origin = record.origins().get(0);
                Sending.Place place = new Sending.Place(
                        origin.file(), all.get(origin.file()).file().name(), origin.number());
                at = place;
                try {
                    takeMerged(maker, record, place);
                } catch (BadEvent e) {
                    record.origins().forEach(each -> faults.get(each.file()).add(each.ordinal(), e));
                }
            }
        }
    }

    private void takeMerged(RowEvents maker, MergedRows.Merged record, Sending.Place place)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        BadEvent fault = record.fault();
        if (fault != null) {
            throw fault;
        }
        Map<String, Cell> cells = record.cells();
        Collection<String> contradictory = record.contradictory();
        if (!contradictory.isEmpty() && (profile.decides(contradictory) || maker.counts(cells))) {
            throw new BadEvent(BadEventReason.ROWS_CONTRADICT, String.join(RowEvents.BETWEEN, contradictory), null);
        }
        take(maker, maker.of(cells, record.recordedAt(), receiver::check), place, record.recordedAt());
    }

    /** Reads a file of merged rows once more, if rows of it were rejected, and writes those. */
    private void writeRejects(FirstLook.Known known, RowFaults faults) throws IOException {
        if (!faults.any()) {
            rejectsReport.notNeeded(known.file().rejects());
            return;
        }
        FirstLook.Opened source = firstLook.openAgain(known);
        RejectedRows rejected =
                new RejectedRows(known.file().rejects(), known.table().format(), source.reader());
        try (TableReader reader = source.reader();
                rejected) {
            int ordinal = 0;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                BadEvent fault = faults.of(ordinal);
                if (fault != null) {
                    reject(rejected, source, row, fault);
                }
                ordinal++;
            }
        } finally {
            report(rejected);
        }
    }

    /** Dates and amounts in a form that no longer depends on the file, so that rows of several files can be one record. */
    private Map<String, Cell> normal(Map<String, Cell> cells, RowEvents.Reading reading) {
        Map<String, Cell> normal = new HashMap<>();
        cells.forEach((name, cell) -> {
            Column column = profile.column(name).orElseThrow();
            if (cell.kind() == Cell.Kind.BLANK) {
                return;
            }
            normal.put(name, RowEvents.normal(column, cell, reading));
        });
        return normal;
    }

    private void take(RowEvents maker, List<RowEvents.Made> events, Sending.Place place, Instant recordedAt)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        Repetitions.Kind kind = repetitions.add(events);
        if (kind == Repetitions.Kind.CONTRADICTORY) {
            throw new BadEvent(BadEventReason.ROW_CONTRADICTS, null, null);
        }
        boolean learnt = maker.learn(events);
        if (kind == Repetitions.Kind.REPEATED) {
            repeated++;
        } else if (!events.isEmpty()) {
            receiver.take(events, place, recordedAt);
        } else if (!learnt) {
            skipped++;
        }
    }

    private void reject(RejectedRows rejected, FirstLook.Opened source, Row row, BadEvent e) throws IOException {
        rejectedByReason.merge(e.reason(), 1L, Long::sum);
        passes.reject();
        String headings = e.field() == null ? null : source.headings(e.field(), row);
        String indonesian = e.reason().indonesian(headings);
        String english = e.reason().english(headings);
        rejectedByText.merge(indonesian + " / " + english, 1L, Long::sum);
        rejected.add(row, "baris %d: %s / row %d: %s".formatted(row.number(), indonesian, row.number(), english));
    }

    private void report(RejectedRows rejected) {
        if (rejected.isWritten()) {
            rejectsReport.written(rejected.file(), rejected.older());
        } else {
            rejectsReport.notNeeded(rejected.file());
        }
    }

    /** The cells of the next row by the names of their columns; it is shown if it is one of the first. */
    private Map<String, Cell> cells(FirstLook.Opened source, Row row, RowEvents maker)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        if (row.fault() != null) {
            throw new BadEvent(row.fault(), null, null);
        }
        Map<String, Cell> cells = source.cells(row);
        if (!firstRows.isFull()) {
            firstRows.add(source.reader().headings(), row, source.places(), cells, maker);
        }
        return cells;
    }

    /** Headings of columns that are not read, of all files. */
    List<String> unread() {
        return firstLook.unread();
    }

    /** Rows read, those without content left out. */
    long rows() {
        return passes.rows();
    }

    /** Rows that the profile does not count. */
    long skipped() {
        return skipped;
    }

    /** Rows that say what another row has said. */
    long repeated() {
        return repeated;
    }

    /** Whether there were too many events to look for rows that contradict each other in all of them. */
    boolean uncompared() {
        return repetitions.full();
    }

    /** Rows that are no rows of their table. */
    PassedOver passedOver() {
        return passedOver;
    }

    /** Rows rejected. */
    long rejectedRows() {
        return passes.rejected();
    }

    /** Rows rejected, by reason. */
    Map<BadEventReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /** What is wrong with the rows that were rejected, as people are told, and how many there are of each. */
    Map<String, Long> rejectedByText() {
        return rejectedByText;
    }

    /** Files of rejected rows of this run and of earlier ones. */
    RejectsReport rejectsReport() {
        return rejectsReport;
    }

    /** The first rows, masked. */
    FirstRows firstRows() {
        return firstRows;
    }

    /** The row that is being read, or null. */
    Sending.@Nullable Place at() {
        return at;
    }
}
