package dev.sluice.config.settings;

import java.util.List;

/**
 * Where Redis is.
 *
 * @param uris one server, or several nodes of one cluster; empty for the embedded server
 */
public record RedisSettings(List<String> uris) {
    /** Copies the list. */
    public RedisSettings {
        uris = List.copyOf(uris);
    }

    /** Whether the node starts its own server. */
    public boolean embedded() {
        return uris.isEmpty();
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "RedisSettings[uris=" + Masked.uris(String.join(",", uris)) + "]";
    }
}
