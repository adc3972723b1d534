package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.cakupan.runtime.CommonSettings;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicTail;
import id.cakupan.schemas.Topic;
import id.cakupan.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tail that dashboards and notifiers read with, on a real broker. */
class TopicTailTest {
    private static final String TOPIC = Topics.PROGRESS.name(Topics.DEFAULT_PREFIX);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** Fails once at a chosen value. */
    private static final class Taken implements TopicTail.Sink {
        final List<String> values = new CopyOnWriteArrayList<>();
        final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp) {
            String text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
            if (text.equals("bad") && fails.getAndSet(false)) {
                throw new IllegalStateException("refused once");
            }
            values.add(text);
        }

        @Override
        public void polled(boolean caughtUp) {
            // Only what was taken counts here.
        }
    }

    @Test
    void shouldWaitForItsTopicAndGoOnWhereItWasAfterAFailure() throws Exception {
        Taken taken = new Taken();
        try (LocalBroker broker = LocalBroker.start(0, folder);
                TopicTail tail = new TopicTail("tail", settings(broker), List.of(Topics.PROGRESS), taken)) {
            tail.start();
            await("the missing topic is told")
                    .atMost(LIMIT)
                    .until(() ->
                            tail.fault().filter(fault -> fault.contains(TOPIC)).isPresent());
            assertThat(tail.isCaughtUp()).isFalse();

            Clients.createTopic(broker.bootstrap(), TOPIC);
            Clients.send(broker.bootstrap(), TOPIC, "a", "b");
            await("all that was there").atMost(LIMIT).until(() -> taken.values.equals(List.of("a", "b")));
            await("caught up").atMost(LIMIT).until(tail::isCaughtUp);

            taken.fails.set(true);
            Clients.send(broker.bootstrap(), TOPIC, "bad", "c");
            await("what came after the failure").atMost(LIMIT).until(() -> taken.values.contains("c"));
            assertThat(taken.values).containsExactly("a", "b", "bad", "c");
            assertThat(tail.fault()).isEmpty();
        }
    }

    private static Settings settings(LocalBroker broker) throws Exception {
        return Settings.of(CommonSettings.CLUSTER, Map.of(CommonSettings.BOOTSTRAP.key(), broker.bootstrap()));
    }
}
