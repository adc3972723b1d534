package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.coverage.Stamp;
import id.cakupan.coverage.WorkerFact.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class HashLedgerStoreTest {
    private final KeyValueStore<Bytes, byte[]> store =
            HashLedgerStore.supplier("ledger").get();

    private static Bytes key(String worker, String id) {
        return LedgerCodec.factKey(worker, new Release(id, 0, false, new Stamp(0, "e")));
    }

    private static Map<Bytes, List<Byte>> read(KeyValueIterator<Bytes, byte[]> entries) {
        Map<Bytes, List<Byte>> found = new HashMap<>();
        try (entries) {
            while (entries.hasNext()) {
                Bytes peeked = entries.peekNextKey();
                KeyValue<Bytes, byte[]> entry = entries.next();
                assertThat(entry.key).isEqualTo(peeked);
                assertThat(found.put(entry.key, List.of(entry.value[0]))).isNull();
            }
        }
        return found;
    }

    @Test
    void shouldHoldTheSameAsASortedMap() {
        Random random = new Random(7);
        Map<Bytes, List<Byte>> expected = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            Bytes key = key("w" + random.nextInt(40), "h" + random.nextInt(6));
            byte[] value = {(byte) random.nextInt(100)};
            switch (random.nextInt(4)) {
                case 0 -> {
                    byte[] removed = store.delete(key);
                    List<Byte> before = expected.remove(key);
                    assertThat(removed == null ? null : List.of(removed[0])).isEqualTo(before);
                }
                case 1 -> {
                    store.putIfAbsent(key, value);
                    expected.putIfAbsent(key, List.of(value[0]));
                }
                default -> {
                    store.put(key, value);
                    expected.put(key, List.of(value[0]));
                }
            }
        }
        assertThat(read(store.all())).isEqualTo(expected);
        assertThat(store.approximateNumEntries()).isEqualTo(expected.size());
        for (int w = 0; w < 40; w++) {
            Bytes prefix = LedgerCodec.prefix("w" + w);
            Map<Bytes, List<Byte>> ofWorker = new HashMap<>(expected);
            ofWorker.keySet().removeIf(key -> !LedgerCodec.hasPrefix(key, prefix));
            assertThat(read(store.prefixScan(prefix, new BytesSerializer()))).isEqualTo(ofWorker);
        }
    }

    @Test
    void shouldReturnRangesInOrder() {
        List<Bytes> keys = new ArrayList<>();
        for (String worker : List.of("b", "a", "c")) {
            keys.add(key(worker, "2"));
            keys.add(key(worker, "1"));
        }
        keys.forEach(key -> store.put(key, new byte[] {1}));
        List<Bytes> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(key("a", "2"), key("b", "2"))) {
            range.forEachRemaining(entry -> found.add(entry.key));
        }
        assertThat(found).containsExactly(key("a", "2"), key("b", "1"), key("b", "2"));
    }

    @Test
    void shouldReturnTheEntriesOfAWorkerTogether() {
        store.put(key("a", "1"), new byte[] {1});
        store.put(key("b", "1"), new byte[] {1});
        store.put(key("a", "2"), new byte[] {1});
        List<String> workers = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> workers.add(LedgerCodec.workerId(entry.key)));
        }
        assertThat(workers).hasSize(3);
        assertThat(workers.indexOf("a") + 1).isEqualTo(workers.lastIndexOf("a"));
    }
}
