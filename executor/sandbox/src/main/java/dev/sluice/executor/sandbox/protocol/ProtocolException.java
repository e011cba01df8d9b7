package dev.sluice.executor.sandbox.protocol;

import java.io.IOException;

/** The other side sent what the protocol does not allow; the connection is of no more use. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
