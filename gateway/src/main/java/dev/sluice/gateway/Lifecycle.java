package dev.sluice.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, so that it is stopped in reverse order; one that fails to stop does not keep the others up. */
final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private record Started(String name, AutoCloseable part) {}

    private final Deque<Started> started = new ArrayDeque<>();

    void add(String name, AutoCloseable part) {
        started.push(new Started(name, part));
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            Started next = started.pop();
            try {
                next.part().close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", next.name(), e);
            }
        }
    }
}
