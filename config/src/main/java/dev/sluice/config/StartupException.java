package dev.sluice.config;

import org.jspecify.annotations.Nullable;

import java.io.Serial;

/**
 * An expected reason for which the product cannot start, such as a bad setting or a data directory in use.
 *
 * <p>The message is written for the operator and is shown as it is; it never contains a secret. There is no stack
 * trace, because the cause is outside the program.
 */
public abstract class StartupException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String message;

    /** Creates the exception with a message that says what is wrong and what to do about it. */
    protected StartupException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.message = message;
    }

    /** What is wrong and what to do about it. */
    @Override
    public final String getMessage() {
        return message;
    }
}
