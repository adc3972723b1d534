package id.cakupan.dashboard.board;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one group as reported day by day, kept as runs of days on which the counts were the same. All runs but the
 * last lie in one array of bytes, some 20 bytes each. Days may come in any order; the usual order, each after the one
 * before, is cheap.
 */
final class DailySeries {
    private static final int VALUES = 10;
    private static final int FIRST_BYTES = 64;
    private static final int LONGEST_RUN_BYTES = (VALUES + 2) * 10;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = 0x7f;
    private static final int VARINT_MORE = 0x80;

    /** The same counts on all days from first to last, days of the epoch. */
    record Run(int first, int last, Counts counts) {}

    private byte[] packed = {};
    private int used;
    private int packedLast = Integer.MIN_VALUE;
    private @Nullable Run open;
    private @Nullable TreeMap<Integer, long[]> days30;

    /** Takes the counts of a day. */
    synchronized void put(int day, Counts counts) {
        Run last = open;
        if (last == null) {
            open = new Run(day, day, counts);
        } else if (day > last.last()) {
            if (counts.equals(last.counts())) {
                open = new Run(last.first(), day, last.counts());
            } else {
                pack(last);
                open = new Run(day, day, counts);
            }
        } else if (day < last.first() || !counts.equals(last.counts())) {
            insert(day, counts);
        }
    }

    /** Takes the person-days of the 30 days that end on a day. */
    synchronized void put30(int day, long workerDays, long coveredWorkerDays) {
        if (days30 == null) {
            days30 = new TreeMap<>();
        }
        days30.put(day, new long[] {workerDays, coveredWorkerDays});
    }

    /** Worker days and covered worker days of the 30 days that end on a day, if they are kept. */
    synchronized Optional<long[]> at30(int day) {
        return days30 == null ? Optional.empty() : Optional.ofNullable(days30.get(day));
    }

    /** The counts as reported for a day: of that day, or of the last one before it; empty before the first. */
    synchronized Optional<Counts> at(int day) {
        Run last = open;
        if (last == null) {
            return Optional.empty();
        }
        if (day >= last.first()) {
            return Optional.of(last.counts());
        }
        Counts found = null;
        Reader reader = new Reader();
        while (reader.hasNext()) {
            Run run = reader.next();
            if (run.first() > day) {
                break;
            }
            found = run.counts();
        }
        return Optional.ofNullable(found);
    }

    /** All runs, in order. */
    synchronized List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        Reader reader = new Reader();
        while (reader.hasNext()) {
            runs.add(reader.next());
        }
        if (open != null) {
            runs.add(open);
        }
        return runs;
    }

    /** Bytes that it takes, roughly. */
    synchronized int size() {
        return packed.length;
    }

    /** A day within or before what is known: the runs around it are split, and joined where they are equal. */
    private void insert(int day, Counts counts) {
        List<Run> fresh = new ArrayList<>();
        boolean placed = false;
        for (Run run : runs()) {
            if (!placed && day < run.first()) {
                fresh.add(new Run(day, day, counts));
                placed = true;
            }
            if (day < run.first() || day > run.last()) {
                fresh.add(run);
                continue;
            }
            if (run.first() < day) {
                fresh.add(new Run(run.first(), day - 1, run.counts()));
            }
            fresh.add(new Run(day, day, counts));
            placed = true;
            if (day < run.last()) {
                fresh.add(new Run(day + 1, run.last(), run.counts()));
            }
        }
        used = 0;
        packedLast = Integer.MIN_VALUE;
        open = null;
        for (Run run : fresh) {
            Run last = open;
            if (last != null && last.counts().equals(run.counts())) {
                open = new Run(last.first(), run.last(), last.counts());
            } else {
                if (last != null) {
                    pack(last);
                }
                open = run;
            }
        }
    }

    private void pack(Run run) {
        if (packed.length < used + LONGEST_RUN_BYTES) {
            byte[] scratch = Arrays.copyOf(packed, used + LONGEST_RUN_BYTES);
            int end = write(scratch, run);
            int size = end <= packed.length ? packed.length : Math.max(FIRST_BYTES, end + end / 4);
            packed = Arrays.copyOf(scratch, size);
            used = end;
        } else {
            used = write(packed, run);
        }
        packedLast = run.last();
    }

    private int write(byte[] target, Run run) {
        int at = used;
        at = write(target, at, packedLast == Integer.MIN_VALUE ? run.first() : run.first() - packedLast);
        at = write(target, at, run.last() - run.first());
        Counts counts = run.counts();
        at = write(target, at, counts.hires());
        at = write(target, at, counts.coveredHires());
        at = write(target, at, counts.overdueHires());
        at = write(target, at, counts.workers());
        at = write(target, at, counts.coveredWorkers());
        at = write(target, at, counts.coveredByGrace());
        at = write(target, at, counts.projects());
        at = write(target, at, counts.insuredProjects());
        at = write(target, at, counts.contractValue());
        return write(target, at, counts.insuredContractValue());
    }

    private static int write(byte[] target, int start, long value) {
        int at = start;
        long left = value;
        while ((left & ~(long) VARINT_MASK) != 0) {
            target[at++] = (byte) ((left & VARINT_MASK) | VARINT_MORE);
            left >>>= VARINT_BITS;
        }
        target[at++] = (byte) left;
        return at;
    }

    private final class Reader {
        private int at;
        private int last = Integer.MIN_VALUE;

        boolean hasNext() {
            return at < used;
        }

        Run next() {
            int first = (int) number() + (last == Integer.MIN_VALUE ? 0 : last);
            last = first + (int) number();
            return new Run(
                    first,
                    last,
                    new Counts(
                            number(), number(), number(), number(), number(), number(), number(), number(), number(),
                            number()));
        }

        private long number() {
            long value = 0;
            for (int shift = 0; ; shift += VARINT_BITS) {
                byte next = packed[at++];
                value |= (long) (next & VARINT_MASK) << shift;
                if ((next & VARINT_MORE) == 0) {
                    return value;
                }
            }
        }
    }
}
