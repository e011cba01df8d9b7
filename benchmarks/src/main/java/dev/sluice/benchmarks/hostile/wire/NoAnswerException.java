package dev.sluice.benchmarks.hostile.wire;

import java.io.IOException;

/** A request was not answered: the server closed the connection, or stayed silent for as long as it was given. */
public final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean closed;

    NoAnswerException(String message, boolean closed) {
        super(message);
        this.closed = closed;
    }

    /** Whether the connection was closed; else it is silent. */
    public boolean closed() {
        return closed;
    }
}
