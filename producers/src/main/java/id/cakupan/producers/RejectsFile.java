package id.cakupan.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import id.cakupan.producers.tables.OlderFile;
import id.cakupan.publisher.BadEvent;
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
 * line. It holds personal data if the input did, so its mode is 0600. Made at the first reject; an older one with another
 * content is moved aside.
 */
final class RejectsFile implements Closeable {
    private static final byte[] START = "{\"file\":".getBytes(StandardCharsets.UTF_8);
    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private final RejectsReport report;
    private @Nullable JsonGenerator out;
    private @Nullable OlderFile replaced;

    /** @param report is told, at the end, whether anything was rejected */
    RejectsFile(Path path, RejectsReport report) {
        this.path = path;
        this.report = report;
    }

    /** Whether an existing file is a rejects file, or empty: one that another may take the place of. */
    static boolean isOne(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(START.length);
            return start.length == 0 || Arrays.equals(start, START);
        } catch (IOException e) {
            return false;
        }
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
            replaced = OlderFile.replacedBy(path);
            json = JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(path)));
            json.setRootValueSeparator(null);
            out = json;
        }
        return json;
    }

    @Override
    public void close() throws IOException {
        JsonGenerator json = out;
        OlderFile before = replaced;
        if (json == null || before == null) {
            report.notNeeded(path);
            return;
        }
        json.close();
        report.written(path, before.settle());
    }
}
