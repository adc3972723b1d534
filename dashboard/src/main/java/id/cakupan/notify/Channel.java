package id.cakupan.notify;

import cakupan.records.Notification;
import id.cakupan.notify.Routing.Receiver;
import java.time.Instant;
import java.util.concurrent.Callable;

/** A way to deliver. */
interface Channel {
    /**
     * Renders a message from what the world says now; quick, and does not talk to anybody.
     *
     * @return the attempt, which may take long and is made in another thread
     */
    Callable<Outcome> prepare(Notification notification, Receiver receiver, World world, Instant now);
}
