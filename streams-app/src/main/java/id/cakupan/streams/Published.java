package id.cakupan.streams;

/**
 * What was published last of a group, so that a restart publishes nothing twice.
 *
 * @param figure fingerprint of the figure, without its time of update
 * @param timeline fingerprint of the timeline
 * @param reportedThrough last day whose figure was published as then reported
 * @param recordedThrough latest recording behind the figure, microseconds
 */
record Published(long figure, long timeline, int reportedThrough, long recordedThrough) {
    private static final int VERSION = 1;

    byte[] encode() {
        return new ByteWriter()
                .octet(VERSION)
                .number(figure)
                .number(timeline)
                .number(reportedThrough)
                .number(recordedThrough)
                .toBytes();
    }

    static Published decode(byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw new UnreadableStateException(
                    "A published figure is noted in encoding " + version + ", this version reads " + VERSION);
        }
        return new Published(in.number(), in.number(), in.integer(), in.number());
    }
}
