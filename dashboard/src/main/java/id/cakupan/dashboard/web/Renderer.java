package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.view.Answers;
import id.cakupan.dashboard.view.ViewQuery;
import id.cakupan.dashboard.view.Views;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as bytes. Equal questions are answered once for each edition of the board, whoever asks. */
final class Renderer {
    private static final int MOST_KEPT = 256;
    private static final long MOST_BYTES = 16L << 20;

    private record Question(ViewQuery query, String scope) {}

    private static final class Kept {
        private Views.@Nullable Edition edition;
        private @Nullable Body body;
        private volatile int bytes;
    }

    private final Views views;
    private final DashboardMeters meters;
    /** The last ones asked for, the one that was not asked for the longest first. */
    private final Map<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    Renderer(Views views, DashboardMeters meters) {
        this.views = views;
        this.meters = meters;
    }

    /** Answers a question; throws as {@link Views#answer}. */
    Body render(ViewQuery query, Principal viewer) {
        if (query instanceof ViewQuery.Status) {
            return new Body(Json.bytes(views.answer(query, viewer)));
        }
        Kept place;
        synchronized (kept) {
            place = kept.computeIfAbsent(new Question(query, scope(query, viewer)), question -> new Kept());
            forget();
        }
        Views.Edition edition = views.edition();
        synchronized (place) {
            Body present = place.body;
            if (present != null && edition.equals(place.edition)) {
                return present;
            }
            long start = System.nanoTime();
            Object answer = views.answer(query, viewer);
            Body fresh = new Body(Json.bytes(answer), singleRows(answer));
            meters.computed(query, System.nanoTime() - start);
            if (present != null && present.tag().equals(fresh.tag())) {
                fresh = present;
            }
            place.body = fresh;
            place.bytes = fresh.plain().length;
            place.edition = edition;
            return fresh;
        }
    }

    /** Which decisions may be ended depends on the account. */
    private static String scope(ViewQuery query, Principal viewer) {
        return query instanceof ViewQuery.Decisions ? viewer.scope() + "/" + viewer.name() : viewer.scope();
    }

    private static int singleRows(Object answer) {
        if (answer instanceof Answers.Hires hires) {
            return hires.rows().size();
        }
        return answer instanceof Answers.Decisions decisions ? decisions.rows().size() : 0;
    }

    private void forget() {
        long bytes = kept.values().stream().mapToLong(place -> place.bytes).sum();
        Iterator<Kept> eldest = kept.values().iterator();
        while (kept.size() > 1 && (kept.size() > MOST_KEPT || bytes > MOST_BYTES)) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
    }

    Views views() {
        return views;
    }
}
