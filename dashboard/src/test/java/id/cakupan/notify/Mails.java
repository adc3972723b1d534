package id.cakupan.notify;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.List;

/** A real mail server, and what it has taken. */
final class Mails implements AutoCloseable {
    private final int port;
    private GreenMail server;

    Mails() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        port = server.getSmtp().getPort();
    }

    int port() {
        return port;
    }

    GreenMail server() {
        return server;
    }

    /** Takes nothing more until {@link #up}. */
    void down() {
        server.stop();
    }

    /** Takes mail again, on the same port, with an empty store. */
    void up() {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    List<MimeMessage> all() {
        return Arrays.asList(server.getReceivedMessages());
    }

    List<MimeMessage> to(String address) {
        return all().stream()
                .filter(mail -> {
                    try {
                        return mail.getHeader("To", ",").contains(address);
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    static String text(MimeMessage mail) throws Exception {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
    }

    static String html(MimeMessage mail) throws Exception {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(1).getContent();
    }

    @Override
    public void close() {
        server.stop();
    }
}
