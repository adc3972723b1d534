package id.cakupan.producers.tables;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An XML part of a workbook, pulled element by element. Document types and entities are not read; prefixes do not matter. */
final class XmlPart implements Closeable {
    private static final XMLInputFactory XML = new InputFactoryImpl();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final InputStream in;
    private final XMLStreamReader reader;

    XmlPart(InputStream in) throws IOException {
        this.in = in;
        try {
            reader = XML.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            in.close();
            throw DamagedException.damaged();
        }
    }

    /** Goes to the next start or end of an element, or to text; false at the end. */
    boolean next() throws IOException {
        try {
            if (!reader.hasNext()) {
                return false;
            }
            reader.next();
            return true;
        } catch (XMLStreamException e) {
            // the parser's own message may quote the content
            if (e.getNestedException() instanceof DamagedException failed) {
                throw failed;
            }
            throw DamagedException.damaged();
        }
    }

    boolean isStart(String name) {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT
                && reader.getLocalName().equals(name);
    }

    boolean isEnd(String name) {
        return reader.getEventType() == XMLStreamConstants.END_ELEMENT
                && reader.getLocalName().equals(name);
    }

    /** Whether this is the start of any element. */
    boolean isStart() {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    /** Name of the element. */
    String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element, by its local name; null if there is none. */
    @Nullable
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Appends the text here, if it is text, up to the greatest length. */
    void appendText(StringBuilder text, int greatest) throws IOException {
        int type = reader.getEventType();
        if (type == XMLStreamConstants.CHARACTERS
                || type == XMLStreamConstants.CDATA
                || type == XMLStreamConstants.SPACE) {
            try {
                String more = reader.getText();
                text.append(more, 0, Math.min(more.length(), greatest - text.length()));
            } catch (RuntimeException e) { // the parser is lazy: it meets a fault in the text only here
                throw DamagedException.damaged();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
