package dev.sluice.executor.sandbox.protocol;

import java.util.UUID;

/** The content of one frame is not what it must be, and it is known whose fault that is: the connection can go on. */
public final class ContentException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final UUID executionId;

    ContentException(UUID executionId, String message) {
        super(message);
        this.executionId = executionId;
    }

    /** The execution in whose name the frame was sent. */
    public UUID executionId() {
        return executionId;
    }
}
