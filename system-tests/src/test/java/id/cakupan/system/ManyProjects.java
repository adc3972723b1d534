package id.cakupan.system;

import cakupan.records.CoverageFigure;
import cakupan.records.Level;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Figures of a city with very many projects, straight into the topics, as if the streams app had published them. */
final class ManyProjects {
    private static final int PARTITIONS = 2;

    private ManyProjects() {}

    /** Name of a project, which sorts as its number does. */
    static String name(int number) {
        return String.format("Proyek %06d", number);
    }

    static void publish(Space space, int projects) throws ExecutionException, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (BatchSender sender = new BatchSender(space.cluster())) {
            for (int i = 0; i < projects; i++) {
                int workers = i % 60 == 59 ? 0 : 1 + i % 59;
                records.add(record(space, figure(Level.PROJECT, "spse:nontender:" + i, name(i), workers, i % 7)));
            }
            records.add(record(space, figure(Level.CITY, "35.73", "Kota Malang", 60 * projects, 3)));
            records.add(record(space, figure(Level.DISTRICT, "35.73.01", "Blimbing", 30 * projects, 4)));
            sender.send(records);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Space space, CoverageFigure figure) {
        Topic<CoverageFigure> topic = Objects.requireNonNull(Topics.COVERAGE_BY.get(figure.getLevel()));
        try (Serializer<CoverageFigure> serializer = space.cluster().serdes().serializer(topic)) {
            byte[] value = serializer.serialize(space.topic(topic), figure);
            return new ProducerRecord<>(
                    space.topic(topic),
                    Math.floorMod(figure.getId().hashCode(), PARTITIONS),
                    figure.getId().getBytes(StandardCharsets.UTF_8),
                    value);
        }
    }

    private static CoverageFigure figure(Level level, String id, String name, int workers, int coveredOfSeven) {
        long covered = workers * (long) coveredOfSeven / 7;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return CoverageFigure.newBuilder()
                .setLevel(level)
                .setId(id)
                .setName(name)
                .setAsOf(Outcome.today())
                .setHires(workers)
                .setCoveredHires(covered)
                .setOverdueHires((workers - covered) / 2)
                .setWorkers(workers)
                .setCoveredWorkers(covered)
                .setCoveredByGrace(covered / 4)
                .setRatio(workers == 0 ? null : (double) covered / workers)
                .setWorkerDays30(workers * 30L)
                .setCoveredWorkerDays30(covered * 30)
                .setProjects(1)
                .setInsuredProjects(coveredOfSeven > 2 ? 1 : 0)
                .setContractValue(1_375_000_000L)
                .setInsuredContractValue(coveredOfSeven > 2 ? 1_375_000_000L : 0)
                .setRecordedThrough(now)
                .setUpdatedAt(now)
                .build();
    }
}
