package dev.sluice.config.postgres;

import dev.sluice.config.StartupException;

/** PostgreSQL cannot be used as configured; whoever operates Sluice must act. The message carries no credentials. */
public final class DatabaseUnavailableException extends StartupException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
