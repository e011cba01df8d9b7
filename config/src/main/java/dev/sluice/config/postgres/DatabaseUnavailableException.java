package dev.sluice.config.postgres;

/** PostgreSQL cannot be used as configured; whoever operates Sluice must act. The message carries no credentials. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
