package dev.sluice.executor.sandbox.protocol;

import java.io.IOException;

/** The other side sent what the protocol does not allow; but for a {@link ContentException}, the connection is of no more use. */
public sealed class ProtocolException extends IOException permits ContentException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
