package id.cakupan.runtime;

import java.time.Duration;

/**
 * Work that is done in a daemon thread of its own, again a second after it has ended, until it is closed. The work takes care
 * of its own failures and looks at {@link #isClosing} while it lasts.
 */
public final class Loop implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Runnable work;
    private final Duration closeLimit;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * A loop that does nothing yet.
     *
     * @param name name of the thread
     * @param work what is done; called by that thread alone
     * @param closeLimit how long {@link #close} waits for the work
     */
    public Loop(String name, Runnable work, Duration closeLimit) {
        this.work = work;
        this.closeLimit = closeLimit;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Name of the thread. */
    public String name() {
        return thread.getName();
    }

    /** Whether the work is to end. */
    public boolean isClosing() {
        return closing;
    }

    /** Tells the loop to end, without waiting for it. */
    public void end() {
        closing = true;
        synchronized (thread) {
            thread.notifyAll();
        }
    }

    private void run() {
        while (!closing) {
            work.run();
            pause();
        }
    }

    private void pause() {
        synchronized (thread) {
            if (!closing) {
                try {
                    thread.wait(PAUSE.toMillis());
                } catch (InterruptedException e) {
                    closing = true;
                }
            }
        }
    }

    @Override
    public void close() {
        end();
        try {
            thread.join(closeLimit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
