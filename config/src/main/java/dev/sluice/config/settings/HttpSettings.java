package dev.sluice.config.settings;

import java.time.Duration;

/**
 * The HTTP edge.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param bodyLimit largest accepted request body, in bytes
 * @param maxBodyBytes memory for bodies that are not handed over yet, in bytes
 * @param maxConnections connections accepted at a time
 * @param headerTimeout from accepting a connection to the end of its first request's headers
 * @param bodyTimeout how long a body may take, besides what its sender earns by sending
 */
public record HttpSettings(String host, int port, int bodyLimit, long maxBodyBytes, int maxConnections,
        Duration headerTimeout, Duration bodyTimeout) {}
