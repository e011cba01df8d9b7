package dev.sluice.config.embedded;

import dev.sluice.config.StartupException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;

/** Why an embedded server cannot be had. */
public abstract sealed class EmbeddedServerException extends StartupException {
    @Serial
    private static final long serialVersionUID = 1;

    private EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** This machine cannot run the bundled servers; the operator has to name servers of their own. */
    public static final class Unsupported extends EmbeddedServerException {
        @Serial
        private static final long serialVersionUID = 1;

        Unsupported(String reason) {
            super("embedded servers cannot run here: %s. Or set postgres.uri and redis.uris to servers of your own"
                    .formatted(reason), null);
        }
    }

    /** The data on disk is of a PostgreSQL version that the bundled server cannot read. */
    public static final class Incompatible extends EmbeddedServerException {
        @Serial
        private static final long serialVersionUID = 1;

        Incompatible(String message) {
            super(message, null);
        }
    }

    /** A file of a server cannot be read or written, for instance because the disk is full. */
    public static final class Storage extends EmbeddedServerException {
        @Serial
        private static final long serialVersionUID = 1;

        Storage(String server, IOException cause) {
            super("embedded %s: %s".formatted(server, cause), cause);
        }
    }

    /** A server ended, or did not become ready in time. */
    public static final class StartFailed extends EmbeddedServerException {
        @Serial
        private static final long serialVersionUID = 1;

        StartFailed(String message) {
            super(message, null);
        }
    }
}
