package id.cakupan.streams;

import cakupan.records.Progress;
import id.cakupan.schemas.EventChecks;
import id.cakupan.schemas.Rejection;
import id.cakupan.schemas.Topics;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the processors of all stages need.
 *
 * @param applicationId id of the streams app
 * @param meters where to count
 */
record StageContext(String applicationId, StreamsMeters meters) {
    /**
     * The event of the record.
     *
     * @throws RejectedEventException when it breaks a rule of the contract
     */
    SpecificRecord accepted(Record<String, ? extends SpecificRecord> record) {
        Optional<Rejection> fault = EventChecks.check(record.key(), record.value(), record.timestamp());
        if (fault.isPresent()) {
            throw new RejectedEventException(fault.get());
        }
        meters.event(record.value().getSchema().getName());
        return record.value();
    }

    String progressKey(Progress progress) {
        return Topics.PROGRESS.key().apply(progress);
    }
}
