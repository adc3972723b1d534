package id.cakupan.dashboard.web;

import id.cakupan.dashboard.access.Principal;
import id.cakupan.dashboard.view.Answers;
import id.cakupan.dashboard.view.ProblemKind;
import id.cakupan.dashboard.view.RefusedException;
import id.cakupan.dashboard.view.ViewQuery;
import id.cakupan.dashboard.view.Views;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients of changes. One thread looks ten times a second what changed, answers each different question once for all
 * who ask it, and hands the bytes to their streams. A client gets at most one answer a second.
 */
final class LiveHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final long TICK_MILLIS = 100;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long STATUS_EVERY = Duration.ofMillis(4_500).toNanos();
    private static final long STUCK_AFTER = Duration.ofSeconds(10).toNanos();
    private static final long SOONEST = Duration.ofMillis(200).toNanos();
    /** Of one core, all questions together take at most about 1 ÷ this. */
    private static final int SHARE = 4;

    private record Question(ViewQuery query, Principal viewer) {}

    /** A question and those who ask it. */
    private static final class Channel {
        private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Body body;
        private volatile boolean gone;
        private Views.@Nullable Edition edition;
        private long answeredAt;
        private long changedAt = Long.MIN_VALUE;
        private long took;
    }

    private final Renderer renderer;
    private final Doorman doorman;
    private final DashboardMeters meters;
    private final int most;
    private final Shares shares;
    private final Map<Question, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dashboard-live");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param most streams at once
     * @param mostOfOne streams of one network at once
     */
    LiveHub(Renderer renderer, Doorman doorman, DashboardMeters meters, int most, int mostOfOne) {
        shares = new Shares(mostOfOne);
        this.renderer = renderer;
        this.doorman = doorman;
        this.meters = meters;
        this.most = most;
    }

    void start() {
        var unused = ticking.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Open streams. */
    int open() {
        return open.get();
    }

    /**
     * Opens a stream. Its first events are written at once.
     *
     * @return rows of single hires or decisions in the first answer
     * @throws RefusedException if there are too many, or the question is refused; nothing was written then
     */
    int open(ViewQuery query, Principal viewer, Request request, Response response, Callback callback) {
        if (query.asOf() != null) {
            throw new RefusedException(ProblemKind.NEVER_CHANGES);
        }
        Body first = rebuildable(query, viewer);
        String network = doorman.network(request).orElse(null);
        if (!shares.take(network)) {
            throw new RefusedException(ProblemKind.TOO_MANY_STREAMS);
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            shares.giveBack(network);
            throw new RefusedException(ProblemKind.TOO_MANY_STREAMS);
        }
        Question question = new Question(query, viewer);
        LiveStream[] made = new LiveStream[1];
        LiveStream stream = new LiveStream(request, response, callback, () -> {
            open.decrementAndGet();
            shares.giveBack(network);
            leave(question, made[0]);
        });
        made[0] = stream;
        Replies.head(response);
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, Replies.NOT_KEPT);
        response.getHeaders().put("X-Accel-Buffering", "no");
        long now = System.nanoTime();
        Answers.Status status = renderer.views().status(viewer);
        stream.write(Body.event("status", "", Json.bytes(status)));
        stream.statusAt = now;
        stream.sentState = status.state();
        if (first != null) {
            if (!first.tag().equals(request.getHeaders().get("Last-Event-ID"))) {
                stream.write(first.snapshot());
                stream.sentAt = now;
            }
            stream.sentTag = first.tag();
        }
        join(question, stream);
        return first == null ? 0 : first.singleRows();
    }

    /** The present answer; null while the figures are being read. */
    private @Nullable Body rebuildable(ViewQuery query, Principal viewer) {
        try {
            return renderer.render(query, viewer);
        } catch (RefusedException e) {
            if (e.kind() == ProblemKind.REBUILDING) {
                return null;
            }
            throw e;
        }
    }

    private void join(Question question, LiveStream stream) {
        channels.compute(question, (key, channel) -> {
            Channel joined = channel == null ? new Channel() : channel;
            joined.streams.add(stream);
            return joined;
        });
        if (stream.isOver()) {
            leave(question, stream);
        }
    }

    private void leave(Question question, LiveStream stream) {
        channels.computeIfPresent(question, (key, channel) -> {
            channel.streams.remove(stream);
            return channel.streams.isEmpty() ? null : channel;
        });
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            Views.Edition edition = renderer.views().edition();
            Map<Principal, Answers.Status> statuses = new HashMap<>();
            long round = channels.values().stream()
                            .mapToLong(channel -> channel.took)
                            .sum()
                    * SHARE;
            long soonest = Math.min(SECOND, Math.max(SOONEST, round));
            for (Map.Entry<Question, Channel> entry : List.copyOf(channels.entrySet())) {
                Question question = entry.getKey();
                Answers.Status status = statuses.computeIfAbsent(
                        question.viewer(), viewer -> renderer.views().status(viewer));
                if (entry.getValue().streams.isEmpty()) {
                    continue;
                }
                try {
                    answer(question, entry.getValue(), edition, now, soonest);
                } catch (RuntimeException e) {
                    // Its readers are sent away; those of other questions do not notice.
                    LOG.error(
                            "A live answer failed: {} {}", e.getClass().getName(), Arrays.toString(e.getStackTrace()));
                    entry.getValue().gone = true;
                }
                serve(question, entry.getValue(), status, now);
            }
        } catch (RuntimeException e) {
            LOG.error("Live streams: {}", e.getClass().getName(), e);
        }
    }

    private void answer(Question question, Channel channel, Views.Edition edition, long now, long soonest) {
        boolean due = channel.changedAt == Long.MIN_VALUE
                || (now - channel.answeredAt >= soonest && now - channel.changedAt >= SECOND - SOONEST / 2);
        if (!due || edition.equals(channel.edition)) {
            return;
        }
        long start = System.nanoTime();
        Body before = channel.body;
        try {
            Body body = renderer.render(question.query(), question.viewer());
            if (before == null || !body.tag().equals(before.tag())) {
                channel.body = body;
                channel.changedAt = now;
            }
        } catch (RefusedException e) {
            channel.gone = e.kind() != ProblemKind.REBUILDING;
        }
        channel.edition = edition;
        channel.answeredAt = now;
        channel.took = System.nanoTime() - start;
    }

    private void serve(Question question, Channel channel, Answers.Status status, long now) {
        Body body = channel.body;
        byte[] statusEvent = null;
        for (LiveStream stream : channel.streams) {
            if (stream.isStuck(now, STUCK_AFTER)) {
                meters.dropped();
                stream.drop();
                continue;
            }
            if (!stream.isIdle()) {
                continue;
            }
            if (channel.gone) {
                stream.close();
                continue;
            }
            boolean statusDue = now - stream.statusAt >= STATUS_EVERY || stream.statusAt == Long.MIN_VALUE;
            if (statusDue && !isStill(question.viewer(), stream)) {
                stream.close();
                continue;
            }
            if (statusDue || !status.state().equals(stream.sentState)) {
                if (statusEvent == null) {
                    statusEvent = Body.event("status", "", Json.bytes(status));
                }
                stream.statusAt = now;
                stream.sentState = status.state();
                stream.write(statusEvent);
            }
            if (body != null
                    && !body.tag().equals(stream.sentTag)
                    && (stream.sentAt == Long.MIN_VALUE || now - stream.sentAt >= SECOND - SOONEST / 2)) {
                stream.sentTag = body.tag();
                stream.sentAt = now;
                stream.write(body.snapshot());
            }
        }
    }

    /** Whether the one who opened a stream may still look. */
    private boolean isStill(Principal viewer, LiveStream stream) {
        try {
            return doorman.viewer(stream.request()).equals(viewer);
        } catch (RefusedException e) {
            return false;
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        ticking.shutdownNow();
        channels.values().forEach(channel -> channel.streams.forEach(LiveStream::close));
    }
}
