package dev.sluice.gateway;

import dev.sluice.config.log.Causes;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in one line what no code has caught, on event loops and on other threads; level {@code debug} has the trace. */
final class Uncaught {
    private static final Logger LOG = LoggerFactory.getLogger(Uncaught.class);

    private Uncaught() {}

    /** Takes the place of the traces that Vert.x and the JVM print. */
    static void logOf(Vertx vertx) {
        vertx.exceptionHandler(Uncaught::log);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> log(failure));
    }

    private static void log(Throwable failure) {
        LOG.error("unexpected failure on thread {}: {}", Thread.currentThread().getName(), Causes.of(failure));
        LOG.debug("the failure", failure);
    }
}
