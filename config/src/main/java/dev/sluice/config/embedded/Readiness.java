package dev.sluice.config.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Waits until a server that was just started answers. */
final class Readiness {
    private static final long POLL_MILLIS = 15;

    private Readiness() {}

    /** Asks one server one time. */
    @FunctionalInterface
    interface Probe {
        /** Whether the server accepts clients now. */
        boolean answers() throws IOException;
    }

    /**
     * Waits for the probe.
     *
     * <p>When it fails, or is interrupted, the process has been stopped.
     *
     * @param stopSignal what makes the server stop cleanly, even while it starts
     * @throws EmbeddedServerException.StartFailed if the process ends first or the limit passes; the message carries
     *     the end of its log
     */
    static void await(
            String name, ServerProcess process, String stopSignal, Probe probe, Duration limit, Path log)
            throws EmbeddedServerException, IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!probe.answers()) {
                if (!process.isAlive()) {
                    throw new EmbeddedServerException.StartFailed(
                            "embedded " + name + " ended while starting" + LogTail.of(log));
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new EmbeddedServerException.StartFailed("embedded " + name + " did not become ready in "
                            + limit.toSeconds() + " s" + LogTail.of(log));
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (EmbeddedServerException | IOException | InterruptedException e) {
            // Stopping waits, which an interrupt still pending would cut short.
            boolean interrupted = Thread.interrupted();
            RunningServer.stop(name, process, stopSignal);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }
}
