package id.cakupan.streams;

import id.cakupan.coverage.Alert;
import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The ledger store: of each worker the facts, and the alerts as they were last published; one small entry each. */
final class LedgerStore {
    /**
     * What is stored of a worker.
     *
     * @param facts the merged facts
     * @param alerts published alerts by hire
     */
    record Entry(WorkerLedger facts, Map<String, Alert> alerts) {
        Entry() {
            this(new WorkerLedger(), new HashMap<>());
        }

        private void add(Bytes rawKey, byte[] value) {
            LedgerCodec.Key key = LedgerCodec.Key.read(rawKey);
            if (key.isAlert()) {
                Alert alert = LedgerCodec.decodeAlert(key, value);
                alerts.put(alert.hireId(), alert);
            } else {
                facts.merge(LedgerCodec.decodeFact(key, value));
            }
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final BytesSerializer prefixes = new BytesSerializer();

    LedgerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Entry load(String workerId) {
        Entry entry = new Entry();
        Bytes prefix = LedgerCodec.prefix(workerId);
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, prefixes)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                entry.add(next.key, next.value);
            }
        }
        return entry;
    }

    void put(String workerId, WorkerFact fact) {
        store.put(LedgerCodec.factKey(workerId, fact), LedgerCodec.encode(fact));
    }

    void put(String workerId, Alert alert) {
        store.put(LedgerCodec.alertKey(workerId, alert.hireId()), LedgerCodec.encode(alert));
    }

    /** Reads all workers, each once: the entries of a worker lie side by side. */
    void forEachWorker(BiConsumer<String, Entry> action) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            Bytes prefix = null;
            String workerId = "";
            Entry entry = new Entry();
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                if (prefix == null || !LedgerCodec.hasPrefix(next.key, prefix)) {
                    finish(prefix, workerId, entry, action);
                    workerId = LedgerCodec.workerId(next.key);
                    prefix = LedgerCodec.prefix(workerId);
                    entry = new Entry();
                }
                entry.add(next.key, next.value);
            }
            finish(prefix, workerId, entry, action);
        }
    }

    private static void finish(@Nullable Bytes prefix, String workerId, Entry entry, BiConsumer<String, Entry> action) {
        if (prefix != null) {
            action.accept(workerId, entry);
        }
    }
}
