package dev.sluice.gateway;

import java.util.Optional;

/** A node that does its work until it is closed. */
public interface RunningNode extends AutoCloseable {
    /** Where the HTTP edge is reached from this machine, such as {@code http://127.0.0.1:8080}; none for a worker. */
    Optional<String> url();

    /** What a person at the terminal is told once the node is ready; printed to standard output. */
    String welcome();

    /**
     * Drains: takes no new work, gives running executions their grace time and puts the rest back in the queue. Returns
     * when nothing of the node runs any more.
     */
    @Override
    void close();
}
