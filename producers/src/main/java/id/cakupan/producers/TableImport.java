package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.profiles.Profile;
import id.cakupan.producers.profiles.RowEvents;
import id.cakupan.producers.register.Register;
import id.cakupan.producers.tables.AmountTexts;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.DateTexts;
import id.cakupan.producers.tables.RejectedRows;
import id.cakupan.producers.tables.Row;
import id.cakupan.producers.tables.TableException;
import id.cakupan.producers.tables.TableReader;
import id.cakupan.producers.tables.Tables;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventDraft;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
     * @param zone in which a day begins
     */
    record Options(
            Map<String, String> given,
            String source,
            @Nullable Instant recordedAt,
            DateTexts.@Nullable Order dateOrder,
            AmountTexts.@Nullable Mark decimal,
            @Nullable Charset charset,
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

    /** Told of what has been read, for a progress bar. */
    interface Progress {
        void at(Path file, long bytes, long rows, long rejected);
    }

    private record Source(Path path, Map<Column, List<Integer>> places, TableReader reader) {}

    /** Rows that are one record. */
    private static final class Merged {
        final Map<String, Cell> cells = new HashMap<>();
        final List<Origin> origins = new ArrayList<>();
    }

    private record Origin(int file, Row row) {}

    private final Profile profile;
    private final Options options;
    private final PseudonymSource pseudonyms;
    private final Receiver receiver;
    private final Progress progress;
    private final @Nullable Register register;

    private final Map<BadEventReason, Long> rejectedByReason = new TreeMap<>();
    private final List<Path> rejectFiles = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private long rows;
    private long skipped;
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
        this.progress = progress;
        this.register = register;
    }

    /**
     * Reads all files.
     *
     * @param rejects where the rejected rows of each file go
     * @throws TableException if a file as a whole cannot be used; nothing of it was sent
     * @throws IOException if a file cannot be read or a rejects file not be written
     * @throws PseudonymKeys.KeyFileException if there is a NIK, but no usable key file
     */
    void read(List<Path> files, Map<Path, Path> rejects)
            throws IOException, TableException, PseudonymKeys.KeyFileException {
        List<RowEvents.Reading> readings = new ArrayList<>();
        for (Path file : files) {
            readings.add(look(file));
        }
        if (profile.mergeBy() != null) {
            readMerged(files, readings, rejects);
            return;
        }
        for (int i = 0; i < files.size() && !receiver.failed(); i++) {
            readEach(i, files.get(i), readings.get(i), rejects);
        }
    }

    private Source open(Path file) throws IOException, TableException {
        TableReader reader = Tables.open(
                file, row -> profile.isHeading(row, options.given().keySet()), profile.sheet(), options.charset());
        profile.unread(reader.headings()).stream()
                .filter(heading -> !heading.isBlank() && !Nik.mayBeIn(heading) && !unread.contains(heading))
                .forEach(unread::add);
        return new Source(file, profile.places(reader.headings()), reader);
    }

    /** Finds out how dates and amounts are written, and refuses a file whose NIK are damaged. */
    private RowEvents.Reading look(Path file) throws IOException, TableException {
        Evidence evidence = new Evidence(
                options.dateOrder() != null ? options.dateOrder() : profile.dateOrder(), options.decimal());
        Source source = open(file);
        try (TableReader reader = source.reader()) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                if (row.fault() == null) {
                    for (Map.Entry<Column, List<Integer>> place :
                            source.places().entrySet()) {
                        evidence.add(place.getKey().kind(), cell(row, place.getValue()));
                    }
                }
            }
        }
        evidence.requireWholeNiks(file);
        return new RowEvents.Reading(evidence.dateOrder(file), evidence.decimal(file), options.zone());
    }

    private EventDraft draft(Path file) throws IOException {
        EventDraft draft = new EventDraft(pseudonyms, options.source());
        draft.defaultRecordedAt(recordedAt(file));
        return draft;
    }

    /** When the file was recorded, if its rows do not say. */
    Instant recordedAt(Path file) throws IOException {
        return options.recordedAt() != null
                ? options.recordedAt()
                : Files.getLastModifiedTime(file).toInstant();
    }

    private void readEach(int number, Path file, RowEvents.Reading reading, Map<Path, Path> rejects)
            throws IOException, TableException, PseudonymKeys.KeyFileException {
        RowEvents maker = new RowEvents(profile, reading, options.given(), draft(file), register);
        Instant recordedAt = recordedAt(file);
        Source source = open(file);
        try (TableReader reader = source.reader();
                RejectedRows rejected = rejectedRows(file, reader, rejects)) {
            for (Row row = reader.next(); row != null && !receiver.failed(); row = reader.next()) {
                rows++;
                Sending.Place place = new Sending.Place(number, file.toString(), row.number());
                at = place;
                progress.at(file, reader.bytesRead(), rows, rejectedRows());
                try {
                    BadEventReason fault = row.fault();
                    if (fault != null) {
                        throw new BadEvent(fault, null, null);
                    }
                    take(maker, cells(row, source.places()), place, recordedAt);
                } catch (BadEvent e) {
                    reject(rejected, row, e);
                }
            }
        }
    }

    private void readMerged(List<Path> files, List<RowEvents.Reading> readings, Map<Path, Path> rejects)
            throws IOException, TableException, PseudonymKeys.KeyFileException {
        String mergeBy = Objects.requireNonNull(profile.mergeBy());
        Map<String, Merged> records = new LinkedHashMap<>();
        List<Source> sources = new ArrayList<>();
        List<RejectedRows> rejected = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                Source source = open(file);
                sources.add(source);
                rejected.add(rejectedRows(file, source.reader(), rejects));
                RowEvents maker = new RowEvents(profile, readings.get(i), options.given(), draft(file), register);
                for (Row row = source.reader().next();
                        row != null;
                        row = source.reader().next()) {
                    rows++;
                    progress.at(file, source.reader().bytesRead(), rows, rejectedRows());
                    try {
                        BadEventReason fault = row.fault();
                        if (fault != null) {
                            throw new BadEvent(fault, null, null);
                        }
                        Map<String, Cell> cells = normal(cells(row, source.places()), readings.get(i));
                        String key = maker.value(cells, mergeBy);
                        if (key == null) {
                            throw new BadEvent(BadEventReason.FIELD_MISSING, maker.requiredHeading(mergeBy), null);
                        }
                        Merged record = records.computeIfAbsent(key, k -> new Merged());
                        cells.forEach(record.cells::putIfAbsent);
                        record.origins.add(new Origin(i, row));
                    } catch (BadEvent e) {
                        reject(rejected.get(i), row, e);
                    }
                }
            }
            sendMerged(files, records, rejected);
        } finally {
            for (RejectedRows one : rejected) {
                one.close();
            }
            for (Source source : sources) {
                source.reader().close();
            }
        }
    }

    private void sendMerged(List<Path> files, Map<String, Merged> records, List<RejectedRows> rejected)
            throws IOException, PseudonymKeys.KeyFileException {
        Path first = files.get(0);
        RowEvents maker = new RowEvents(
                profile,
                new RowEvents.Reading(DateTexts.Order.DAY_FIRST, AmountTexts.Mark.POINT, options.zone()),
                options.given(),
                draft(first),
                register);
        for (Merged record : records.values()) {
            if (receiver.failed()) {
                return;
            }
            Origin origin = record.origins.get(0);
            Sending.Place place = new Sending.Place(
                    origin.file(),
                    files.get(origin.file()).toString(),
                    origin.row().number());
            at = place;
            try {
                take(maker, record.cells, place, recordedAt(first));
            } catch (BadEvent e) {
                for (Origin each : record.origins) {
                    reject(rejected.get(each.file()), each.row(), e);
                }
            }
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

    private void take(RowEvents maker, Map<String, Cell> cells, Sending.Place place, Instant recordedAt)
            throws BadEvent, IOException, PseudonymKeys.KeyFileException {
        List<RowEvents.Made> events = maker.of(cells);
        for (RowEvents.Made made : events) {
            receiver.check(made.event());
        }
        boolean learnt = maker.learn(events);
        if (!events.isEmpty()) {
            receiver.take(events, place, recordedAt);
        } else if (!learnt) {
            skipped++;
        }
    }

    private void reject(RejectedRows rejected, Row row, BadEvent e) throws IOException {
        rejectedByReason.merge(e.reason(), 1L, Long::sum);
        rejected.add(row, e.reason().indonesian(e.field()) + " / " + e.reason().english(e.field()));
    }

    private RejectedRows rejectedRows(Path file, TableReader reader, Map<Path, Path> rejects) throws IOException {
        Path path = Objects.requireNonNull(rejects.get(file));
        rejectFiles.add(path);
        return new RejectedRows(path, Tables.formatOf(file), reader);
    }

    private static Map<String, Cell> cells(Row row, Map<Column, List<Integer>> places) {
        Map<String, Cell> cells = new HashMap<>();
        places.forEach((column, at) -> cells.put(column.name(), cell(row, at)));
        return cells;
    }

    /** The first cell with a value, of the places where the column may stand. */
    private static Cell cell(Row row, List<Integer> places) {
        for (int place : places) {
            Cell cell = row.cells().get(place);
            if (cell.kind() != Cell.Kind.BLANK) {
                return cell;
            }
        }
        return Cell.BLANK_CELL;
    }

    /** Headings of columns that are not read, of all files. */
    List<String> unread() {
        return unread;
    }

    /** Rows read, those without content left out. */
    long rows() {
        return rows;
    }

    /** Rows that the profile does not count. */
    long skipped() {
        return skipped;
    }

    /** Rows rejected. */
    long rejectedRows() {
        return Importer.total(rejectedByReason);
    }

    /** Rows rejected, by reason. */
    Map<BadEventReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    /** Files of rejected rows that may have been written. */
    List<Path> rejectFiles() {
        return rejectFiles;
    }

    /** The row that is being read, or null. */
    Sending.@Nullable Place at() {
        return at;
    }
}
