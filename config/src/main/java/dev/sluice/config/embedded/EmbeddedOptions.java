package dev.sluice.config.embedded;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Which embedded servers are wanted.
 *
 * @param postgres whether PostgreSQL is wanted
 * @param redis whether Redis is wanted
 * @param binaries where unpacked server binaries are kept; null for a folder in the data directory
 */
public record EmbeddedOptions(boolean postgres, boolean redis, @Nullable Path binaries) {
    /** Both servers, binaries kept in the data directory. */
    public static EmbeddedOptions all() {
        return new EmbeddedOptions(true, true, null);
    }

    /** The chosen servers, binaries kept in the data directory. */
    public static EmbeddedOptions of(boolean postgres, boolean redis) {
        return new EmbeddedOptions(postgres, redis, null);
    }
}
