package id.cakupan.streams;

import id.cakupan.coverage.Rules;

/**
 * What shapes the topology and its stages.
 *
 * @param applicationId id of the Kafka Streams application; internal topics carry it
 * @param topicPrefix prefix of the public topics
 * @param rules numbers of the contract
 * @param pulse time
 * @param areaNames names of districts and cities
 * @param storage where stores keep their entries; all are logged to Kafka in either case
 */
public record TopologySettings(
        String applicationId, String topicPrefix, Rules rules, Pulse pulse, AreaNames areaNames, Storage storage) {

    /** Where stores keep their entries. */
    public enum Storage {
        /** On the heap: fastest; a restart reads the changelogs. */
        MEMORY,
        /** On local disk: larger than memory; a clean restart reads nothing. */
        ROCKSDB
    }
}
