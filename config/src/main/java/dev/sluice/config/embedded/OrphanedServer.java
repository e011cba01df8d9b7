package dev.sluice.config.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that may have outlived the process that started it.
 *
 * @param pidFile written by the server
 * @param argument a path that only this server's command line contains
 * @param stopSignal what makes it stop cleanly without waiting for its clients
 */
record OrphanedServer(String name, Path pidFile, Path argument, String stopSignal) {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);

    /** Stops the server if it is there, and tells whether it was. Its data survives either way. */
    boolean stop() throws IOException, InterruptedException {
        Optional<ServerProcess> process = ServerProcess.orphan(pidFile, argument.toString());
        if (process.isEmpty()) {
            return false;
        }
        LOG.info("stopping the embedded {} (process {}) that an earlier start left", name, process.get().pid());
        RunningServer.stop(name, process.get(), stopSignal);
        return true;
    }
}
