package dev.sluice.gateway;

import dev.sluice.config.log.Causes;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;

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
        if (isLateTimer(failure)) {
            LOG.debug("a connection pool's timer came after its connection", failure);
            return;
        }
        LOG.error("unexpected failure on thread {}: {}", Thread.currentThread().getName(), Causes.of(failure));
        LOG.debug("the failure", failure);
    }

    /**
     * The pool of Vert.x's SQL client sets the timer of a waiting request even if the request has just got its connection,
     * and complains when the timer fires. The request is long answered, and nothing is lost.
     */
    private static boolean isLateTimer(Throwable failure) {
        return failure instanceof IllegalStateException && "Promise already completed".equals(failure.getMessage())
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.vertx.sqlclient.impl.pool."));
    }
}
