package dev.sluice.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What has been started, so that it is stopped in reverse order. A part that fails to stop, or does not stop in its time,
 * does not keep the others up, nor the process.
 */
final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final Duration STANDARD_LIMIT = Duration.ofSeconds(5);

    private record Started(String name, AutoCloseable part, Duration limit) {}

    private final Deque<Started> started = new ArrayDeque<>();

    void add(String name, AutoCloseable part) {
        add(name, part, STANDARD_LIMIT);
    }

    /** A part that may take this long to stop. */
    void add(String name, AutoCloseable part, Duration limit) {
        started.push(new Started(name, part, limit));
    }

    @Override
    public void close() {
        boolean interrupted = false;
        while (!started.isEmpty()) {
            interrupted |= stop(started.pop());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whether this thread was interrupted: that must not cut the orderly end short. */
    private static boolean stop(Started one) {
        AtomicBoolean leftBehind = new AtomicBoolean();
        Thread stopping = Thread.ofPlatform().daemon().name("stop " + one.name()).start(() -> {
            try {
                one.part().close();
            } catch (Exception e) {
                if (!leftBehind.get()) {
                    LOG.warn("{} did not stop cleanly", one.name(), e);
                }
            }
        });
        boolean interrupted = false;
        long deadline = System.nanoTime() + one.limit().toNanos();
        while (true) {
            try {
                if (!stopping.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                    leftBehind.set(true);
                    LOG.warn("{} did not stop within {} s and is left behind", one.name(), one.limit().toSeconds());
                }
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
