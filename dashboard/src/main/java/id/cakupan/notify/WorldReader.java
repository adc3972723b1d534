package id.cakupan.notify;

import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.TopicTail;
import id.cakupan.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Fills a world once, for commands that look and stop. */
final class WorldReader {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private WorldReader() {}

    /**
     * Reads all that is in the topics at the moment.
     *
     * @throws FailedException if that takes longer than a minute
     */
    static void fill(World world, Settings settings, List<? extends Topic<? extends SpecificRecord>> topics)
            throws InterruptedException {
        CountDownLatch all = new CountDownLatch(1);
        TopicTail.Sink sink = new TopicTail.Sink() {
            @Override
            public void record(Topic<?> topic, String key, byte @Nullable [] value, long timestamp) {
                world.record(topic, key, value, timestamp);
            }

            @Override
            public void polled(boolean caughtUp) {
                if (caughtUp) {
                    all.countDown();
                }
            }
        };
        try (TopicTail tail = new TopicTail("notify-look", settings, topics, sink)) {
            tail.start();
            if (!all.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new FailedException(
                        tail.fault().orElse("The topics could not be read within " + LIMIT.toSeconds() + " s"));
            }
        }
    }
}
