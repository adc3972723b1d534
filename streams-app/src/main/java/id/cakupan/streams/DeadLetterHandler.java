package id.cakupan.streams;

import id.cakupan.runtime.TopicProvisioning;
import id.cakupan.schemas.RegistryUnavailableException;
import id.cakupan.schemas.Rejection;
import id.cakupan.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what can never be processed to the dead-letter topic and goes on; the copy is part of the transaction that
 * skips the record. Anything else, such as a registry that is away or a fault of our own, stops the thread without
 * skipping.
 *
 * <p>A dead letter has the raw key and value, the headers of the record, and {@link #REASON}, {@link #DETAIL},
 * {@link #TOPIC}, {@link #PARTITION}, {@link #OFFSET}, {@link #TIMESTAMP}: no stack trace, no value in words.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    /** Header: why, e.g. {@code UNDECODABLE} or {@code KEY_MISMATCH}. */
    public static final String REASON = "cakupan.reason";
    /** Header: the field at fault, or what could not be decoded. */
    public static final String DETAIL = "cakupan.detail";
    /** Header: topic of origin. */
    public static final String TOPIC = "cakupan.topic";
    /** Header: partition of origin. */
    public static final String PARTITION = "cakupan.partition";
    /** Header: offset at the origin. */
    public static final String OFFSET = "cakupan.offset";
    /** Header: timestamp at the origin, milliseconds since 1970. */
    public static final String TIMESTAMP = "cakupan.timestamp";

    /** Header: size in bytes of a value that was too large to be copied whole, and was cut. */
    public static final String CUT_FROM = "cakupan.cut-from";

    /** Largest value that is copied whole; larger ones come out of batches that were compressed. */
    static final int MOST_BYTES = TopicProvisioning.MAX_RECORD_BYTES / 2;

    /** Key of the Kafka Streams configuration under which the meters are handed in. */
    static final String METERS = "cakupan.meters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private @Nullable String deadLetterTopic;
    private @Nullable StreamsMeters meters;

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetterTopic = (String) configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
        meters = (StreamsMeters) configs.get(METERS);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        UndecodableException undecodable = find(exception, UndecodableException.class);
        if (undecodable == null) {
            logFailure(context, exception);
            return DeserializationExceptionHandler.Response.fail();
        }
        return DeserializationExceptionHandler.Response.resume(List.of(deadLetter(
                context,
                record.key(),
                record.value(),
                undecodable.reason().name(),
                String.valueOf(undecodable.getMessage()))));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        RejectedEventException rejected = find(exception, RejectedEventException.class);
        if (rejected == null) {
            logFailure(context, exception);
            return ProcessingExceptionHandler.Response.fail();
        }
        Rejection rejection = rejected.rejection();
        return ProcessingExceptionHandler.Response.resume(List.of(deadLetter(
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                rejection.reason().name(),
                rejection.field())));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, String reason, String detail) {
        if (meters != null) {
            meters.rejected(reason);
        }
        LOG.warn(
                "Rejected {}-{} offset {}: {} ({})",
                context.topic(),
                context.partition(),
                context.offset(),
                reason,
                detail);
        Headers headers = new RecordHeaders(context.headers());
        put(headers, REASON, reason);
        put(headers, DETAIL, detail);
        put(headers, TOPIC, context.topic());
        put(headers, PARTITION, Integer.toString(context.partition()));
        put(headers, OFFSET, Long.toString(context.offset()));
        put(headers, TIMESTAMP, Long.toString(context.timestamp()));
        if ((key == null ? 0 : key.length) + headersSize(context.headers()) > MOST_BYTES / 2) {
            // Only a hostile producer makes such a record; its origin says where it is.
            put(headers, CUT_FROM, Integer.toString(value == null ? 0 : value.length));
            return new ProducerRecord<>(deadLetterTopic, null, null, null, null, withoutOriginal(headers));
        }
        if (value != null && value.length > MOST_BYTES) {
            put(headers, CUT_FROM, Integer.toString(value.length));
            return new ProducerRecord<>(deadLetterTopic, null, null, key, Arrays.copyOf(value, MOST_BYTES), headers);
        }
        return new ProducerRecord<>(deadLetterTopic, null, null, key, value, headers);
    }

    private static long headersSize(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    /** Only our own headers. */
    private static Headers withoutOriginal(Headers headers) {
        Headers own = new RecordHeaders();
        for (String name : List.of(REASON, DETAIL, TOPIC, PARTITION, OFFSET, TIMESTAMP, CUT_FROM)) {
            own.add(headers.lastHeader(name));
        }
        return own;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void logFailure(ErrorHandlerContext context, Exception exception) {
        String what = find(exception, RegistryUnavailableException.class) != null
                ? "The schema registry is away, nothing is skipped"
                : "Cannot process, nothing is skipped";
        LOG.error("{}: {}-{} offset {}", what, context.topic(), context.partition(), context.offset(), exception);
    }

    private static <T extends Throwable> @Nullable T find(Throwable exception, Class<T> type) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
