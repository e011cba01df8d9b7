package dev.sluice.config.settings;

/**
 * The HTTP edge.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param bodyLimit largest accepted request body, in bytes
 */
public record HttpSettings(String host, int port, int bodyLimit) {}
