package id.cakupan.dashboard.view;

import cakupan.records.TimelinePoint;
import id.cakupan.dashboard.board.Counts;
import id.cakupan.dashboard.board.History;
import id.cakupan.dashboard.board.History.Reported;
import id.cakupan.dashboard.view.Answers.ChangeAhead;
import id.cakupan.dashboard.view.Answers.Month;
import id.cakupan.dashboard.view.Answers.PathView;
import id.cakupan.dashboard.view.Answers.Point;
import id.cakupan.dashboard.view.Answers.ReportedDay;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group over time, as it is answered.
 *
 * @param from first day that is asked for; null = no bound
 * @param to last day that is asked for; null = no bound
 */
record Timelines(
        LocalDate today, @Nullable LocalDate from, @Nullable LocalDate to) {
    private static final int DAYS_AHEAD = 60;

    /** The counts of a day as now known; empty when nothing is known of any day. */
    static Optional<Counts> at(List<TimelinePoint> points, LocalDate day) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Counts found = Counts.NONE;
        for (TimelinePoint point : points) {
            if (point.getFrom().isAfter(day)) {
                break;
            }
            found = Counts.of(point);
        }
        return Optional.of(found);
    }

    Answers.Timeline view(
            List<TimelinePoint> points, List<Reported> reported, History history, @Nullable PathView path) {
        return new Answers.Timeline(
                today,
                points.isEmpty() ? null : points.get(0).getFrom(),
                points.isEmpty() ? null : points.get(points.size() - 1).getFrom(),
                points(points),
                reported(reported),
                reported.isEmpty() ? null : reported.get(0).day(),
                reported.isEmpty() ? null : history.to().orElse(null),
                path,
                months(points),
                ahead(points));
    }

    private List<Point> points(List<TimelinePoint> points) {
        List<Point> shown = new ArrayList<>();
        Counts before = null;
        for (TimelinePoint point : points) {
            LocalDate day = point.getFrom();
            if (from != null && day.isBefore(from)) {
                before = Counts.of(point);
                continue;
            }
            if (to != null && day.isAfter(to)) {
                break;
            }
            if (shown.isEmpty() && before != null && from != null && day.isAfter(from)) {
                shown.add(Point.of(from, before));
            }
            shown.add(Point.of(day, Counts.of(point)));
        }
        if (shown.isEmpty() && before != null && from != null) {
            shown.add(Point.of(from, before));
        }
        return shown;
    }

    private List<ReportedDay> reported(List<Reported> reported) {
        List<ReportedDay> shown = new ArrayList<>();
        Counts before = null;
        for (Reported next : reported) {
            if (from != null && next.day().isBefore(from)) {
                before = next.counts();
                continue;
            }
            if (to != null && next.day().isAfter(to)) {
                break;
            }
            if (shown.isEmpty() && before != null && from != null && next.day().isAfter(from)) {
                shown.add(day(from, before));
            }
            shown.add(day(next.day(), next.counts()));
        }
        if (shown.isEmpty() && before != null && from != null) {
            shown.add(day(from, before));
        }
        return shown;
    }

    private static ReportedDay day(LocalDate day, Counts counts) {
        return new ReportedDay(
                day,
                counts.workers(),
                counts.coveredWorkers(),
                counts.coveredByGrace(),
                counts.overdueHires(),
                counts.hires(),
                counts.coveredHires(),
                counts.projects(),
                counts.insuredProjects(),
                counts.contractValue(),
                counts.insuredContractValue());
    }

    /** Person-days of each month up to today, within the bounds. */
    private List<Month> months(List<TimelinePoint> points) {
        Map<YearMonth, long[]> sums = new TreeMap<>();
        LocalDate last = to == null || to.isAfter(today) ? today : to;
        for (int i = 0; i < points.size(); i++) {
            TimelinePoint point = points.get(i);
            LocalDate day = from != null && point.getFrom().isBefore(from) ? from : point.getFrom();
            LocalDate end = i + 1 < points.size() ? points.get(i + 1).getFrom().minusDays(1) : last;
            LocalDate until = end.isAfter(last) ? last : end;
            while (!day.isAfter(until)) {
                YearMonth month = YearMonth.from(day);
                LocalDate monthEnd = month.atEndOfMonth().isAfter(until) ? until : month.atEndOfMonth();
                long days = ChronoUnit.DAYS.between(day, monthEnd) + 1;
                long[] sum = sums.computeIfAbsent(month, m -> new long[2]);
                sum[0] += days * point.getWorkers();
                sum[1] += days * point.getCoveredWorkers();
                day = monthEnd.plusDays(1);
            }
        }
        return sums.entrySet().stream()
                .map(entry -> new Month(entry.getKey().toString(), entry.getValue()[0], entry.getValue()[1]))
                .toList();
    }

    private List<ChangeAhead> ahead(List<TimelinePoint> points) {
        List<ChangeAhead> changes = new ArrayList<>();
        Counts before = Counts.NONE;
        for (TimelinePoint point : points) {
            Counts counts = Counts.of(point);
            if (point.getFrom().isAfter(today) && !point.getFrom().isAfter(today.plusDays(DAYS_AHEAD))) {
                changes.add(new ChangeAhead(
                        point.getFrom(),
                        counts.workers() - before.workers(),
                        counts.coveredWorkers() - before.coveredWorkers(),
                        counts.hires() - before.hires(),
                        counts.coveredHires() - before.coveredHires()));
            }
            before = counts;
        }
        return changes;
    }
}
