package id.cakupan.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void shouldTellAFullDiskFromAMissingPermission() {
        Throwable full = new RuntimeException(new IOException("No space left on device"));
        assertThat(DataDirectory.failure(folder, full)).hasMessageStartingWith("The disk is full");
        assertThat(DataDirectory.failure(folder, new AccessDeniedException("x")))
                .hasMessage("The folder " + folder + " cannot be written: choose another one with --data.");
    }

    @Test
    void shouldStartAnewAfterAFirstStartThatDidNotFinish() throws Exception {
        Path left;
        try (DataDirectory directory = DataDirectory.keep(folder)) {
            left = Files.writeString(directory.broker().resolve("left"), "half");
        }
        try (DataDirectory directory = DataDirectory.keep(folder)) {
            assertThat(left).doesNotExist();
            Files.writeString(left, "whole");
            directory.complete();
        }
        try (DataDirectory directory = DataDirectory.keep(folder)) {
            assertThat(directory.broker().resolve("left")).hasContent("whole");
        }
    }
}
