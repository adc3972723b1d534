package id.cakupan.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void shouldSayWhatWasSentBeforeAndWhy() {
        Sending.Place at = new Sending.Place(0, "a.csv", 7);

        assertThat(Outage.cannotGoOn(at, "row", new IOException("No space left on device")))
                .isEqualTo(
                        "Cannot go on after row 7 of a.csv: No space left on device. What was sent is sent: import again"
                                + " when it is mended.");
        assertThat(Outage.cannotGoOn(null, "row", new IOException("It is damaged.")))
                .isEqualTo("Cannot begin: It is damaged. Nothing was sent.");
    }

    @Test
    void shouldPutIntoWordsWhatJavaTellsByTheNameOfAFile() {
        assertThat(Outage.reason(new AccessDeniedException("/x/r.csv")))
                .contains("/x/r.csv: no permission", "--rejects");
        assertThat(Outage.reason(new NoSuchFileException("/x/a.csv"))).isEqualTo("/x/a.csv: it is not there");
        assertThat(Outage.reason(new IOException())).isEqualTo("IOException");
    }
}
