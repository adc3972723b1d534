package id.cakupan.streams;

import id.cakupan.coverage.WorkerFact;
import id.cakupan.coverage.WorkerIdentity;
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

/**
 * The ledger store: of each id the facts, the alerts as they were last published, and the other ids of the person; one
 * small entry each.
 */
final class LedgerStore {
    /**
     * What is stored of a worker.
     *
     * @param facts the merged facts
     * @param alerts published alerts by hire
     * @param identity the person's other ids
     */
    record Entry(WorkerLedger facts, Map<String, PublishedAlert> alerts, WorkerIdentity identity) {
        Entry(String workerId) {
            this(new WorkerLedger(), new HashMap<>(), new WorkerIdentity(workerId));
        }

        /** Number of entries in the store. */
        int size() {
            return facts.size() + alerts.size() + identity.size();
        }

        private void add(Bytes rawKey, byte[] value) {
            LedgerCodec.Key key = LedgerCodec.Key.read(rawKey);
            if (key.isAlert()) {
                alerts.put(key.id(), LedgerCodec.decodeAlert(key, value));
            } else if (key.isLink()) {
                identity.restore(LedgerCodec.decodeLink(value));
            } else if (key.isNewer()) {
                identity.restore(LedgerCodec.decodeNewer(key, value));
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
        Entry entry = new Entry(workerId);
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

    void put(String workerId, PublishedAlert published) {
        store.put(LedgerCodec.alertKey(workerId, published.alert().hireId()), LedgerCodec.encode(published));
    }

    void putLink(String workerId, String former) {
        store.put(LedgerCodec.linkKey(workerId), LedgerCodec.encodeLink(former));
    }

    void put(String workerId, WorkerIdentity.Newer newer) {
        store.put(LedgerCodec.newerKey(workerId, newer.id()), LedgerCodec.encode(newer));
    }

    /** Deletes all of an entry but its link. */
    void deleteAllButLink(String workerId, Entry entry) {
        entry.facts().facts().forEach(fact -> store.delete(LedgerCodec.factKey(workerId, fact)));
        entry.alerts().keySet().forEach(hireId -> store.delete(LedgerCodec.alertKey(workerId, hireId)));
        entry.identity().newer().forEach(newer -> store.delete(LedgerCodec.newerKey(workerId, newer.id())));
    }

    /** Reads all workers, each once: the entries of a worker lie side by side. */
    void forEachWorker(BiConsumer<String, Entry> action) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            Bytes prefix = null;
            String workerId = "";
            Entry entry = new Entry(workerId);
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                if (prefix == null || !LedgerCodec.hasPrefix(next.key, prefix)) {
                    finish(prefix, workerId, entry, action);
                    workerId = LedgerCodec.workerId(next.key);
                    prefix = LedgerCodec.prefix(workerId);
                    entry = new Entry(workerId);
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
