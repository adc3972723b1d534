package id.cakupan.producers;

import id.cakupan.producers.profiles.Column;
import id.cakupan.producers.tables.Cell;
import id.cakupan.producers.tables.TableException;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.runtime.FailedException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of several files that are one record where they have the same key, in memory that does not grow with their number: they
 * are parted by their keys, in temporary files that only their owner can read, and one part at a time is put together. What
 * comes out does not depend on the order of files and rows: in each column the row that was recorded last says what holds.
 */
final class MergedRows implements Closeable {
    /**
     * Where a row stands.
     *
     * @param file number of its file
     * @param ordinal which row of the file it is, from 0
     * @param number number of the row as people see it
     */
    record Origin(int file, int ordinal, long number) {}

    /** Rows that are one record. */
    static final class Merged {
        private final List<Origin> origins = new ArrayList<>();
        private final Map<String, Held> held = new HashMap<>();
        private Instant recordedAt = Instant.MIN;
        private @Nullable BadEvent fault;

        /** Where its rows stand, in the order in which they were read. */
        List<Origin> origins() {
            return origins;
        }

        /** When the latest of them was recorded. */
        Instant recordedAt() {
            return recordedAt;
        }

        /** Why one of its rows cannot be used; null = all can. */
        @Nullable
        BadEvent fault() {
            return fault;
        }

        /** What its rows say, by the name of the column. */
        Map<String, Cell> cells() {
            Map<String, Cell> cells = new HashMap<>();
            held.forEach((column, one) -> cells.put(column, one.cell()));
            return cells;
        }

        /** Columns in which rows that were recorded at the same time contradict each other. */
        Collection<String> contradictory() {
            Collection<String> found = new TreeSet<>();
            held.forEach((column, one) -> {
                if (one.contradictory()) {
                    found.add(column);
                }
            });
            return found;
        }

        private void add(Instant recorded, Column column, Cell cell, BiFunction<Column, Cell, String> meaning) {
            Held before = held.get(column.name());
            Held now = new Held(cell, recorded, false);
            if (before == null || recorded.isAfter(before.recordedAt())) {
                held.put(column.name(), now);
            } else if (recorded.equals(before.recordedAt()) && !cell.equals(before.cell())) {
                boolean same = meaning.apply(column, cell).equals(meaning.apply(column, before.cell()));
                boolean earlier = cell.text().compareTo(before.cell().text()) < 0;
                held.put(
                        column.name(),
                        new Held(earlier ? cell : before.cell(), recorded, before.contradictory() || !same));
            }
        }
    }

    /**
     * A cell of the row that was recorded last.
     *
     * @param contradictory whether another row, recorded at the same time, says something else
     */
    private record Held(Cell cell, Instant recordedAt, boolean contradictory) {}

    private static final long ROWS_OF_PART = 2_000;
    private static final int MOST_PARTS = 128;

    /** The most that one part may hold, bytes: put together, it takes several times as much memory. */
    private static final long LARGEST_PART = 16L << 20;

    private static final String NO_FAULT = "";

    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final long largestPart;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<DataOutputStream> parts = new ArrayList<>();

    /**
     * @param columns those whose cells are kept
     * @param rows about how many rows there will be
     * @throws FailedException if there is no folder for temporary files
     * @throws IOException if there is no room in it
     */
    MergedRows(Collection<Column> columns, long rows) throws IOException {
        this(columns, (int) Math.min(MOST_PARTS, 1 + rows / ROWS_OF_PART), LARGEST_PART);
    }

    MergedRows(Collection<Column> columns, int count, long largestPart) throws IOException {
        this.columns = List.copyOf(columns);
        this.columns.forEach(column -> places.put(column.name(), places.size()));
        this.largestPart = largestPart;
        folder = makeFolder();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("part-" + i);
            file.toFile().deleteOnExit();
            files.add(file);
            parts.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file))));
        }
    }

    private static Path makeFolder() {
        try {
            Path made = Files.createTempDirectory(
                    "cakupan-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            made.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new FailedException("Cannot keep rows in a temporary folder: " + Outage.reason(e), e);
        }
    }

    /**
     * Adds a row.
     *
     * @param key the same for all rows of a record
     * @param recordedAt when it was recorded
     * @param cells its cells by the name of their columns; those of other columns than are kept are left out
     * @param fault why it cannot be used; null = it can
     * @throws TableException if there is more than can be put together in the memory of this program
     * @throws FailedException if there is no room for temporary files
     */
    void add(String key, Origin origin, Instant recordedAt, Map<String, Cell> cells, @Nullable BadEvent fault)
            throws TableException {
        DataOutputStream out = parts.get(Math.floorMod(key.hashCode(), parts.size()));
        try {
            write(out, key);
            out.writeInt(origin.file());
            out.writeInt(origin.ordinal());
            out.writeLong(origin.number());
            out.writeLong(recordedAt.getEpochSecond());
            out.writeInt(recordedAt.getNano());
            write(out, fault == null ? NO_FAULT : fault.reason().name());
            write(out, fault == null || fault.field() == null ? NO_FAULT : fault.field());
            for (Map.Entry<String, Cell> entry : cells.entrySet()) {
                Integer place = places.get(entry.getKey());
                Cell cell = entry.getValue();
                if (place != null && !cell.isBlank()) {
                    out.writeShort(place);
                    out.writeByte(cell.kind().ordinal());
                    write(out, cell.text());
                }
            }
            out.writeShort(-1);
        } catch (IOException e) {
            throw noRoom(e);
        }
        if (out.size() > largestPart) {
            throw tooMuch();
        }
    }

    private TableException tooMuch() {
        long most = (largestPart * parts.size()) >> 20;
        return new TableException(
                "Baris-baris yang harus digabungkan terlalu banyak: isinya lebih dari kira-kira %,d MB, atau terlalu banyak baris mempunyai kode yang sama. Bagi menurut tahun dan impor satu per satu; baris dengan kode yang sama harus tetap bersama."
                        .formatted(most),
                "There are too many rows to be merged: they hold more than about %,d MB, or too many have the same code. Split them by year and import one after the other; rows with the same code must stay together."
                        .formatted(most));
    }

    private FailedException noRoom(IOException e) {
        return new FailedException("Cannot keep rows in " + folder.getParent() + ": " + Outage.reason(e), e);
    }

    /** How many parts there are. */
    int parts() {
        return parts.size();
    }

    /**
     * The records of a part, by their keys; nothing can be added any more.
     *
     * @param meaning what a cell says, however it is written
     */
    Collection<Merged> part(int number, BiFunction<Column, Cell, String> meaning) throws IOException {
        parts.get(number).close();
        Map<String, Merged> records = new TreeMap<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(files.get(number))))) {
            while (in.available() > 0) {
                Merged record = records.computeIfAbsent(read(in), key -> new Merged());
                record.origins.add(new Origin(in.readInt(), in.readInt(), in.readLong()));
                Instant recordedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
                if (recordedAt.isAfter(record.recordedAt)) {
                    record.recordedAt = recordedAt;
                }
                String fault = read(in);
                String field = read(in);
                if (!fault.equals(NO_FAULT)) {
                    record.fault = new BadEvent(BadEventReason.valueOf(fault), field.isEmpty() ? null : field, null);
                }
                for (int place = in.readShort(); place >= 0; place = in.readShort()) {
                    Cell cell = new Cell(Cell.Kind.values()[in.readByte()], read(in));
                    record.add(recordedAt, columns.get(place), cell, meaning);
                }
            }
        }
        return records.values();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            for (DataOutputStream part : parts) {
                part.close();
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        }
    }
}
