package id.cakupan.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.coverage.oracle.OracleEvent;
import id.cakupan.coverage.oracle.RandomWorlds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What whoever runs the app relies on: health, meters, an end in order and a start that costs little. */
@ExtendWith(Cluster.Shared.class)
class OperationsTest {
    @Test
    void shouldTellOfItsHealthAndStartAgainWithoutRestoring(Cluster cluster) throws IOException, InterruptedException {
        try (Space space = Space.setUp(cluster, "operations", 4)) {
            StreamsProcess app = space.start("one").awaitReady();
            assertThat(app.get("/health/live").body()).contains("\"UP\"");
            assertThat(app.get("/health/ready").body()).contains("\"UP\"");
            List<OracleEvent> events = RandomWorlds.events(41, RandomWorlds.Size.of(3_000));
            space.send(events);
            Looking.awaitFigures(space);

            String metrics = app.get("/metrics").body();
            assertThat(metrics)
                    .contains("kafka_stream_", "kafka_consumer_", "kafka_producer_")
                    .contains("cakupan_events_total{")
                    .contains("type=\"WorkerHired\"", "type=\"ProjectInsured\"")
                    .contains("cakupan_events_unchanged_total{")
                    .contains("cakupan_groups_dirty")
                    .contains("cakupan_latency_broker_seconds_count")
                    .contains("cakupan_latency_recorded_seconds_count")
                    .contains("cakupan_alerts_open{")
                    .contains("cakupan_rebuild_seconds_count{");
            assertThat(sum(metrics, "cakupan_events_total")).isEqualTo(events.size());
            assertThat(sum(metrics, "cakupan_events_unchanged_total")).isBetween(200.0, (double) events.size());
            assertThat(sum(metrics, "cakupan_groups_dirty")).isZero();
            Expected expected = new Expected(events);
            Outcome.onOneDay(today -> assertThat(sum(metrics, "cakupan_alerts_open"))
                    .isEqualTo(expected.alerts(today).size()));
            double entries = sum(metrics, "cakupan_ledger_entries");
            assertThat(entries).isPositive();

            assertThat(app.stop()).isLessThan(Duration.ofSeconds(10));
            StreamsProcess again = space.start("one").awaitReady();
            await("the same ledger")
                    .untilAsserted(() -> assertThat(sum(again.get("/metrics").body(), "cakupan_ledger_entries"))
                            .isEqualTo(entries));
            String restoring = "kafka_consumer_fetch_manager_records_consumed_total\\{[^}]*restore-consumer[^}]*}";
            assertThat(again.get("/metrics").body()).containsPattern(restoring);
            assertThat(sum(again.get("/metrics").body(), restoring))
                    .as("records restored after an end in order, beside a few of its last moment")
                    .isLessThan(entries / 20);
            Outcome.onOneDay(today -> Outcome.assertEqual(space, expected, today));
        }
    }

    /** Sum over the tags of a meter. */
    private static double sum(String metrics, String name) {
        Matcher line =
                Pattern.compile("(?m)^" + name + "(\\{.*})? (?<value>\\S+)$").matcher(metrics);
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group("value"));
        }
        return sum;
    }
}
