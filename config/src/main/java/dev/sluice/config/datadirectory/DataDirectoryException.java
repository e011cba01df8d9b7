package dev.sluice.config.datadirectory;

import dev.sluice.config.StartupException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Why a data directory cannot be used. */
public abstract sealed class DataDirectoryException extends StartupException {
    @Serial
    private static final long serialVersionUID = 1;

    private DataDirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Another living process owns the directory. */
    public static final class InUse extends DataDirectoryException {
        @Serial
        private static final long serialVersionUID = 1;

        InUse(Path directory) {
            super("data directory %s is in use by another running Sluice. Stop that one first (./sluice stop), or start "
                    .formatted(directory) + "this one with another data-dir", null);
        }
    }

    /** The directory cannot be created, read or written. */
    public static final class Unusable extends DataDirectoryException {
        @Serial
        private static final long serialVersionUID = 1;

        /** Names the directory and what failed. */
        public Unusable(Path directory, IOException cause) {
            super("data directory %s cannot be used: %s".formatted(directory, cause), cause);
        }
    }
}
