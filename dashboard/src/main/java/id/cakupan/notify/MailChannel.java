package id.cakupan.notify;

import cakupan.records.Notification;
import id.cakupan.notify.NotifySettings.Security;
import id.cakupan.notify.Routing.Email;
import id.cakupan.notify.Routing.Receiver;
import id.cakupan.runtime.Settings;
import id.cakupan.schemas.Topics;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails, one for each address of a receiver, over one mail server. The Message-ID follows from the notification, so that a mail
 * that is sent twice is known to be one.
 */
final class MailChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int PERMANENT = 5;

    /** Enough for the 20 addresses of a receiver, and too few to know an address by. */
    private static final int MARK_DIGITS = 6;

    private final Session session;
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable String password;
    private final String from;
    private final Links links;
    private final ZoneId zone;

    MailChannel(Settings settings, Links links, ZoneId zone) {
        host = settings.get(NotifySettings.SMTP_HOST);
        port = settings.get(NotifySettings.SMTP_PORT);
        user = settings.find(NotifySettings.SMTP_USER).orElse(null);
        password = settings.find(NotifySettings.SMTP_PASSWORD).orElse(null);
        from = settings.find(NotifySettings.MAIL_FROM).orElse("");
        this.links = links;
        this.zone = zone;
        String millis =
                String.valueOf(settings.get(NotifySettings.DELIVERY_TIMEOUT).toMillis());
        Security security = settings.get(NotifySettings.SMTP_SECURITY);
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.auth", String.valueOf(user != null));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(security == Security.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(security == Security.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(security == Security.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        session = Session.getInstance(properties);
    }

    @Override
    public Callable<Outcome> prepare(Notification notification, Receiver receiver, World world, Instant now) {
        Optional<MailText> text = MailText.of(notification, receiver, world, links, zone, now);
        if (text.isEmpty()) {
            return () -> Outcome.NOTHING_LEFT;
        }
        return () -> send(notification, (Email) receiver.target(), text.get(), now);
    }

    private Outcome send(Notification notification, Email target, MailText text, Instant now) {
        // Which addresses have it is recorded, so that a restart repeats nothing.
        List<String> have = new ArrayList<>(notification.getReached());
        Outcome worst = null;
        try (Connection connection = new Connection(session)) {
            for (String address : target.to()) {
                String mark = mark(notification, address);
                if (have.contains(mark)) {
                    continue;
                }
                Outcome one = send(connection, notification, text, address, now);
                if (one.kind() == Outcome.Kind.TAKEN) {
                    have.add(mark);
                } else if (worst == null || one.kind() == Outcome.Kind.FAILED) {
                    worst = one;
                }
                if (one.unreachable()) {
                    break;
                }
            }
        } catch (MessagingException e) {
            LOG.debug("The mail server does not take a good-bye");
        }
        if (worst == null) {
            return Outcome.TAKEN;
        }
        return worst.kind() == Outcome.Kind.REFUSED && !have.isEmpty()
                ? new Outcome(Outcome.Kind.TAKEN, worst.error(), false, null)
                : worst.reached(have);
    }

    private static String mark(Notification notification, String address) {
        return Hashes.shortHash(notification.getNotificationId() + "\n" + address)
                .substring(0, MARK_DIGITS);
    }

    /** A connection that knows whether the server broke it before it was told to whom a mail goes, or after. */
    private static final class Connection extends SMTPTransport {
        private boolean addressed;

        Connection(Session session) {
            super(session, new URLName("smtp", null, -1, null, null, null));
        }

        @Override
        protected void rcptTo() throws MessagingException {
            addressed = true;
            super.rcptTo();
        }
    }

    /** One mail to one address, over the connection, which is made when there is none or the last mail broke it. */
    private Outcome send(Connection connection, Notification notification, MailText text, String address, Instant now) {
        MimeMessage message;
        InternetAddress[] to;
        try {
            message = message(notification, text, address, now);
            to = new InternetAddress[] {new InternetAddress(address, true)};
        } catch (MessagingException e) {
            return Outcome.refused("MAIL_FORM");
        }
        try {
            if (!connection.isConnected()) {
                connection.connect(host, port, user, password);
            }
        } catch (AuthenticationFailedException e) {
            return Outcome.unreachable("SMTP_LOGIN");
        } catch (MessagingException e) {
            return Outcome.unreachable("SMTP_CONNECT");
        }
        connection.addressed = false;
        try {
            connection.sendMessage(message, to);
            return Outcome.TAKEN;
        } catch (SendFailedException e) {
            return outcome(e, connection.addressed);
        } catch (MessagingException e) {
            return broken("SMTP_CONNECTION", connection.addressed);
        }
    }

    /** What the server does after it has heard the address or the message says nothing of other addresses and messages. */
    private static Outcome broken(String error, boolean addressed) {
        return addressed ? Outcome.failed(error, null) : Outcome.unreachable(error);
    }

    /** The narrowest answer of the server decides: one about the address, else one about the message, else one about us. */
    private static Outcome outcome(SendFailedException failure, boolean addressed) {
        int code = 0;
        boolean ours = false;
        for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            if (e instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
                ours = false;
                break;
            } else if (e instanceof SMTPSenderFailedException sender) {
                code = sender.getReturnCode();
                ours = true;
            } else if (e instanceof SMTPSendFailedException message) {
                code = message.getReturnCode();
                ours = message.getCommand() != null && message.getCommand().startsWith("MAIL");
            }
        }
        String error = code > 0 ? "SMTP_" + code : "SMTP_CONNECTION";
        if (code <= 0 || ours) {
            return broken(error, addressed);
        }
        return code / 100 == PERMANENT ? Outcome.refused(error) : Outcome.failed(error, null);
    }

    private MimeMessage message(Notification notification, MailText text, String address, Instant now)
            throws MessagingException {
        String domain = from.substring(from.indexOf('@') + 1);
        String id = "<" + Hashes.shortHash("mail:" + Topics.NOTIFICATIONS.key().apply(notification)) + ".cakupan@"
                + domain + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(text.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(text.html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }
}
