package dev.sluice.gateway.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an orderly end of the main thread, and holds the process until it is over.
 *
 * <p>The main thread owns everything that has to be closed and closes it on its own way out, whether it was still
 * starting or already waiting. The process then ends with the signal's exit code: 143 or 130. It does so too if the main
 * thread cannot finish in time, whatever it hangs on.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean awaiting;
    private final Thread owner = Thread.currentThread();
    private final Duration limit;

    /**
     * Watches for signals on behalf of the calling thread, which is interrupted when one comes.
     *
     * @param limit how long the orderly end may take
     */
    StopSignal(Duration limit) {
        this.limit = limit;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop-signal").unstarted(this::stop));
    }

    /** Returns when the process has been told to stop, at once if that was before. */
    void await() {
        synchronized (this) {
            awaiting = true;
            // An interrupt that was meant for the start must not disturb the orderly end.
            Thread.interrupted();
        }
        try {
            requested.await();
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end.
        }
    }

    /** Whether the process has been told to stop. */
    boolean requested() {
        return requested.getCount() == 0;
    }

    /** Lets the process end: everything is closed. */
    @Override
    public void close() {
        finished.countDown();
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        requested.countDown();
        synchronized (this) {
            if (!awaiting) {
                owner.interrupt();
            }
        }
        try {
            if (!finished.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("the node did not stop within {} s; its process ends without that", limit.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
