package id.cakupan.producers;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/** How import tells that it could not do all of its work. */
final class Outage {
    private Outage() {}

    /**
     * Tells that events could not be sent, if so.
     *
     * @param unit what places are counted in: line or row
     * @return whether some could not be sent
     */
    static boolean toldUnsent(Sending sending, String unit, PrintWriter err) {
        Sending.Place failed = sending.firstFailed();
        if (failed == null) {
            return false;
        }
        Throwable failure = sending.failure();
        err.println("Tidak semua dapat dikirim / not everything could be sent: "
                + (failure == null ? "" : failure.getMessage()));
        if (failed.line() > 1) {
            err.println("Everything before " + unit + " " + failed.line() + " of " + failed.name() + " has arrived.");
        }
        err.println("Impor lagi: yang sudah sampai tidak mengubah apa pun. / Import again: what has arrived already"
                + " changes nothing.");
        return true;
    }

    /**
     * That a file could not be read, or a file of rejects not be written.
     *
     * @param at the last place that was read; null if none was
     */
    static String cannotGoOn(Sending.@Nullable Place at, String unit, Exception problem) {
        if (at == null) {
            return "Cannot begin: " + reason(problem) + ". Nothing was sent.";
        }
        return "Cannot go on after " + unit + " " + at.line() + " of " + at.name() + ": " + reason(problem)
                + ". What was sent is sent: import again when it is mended.";
    }

    /** What went wrong, in words: the messages of Java for files are often nothing but their names. */
    static String reason(Exception problem) {
        String message = problem.getMessage();
        String text = message == null ? problem.getClass().getSimpleName() : message;
        if (problem instanceof FileSystemException e && e.getReason() == null) {
            text = e.getFile() + ": "
                    + (e instanceof AccessDeniedException
                            ? "no permission (for rejects elsewhere: --rejects FILE)"
                            : e instanceof NoSuchFileException
                                    ? "it is not there"
                                    : e.getClass().getSimpleName());
        } else if (problem instanceof ReadOnlyFileSystemException) {
            text = "the file system is read-only (for rejects elsewhere: --rejects FILE)";
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
