package dev.sluice.executor.dispatcher.batch;

/** Too much waits to be written; the sender should come back later. Expected under overload, so without a stack trace. */
public final class BacklogFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BacklogFullException() {
        super("too many events wait to be written", null, false, false);
    }
}
