package id.cakupan.producers;

import id.cakupan.publisher.BadEventReason;
import id.cakupan.publisher.Nik;
import id.cakupan.publisher.PseudonymKeys;
import id.cakupan.publisher.Pseudonyms;
import id.cakupan.runtime.ExitCodes;
import id.cakupan.runtime.FailedException;
import id.cakupan.runtime.Setting;
import id.cakupan.runtime.Settings;
import id.cakupan.runtime.SettingsCommand;
import id.cakupan.runtime.UserFolders;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code cakupan pseudonym}: the worker ids of NIKs. */
@Command(
        name = "pseudonym",
        description = {
            "Read NIKs from standard input, one a line, and print the id under which each worker is known, in the same order.",
            "While two keys are valid, a tab and the id under the former key follow. NIKs are never printed, nor taken as"
                    + " arguments, where other users of the machine could see them.",
            "Exit code: 0 done, 1 failed, 2 wrong usage, 3 done, but some lines are no NIK."
        })
public final class PseudonymCommand extends SettingsCommand {
    private final InputStream in;

    /** Reads the process's standard input. */
    public PseudonymCommand() {
        this(new FileInputStream(FileDescriptor.in));
    }

    /** Reads another stream. */
    PseudonymCommand(InputStream in) {
        this.in = in;
    }

    @Override
    protected List<Setting<?>> settings() {
        return List.of(ProducerSettings.KEY_FILE);
    }

    @Override
    protected int run(Settings settings) throws IOException {
        Pseudonyms pseudonyms;
        try {
            pseudonyms =
                    new Pseudonyms(PseudonymKeys.read(UserFolders.expand(settings.get(ProducerSettings.KEY_FILE))));
        } catch (PseudonymKeys.KeyFileException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
        int exitCode = ExitCodes.DONE;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !print(pseudonyms, line, number)) {
                    exitCode = ExitCodes.REJECTS;
                }
            }
        }
        return exitCode;
    }

    private boolean print(Pseudonyms pseudonyms, String line, long number) {
        try {
            Nik nik = Nik.parse(line);
            String former = pseudonyms.formerOf(nik);
            out().println(pseudonyms.of(nik) + (former == null ? "" : "\t" + former));
            return true;
        } catch (Nik.NikException e) {
            err().println("line " + number + ": " + BadEventReason.of(e.fault()).english(null));
            return false;
        }
    }
}
