package dev.sluice.config.settings;

import java.util.List;

/**
 * The servers a node works on, the operator's or embedded ones.
 *
 * @param postgresUri {@code postgresql://user:password@host:port/database}, the user owning the database
 * @param redisUris one server, or several nodes of one cluster, {@code redis://:password@host:port}
 */
public record Connections(String postgresUri, List<String> redisUris) {
    /** Copies the list. */
    public Connections {
        redisUris = List.copyOf(redisUris);
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "Connections[postgresUri=%s, redisUris=%s]"
                .formatted(Masked.uris(postgresUri), Masked.uris(String.join(",", redisUris)));
    }
}
