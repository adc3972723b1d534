package id.cakupan.publisher;

import java.io.IOException;

/** Where pseudonyms come from; asked at each NIK, so that a process without any needs no key file. */
@FunctionalInterface
public interface PseudonymSource {
    /**
     * The pseudonyms to use now. An exception ends the work, it is no fault of an event.
     *
     * @throws IOException if the key file cannot be read
     * @throws PseudonymKeys.KeyFileException if it is missing, open to others or not in its form
     */
    Pseudonyms get() throws IOException, PseudonymKeys.KeyFileException;
}
