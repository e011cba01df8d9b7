package dev.sluice.gateway;

import dev.sluice.config.StartupException;
import org.jspecify.annotations.Nullable;

/** A node cannot start for a reason outside the program. */
final class NodeStartException extends StartupException {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
