package id.cakupan.producers;

import java.nio.file.Path;

/**
 * A table to import.
 *
 * @param content where it is
 * @param name what people call it
 * @param rejects where its rejected rows go
 */
record TableFile(Path content, String name, Path rejects) {}
