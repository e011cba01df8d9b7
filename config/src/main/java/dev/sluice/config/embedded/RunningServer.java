package dev.sluice.config.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A server that answers, with what it takes to reach it and to stop it. */
final class RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final String uri;
    private final ServerProcess process;
    private final String stopSignal;
    private volatile boolean stopping;

    /**
     * Describes a started server.
     *
     * @param uri holds the password
     * @param stopSignal what makes the server stop cleanly without waiting for its clients
     */
    RunningServer(String name, String uri, ServerProcess process, String stopSignal, Path log) {
        this.name = name;
        this.uri = uri;
        this.process = process;
        this.stopSignal = stopSignal;
        process.onExit(() -> {
            if (!stopping) {
                LOG.error("embedded {} (process {}) ended by itself{}", name, process.pid(), LogTail.of(log));
            }
        });
    }

    String uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    void stop() throws IOException, InterruptedException {
        stopping = true;
        stop(name, process, stopSignal);
    }

    /** Stops a process cleanly; one that does not follow in time is killed, which its data survives. */
    static void stop(String name, ServerProcess process, String signal) throws IOException, InterruptedException {
        process.signal(signal);
        process.wake();
        if (!process.awaitExit(STOP_LIMIT)) {
            LOG.warn("embedded {} (process {}) did not stop in {} s and is killed", name, process.pid(),
                    STOP_LIMIT.toSeconds());
            process.kill();
            process.awaitExit(STOP_LIMIT);
        }
    }
}
