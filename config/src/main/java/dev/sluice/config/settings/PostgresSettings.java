package dev.sluice.config.settings;

/**
 * Where PostgreSQL is.
 *
 * @param uri {@code postgresql://user:password@host:port/database}; empty for the embedded server
 */
public record PostgresSettings(String uri) {
    /** Whether the node starts its own server. */
    public boolean embedded() {
        return uri.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresSettings[uri=" + Masked.uris(uri) + "]";
    }
}
