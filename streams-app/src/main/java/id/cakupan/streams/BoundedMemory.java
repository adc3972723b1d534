package id.cakupan.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** Lets all RocksDB stores of the process share one bounded piece of memory, whatever their number. */
public final class BoundedMemory implements RocksDBConfigSetter {
    private static final long MIB = 1024 * 1024;
    private static final long CACHE_BYTES = 256 * MIB;
    private static final long WRITE_BUFFER_BYTES = 128 * MIB;
    private static final int BLOOM_BITS = 10;

    /** Shared by all stores, so never closed by one of them. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(CACHE_BYTES);
        static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
        static final BloomFilter BLOOM = new BloomFilter(BLOOM_BITS);

        private Shared() {}
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(Shared.BLOOM);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared outlives each store.
    }
}
