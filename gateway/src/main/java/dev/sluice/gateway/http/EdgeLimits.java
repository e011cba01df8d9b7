package dev.sluice.gateway.http;

import java.time.Duration;

/**
 * What a node gives to senders that it does not know yet.
 *
 * @param connections shared by all event loops of the node
 * @param bodies memory for unfinished bodies, likewise shared
 * @param headerTimeout from accepting a connection to the end of its first request's headers
 * @param bodyTimeout how long a body may take, see {@link Bodies}
 */
public record EdgeLimits(ConnectionLimit connections, BodyBudget bodies, Duration headerTimeout, Duration bodyTimeout) {}
