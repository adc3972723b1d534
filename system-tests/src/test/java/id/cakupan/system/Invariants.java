package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;

import cakupan.records.CoverageFigure;
import cakupan.records.CoverageTimeline;
import cakupan.records.FigureTarget;
import cakupan.records.Level;
import cakupan.records.TimelinePoint;
import id.cakupan.schemas.Topics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What section 4 of semantics.md promises of every record that was ever published, superseded ones included. */
final class Invariants {
    private static final int MOST_FAULTS = 12;

    private Invariants() {}

    /** Reads all figures, daily figures and timelines of a space. Returns how many figures there were. */
    static int assertHeldByAll(Space space) {
        List<String> faults = new ArrayList<>();
        int figures = 0;
        for (var topic : Topics.COVERAGE_BY.entrySet()) {
            for (Reader.Entry<CoverageFigure> entry : space.read(topic.getValue())) {
                figures++;
                check(entry.value(), entry, faults);
                require(entry.value().getLevel() == topic.getKey(), "level", entry, faults);
                require(entry.key().equals(entry.value().getId()), "key", entry, faults);
            }
        }
        for (Reader.Entry<CoverageFigure> entry : space.read(Topics.COVERAGE_DAILY)) {
            check(entry.value(), entry, faults);
            CoverageFigure value = entry.value();
            require(
                    entry.key().equals(key(value.getLevel(), value.getId()) + "/" + value.getAsOf()),
                    "key",
                    entry,
                    faults);
        }
        for (Reader.Entry<CoverageTimeline> entry : space.read(Topics.COVERAGE_TIMELINE)) {
            check(entry.value(), entry, faults);
            require(
                    entry.key()
                            .equals(key(entry.value().getLevel(), entry.value().getId())),
                    "key",
                    entry,
                    faults);
        }
        assertThat(faults.stream().limit(MOST_FAULTS).toList())
                .as("records that break an invariant: %d", faults.size())
                .isEmpty();
        return figures;
    }

    private static String key(Level level, String id) {
        return level + "/" + id;
    }

    private static void check(CoverageFigure f, Object entry, List<String> faults) {
        counts(
                new long[] {f.getCoveredByGrace(), f.getCoveredWorkers(), f.getWorkers(), f.getHires()},
                f.getCoveredHires(),
                f.getOverdueHires(),
                new long[] {f.getInsuredProjects(), f.getProjects()},
                new long[] {f.getInsuredContractValue(), f.getContractValue()},
                entry,
                faults);
        require(ascends(f.getCoveredWorkerDays30(), f.getWorkerDays30()), "worker-days", entry, faults);
        require(f.getWorkerDays30() >= f.getWorkers(), "worker-days include the day", entry, faults);
        Double ratio = f.getRatio();
        require((ratio == null) == (f.getWorkers() == 0), "ratio is there when workers are", entry, faults);
        if (ratio != null) {
            require(ratio == (double) f.getCoveredWorkers() / f.getWorkers(), "ratio", entry, faults);
        }
        FigureTarget target = f.getTarget();
        if (target != null) {
            long wanted = Math.max(
                    0,
                    BigDecimal.valueOf(target.getRatio())
                                    .multiply(BigDecimal.valueOf(f.getWorkers()))
                                    .setScale(0, RoundingMode.CEILING)
                                    .longValueExact()
                            - f.getCoveredWorkers());
            require(target.getWorkersToTarget() == wanted, "workersToTarget", entry, faults);
        }
    }

    private static void check(CoverageTimeline timeline, Object entry, List<String> faults) {
        LocalDate last = LocalDate.MIN;
        for (TimelinePoint p : timeline.getPoints()) {
            counts(
                    new long[] {p.getCoveredByGrace(), p.getCoveredWorkers(), p.getWorkers(), p.getHires()},
                    p.getCoveredHires(),
                    p.getOverdueHires(),
                    new long[] {p.getInsuredProjects(), p.getProjects()},
                    new long[] {p.getInsuredContractValue(), p.getContractValue()},
                    entry,
                    faults);
            require(p.getFrom().isAfter(last), "order of the points", entry, faults);
            last = p.getFrom();
        }
    }

    private static void counts(
            long[] workers,
            long coveredHires,
            long overdueHires,
            long[] projects,
            long[] values,
            Object entry,
            List<String> faults) {
        long hires = workers[workers.length - 1];
        require(ascends(workers), "0 <= coveredByGrace <= coveredWorkers <= workers <= hires", entry, faults);
        require(ascends(coveredHires, hires), "0 <= coveredHires <= hires", entry, faults);
        require(
                ascends(overdueHires, hires - coveredHires),
                "0 <= overdueHires <= hires - coveredHires",
                entry,
                faults);
        require(ascends(projects), "0 <= insuredProjects <= projects", entry, faults);
        require(ascends(values), "0 <= insuredContractValue <= contractValue", entry, faults);
    }

    private static boolean ascends(long... numbers) {
        long last = 0;
        for (long number : numbers) {
            if (number < last) {
                return false;
            }
            last = number;
        }
        return true;
    }

    private static void require(boolean holds, String what, Object entry, List<String> faults) {
        if (!holds) {
            faults.add(what + ": " + entry);
        }
    }
}
