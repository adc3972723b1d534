package id.cakupan.producers.gateway;

import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.EventForm;
import id.cakupan.publisher.EventJson;
import id.cakupan.publisher.EventPublisher;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.PseudonymSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the events of a request: reads, checks and sends them, and tells what became of each. Thread-safe. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final String EVENT_ID = "eventId";
    private static final String SOURCE = "source";
    private static final Set<BadEventReason> FOREIGN =
            EnumSet.of(BadEventReason.SOURCE_FOREIGN, BadEventReason.TYPE_NOT_ALLOWED);

    private final EventPublisher publisher;
    private final PseudonymSource pseudonyms;
    private final Sources sources;
    private final Availability availability;
    private final GatewayMeters meters;
    private final Executor answers;

    /** @param answers where answers are made after the broker has acknowledged */
    Intake(
            EventPublisher publisher,
            PseudonymSource pseudonyms,
            Sources sources,
            Availability availability,
            GatewayMeters meters,
            Executor answers) {
        this.publisher = publisher;
        this.pseudonyms = pseudonyms;
        this.sources = sources;
        this.availability = availability;
        this.meters = meters;
        this.answers = answers;
    }

    /**
     * Takes events. Blocks while they are read; not until they are stored.
     *
     * @param sent body as it was sent
     * @return the answer, once all good events are stored or one of them could not be
     */
    CompletableFuture<Answer> take(Source source, byte[] sent, boolean gzip, Body.Form form) {
        List<Result> results = new ArrayList<>();
        List<SpecificRecord> good = new ArrayList<>();
        try {
            refuseWhileAway();
            Body body = Body.of(sent, gzip, form);
            long wait = sources.events(source, body.spans().size());
            if (wait > 0) {
                throw new Refusal(ProblemKind.TOO_MANY_REQUESTS, wait);
            }
            read(source, body, results, good);
            refuseWhileAway();
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(e.answer());
        }
        List<CompletableFuture<RecordMetadata>> sending = new ArrayList<>(good.size());
        for (SpecificRecord event : good) {
            CompletableFuture<RecordMetadata> future = publisher.send(event);
            sending.add(future);
            if (future.isCompletedExceptionally()) {
                // The next one would only wait as long as this one did.
                break;
            }
        }
        return CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new))
                .handleAsync((stored, failure) -> failure == null ? answer(results) : failed(failure), answers);
    }

    private void refuseWhileAway() throws Refusal {
        if (availability.fault().isPresent()) {
            throw new Refusal(ProblemKind.UNAVAILABLE);
        }
    }

    private void read(Source source, Body body, List<Result> results, List<SpecificRecord> good) throws Refusal {
        EventJson json = EventJson.ofOthers(pseudonyms, source.name());
        for (Body.Span span : body.spans()) {
            int index = results.size();
            try {
                SpecificRecord event = json.read(body.bytes(), span.from(), span.to() - span.from());
                EventForm form = EventForm.of(event);
                if (!source.types().contains(form.name())) {
                    throw new BadEvent(BadEventReason.TYPE_NOT_ALLOWED, "type", null);
                }
                if (!source.name().equals(event.get(form.place(SOURCE)))) {
                    throw new BadEvent(BadEventReason.SOURCE_FOREIGN, SOURCE, null);
                }
                publisher.check(event);
                good.add(event);
                results.add(new Result(index, String.valueOf(event.get(form.place(EVENT_ID))), null));
            } catch (BadEvent e) {
                meters.rejected(e.reason());
                results.add(new Result(index, "", e));
            } catch (IOException | PseudonymKeys.KeyFileException e) {
                LOG.error("Events with a NIK are refused: {}", e.getMessage());
                throw new Refusal(ProblemKind.UNAVAILABLE);
            }
        }
    }

    private Answer failed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.warn("Events could not be sent: {}", cause.getClass().getSimpleName());
        availability.failed();
        return Answer.problem(ProblemKind.UNAVAILABLE);
    }

    private static Answer answer(List<Result> results) {
        List<BadEventReason> reasons = new ArrayList<>();
        for (Result result : results) {
            BadEvent fault = result.fault();
            if (fault != null) {
                reasons.add(fault.reason());
            }
        }
        if (reasons.isEmpty()) {
            return Answer.accepted(results);
        }
        boolean foreign = reasons.size() == results.size() && FOREIGN.containsAll(reasons);
        return Answer.rejected(foreign ? ProblemKind.NOT_ALLOWED : ProblemKind.BAD_EVENTS, results);
    }
}
