package id.cakupan.streams;

import static org.assertj.core.api.Assertions.assertThat;

import id.cakupan.streams.TopologySettings.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenTopologyTest {
    @ParameterizedTest
    @EnumSource(Storage.class)
    void shouldKeepItsGraph(Storage storage) throws IOException {
        String golden =
                new String(getClass().getResourceAsStream("topology.txt").readAllBytes(), StandardCharsets.UTF_8);
        String now = TopologyFixture.describe(storage);
        Path actual = Path.of("target", "topology.txt");
        Files.writeString(actual, now);
        assertThat(now)
                .as(
                        "The graph changed. Tasks, stores and changelogs are found by these names and numbers, so running"
                                + " apps cannot take it over just so: see docs/design.md. If it is meant, copy %s"
                                + " to src/test/resources/id/cakupan/streams/topology.txt",
                        actual)
                .isEqualTo(golden);
    }

    @Test
    void shouldNameEveryNode() {
        assertThat(TopologyFixture.describe(Storage.MEMORY)).doesNotContain("KSTREAM", "KTABLE", "000000");
    }
}
