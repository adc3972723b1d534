package id.cakupan.streams;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The ledger on the heap, for Kafka's change-logging layer to wrap: a hash map from worker to the worker's few entries.
 *
 * <p>Kafka's own in-memory store is a tree, and copies the keys of a range before it reads them. The ledger is read by
 * worker on every event, so that was its largest cost. Entries of a worker are returned together, workers in no order.
 */
final class HashLedgerStore implements KeyValueStore<Bytes, byte[]> {
    /** What is stored of one worker: keys and values side by side, in no order. */
    private static final class Entries {
        static final Entries NONE = new Entries(new byte[0][], new byte[0][]);

        private final byte[][] keys;
        private final byte[][] values;

        Entries(byte[][] keys, byte[][] values) {
            this.keys = keys;
            this.values = values;
        }

        int indexOf(byte[] key) {
            for (int i = 0; i < keys.length; i++) {
                if (Arrays.equals(keys[i], key)) {
                    return i;
                }
            }
            return -1;
        }

        Entries plus(byte[] key, byte[] value) {
            int n = keys.length;
            byte[][] moreKeys = Arrays.copyOf(keys, n + 1);
            byte[][] moreValues = Arrays.copyOf(values, n + 1);
            moreKeys[n] = key;
            moreValues[n] = value;
            return new Entries(moreKeys, moreValues);
        }

        Entries minus(int index) {
            int last = keys.length - 1;
            byte[][] lessKeys = Arrays.copyOf(keys, last);
            byte[][] lessValues = Arrays.copyOf(values, last);
            if (index < last) {
                lessKeys[index] = keys[last];
                lessValues[index] = values[last];
            }
            return new Entries(lessKeys, lessValues);
        }
    }

    private final String name;
    private final Map<Bytes, Entries> workers = new HashMap<>();
    private long size;
    private boolean open;

    private HashLedgerStore(String name) {
        this.name = name;
    }

    static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new HashLedgerStore(name);
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        StateRestoreCallback restore = (key, value) -> put(Bytes.wrap(key), value);
        context.register(root, restore);
        open = true;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        Bytes worker = LedgerCodec.workerPrefix(key);
        Entries entries = workers.getOrDefault(worker, Entries.NONE);
        int index = entries.indexOf(key.get());
        if (value == null) {
            if (index >= 0) {
                remove(worker, entries, index);
            }
        } else if (index >= 0) {
            entries.values[index] = value;
        } else {
            workers.put(worker, entries.plus(key.get(), value));
            size++;
        }
    }

    private void remove(Bytes worker, Entries entries, int index) {
        size--;
        if (entries.keys.length == 1) {
            workers.remove(worker);
        } else {
            workers.put(worker, entries.minus(index));
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] present = get(key);
        put(key, null);
        return present;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        Entries entries = workers.getOrDefault(LedgerCodec.workerPrefix(key), Entries.NONE);
        int index = entries.indexOf(key.get());
        return index < 0 ? null : entries.values[index];
    }

    /** The entries of one worker. The prefix must be that of {@link LedgerCodec#prefix}. */
    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS serializer) {
        Bytes worker = Bytes.wrap(serializer.serialize(name, prefix));
        return new EntryIterator(
                Optional.ofNullable(workers.get(worker)).stream().iterator());
    }

    /** In the order of the keys, as the interface promises; slow, and not used by the ledger. */
    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if ((from == null || entry.key.compareTo(from) >= 0) && (to == null || entry.key.compareTo(to) <= 0)) {
                    found.add(entry);
                }
            }
        }
        found.sort(Comparator.comparing(entry -> entry.key));
        Entries sorted = new Entries(
                found.stream().map(entry -> entry.key.get()).toArray(byte[][]::new),
                found.stream().map(entry -> entry.value).toArray(byte[][]::new));
        return new EntryIterator(List.of(sorted).iterator());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new EntryIterator(workers.values().iterator());
    }

    @Override
    public long approximateNumEntries() {
        return size;
    }

    /** Always empty: positions serve queries from outside, of which there are none. */
    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public void close() {
        workers.clear();
        size = 0;
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private static final class EntryIterator implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Entries> rest;
        private Entries entries = Entries.NONE;
        private int next;

        EntryIterator(Iterator<Entries> rest) {
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            while (next == entries.keys.length) {
                if (!rest.hasNext()) {
                    return false;
                }
                entries = rest.next();
                next = 0;
            }
            return true;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = KeyValue.pair(peekNextKey(), entries.values[next]);
            next++;
            return entry;
        }

        @Override
        public Bytes peekNextKey() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Bytes.wrap(entries.keys[next]);
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
