package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import id.cakupan.publisher.BadEvent;
import id.cakupan.publisher.OwnerOnlyFiles;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines that were not accepted, one JSON object each: {@code file}, {@code line}, {@code field} and {@code kind} of its
 * value where there is one, {@code reason}, {@code pesan} (Indonesian), {@code message} (English) and the {@code original}
 * line. It holds personal data if the input did, so its mode is 0600. Made at the first reject, in the place of an older
 * one.
 */
final class RejectsFile implements Closeable {
    private static final byte[] START = "{\"file\":".getBytes(StandardCharsets.UTF_8);
    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private @Nullable JsonGenerator out;

    RejectsFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Whether an existing file is a rejects file, or empty: one that may be replaced. */
    static boolean isOne(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(START.length);
            return start.length == 0 || Arrays.equals(start, START);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether anything was rejected, so that there is a file. */
    boolean isWritten() {
        return out != null;
    }

    /** Adds the line at which {@code lines} stands. */
    void add(String file, Lines lines, BadEvent fault) throws IOException {
        JsonGenerator json = out();
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeNumberField("line", lines.number());
        if (fault.field() != null) {
            json.writeStringField("field", fault.field());
        }
        if (fault.kind() != null) {
            json.writeStringField("kind", fault.kind());
        }
        json.writeStringField("reason", fault.reason().name());
        json.writeStringField("pesan", fault.reason().indonesian(fault.field()));
        json.writeStringField("message", fault.reason().english(fault.field()));
        json.writeStringField("original", new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private JsonGenerator out() throws IOException {
        JsonGenerator json = out;
        if (json == null) {
            Files.deleteIfExists(path);
            OwnerOnlyFiles.create(path);
            json = JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(path)));
            json.setRootValueSeparator(null);
            out = json;
        }
        return json;
    }

    /** Ends the file. One that an earlier run left is deleted: what it held is mended, and it holds personal data. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        } else if (Files.isRegularFile(path) && isOne(path)) {
            Files.delete(path);
        }
    }
}
