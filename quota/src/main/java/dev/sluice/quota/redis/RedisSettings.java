package dev.sluice.quota.redis;

import java.time.Duration;
import java.util.List;

/**
 * How quotas talk to Redis.
 *
 * @param uris {@code redis://} or {@code rediss://} URIs: of the server, or of some nodes of the cluster
 * @param cluster whether they are nodes of a Redis Cluster
 * @param commandTimeout longest wait for one call
 * @param connectTimeout longest wait for a connection
 * @param attempts how often a call is tried before Redis counts as away
 * @param retryDelay pause between attempts
 * @param topologyRefresh how often the nodes of a cluster are asked who holds what, besides when something is wrong
 */
public record RedisSettings(
        List<String> uris, boolean cluster, Duration commandTimeout, Duration connectTimeout, int attempts,
        Duration retryDelay, Duration topologyRefresh) {
    /** @throws IllegalArgumentException naming the setting that is out of range */
    public RedisSettings {
        uris = List.copyOf(uris);
        check(!uris.isEmpty(), "uris must not be empty");
        check(cluster || uris.size() == 1, "uris must be one unless they are a cluster's");
        check(attempts >= 1, "attempts must be at least 1");
        check(commandTimeout.isPositive() && connectTimeout.isPositive(), "timeouts must be positive");
        check(!retryDelay.isNegative(), "retry-delay must not be negative");
        check(topologyRefresh.isPositive(), "topology-refresh must be positive");
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public static RedisSettings standalone(String uri) {
        return new RedisSettings(List.of(uri), false, Duration.ofMillis(400), Duration.ofSeconds(1), 2,
                Duration.ofMillis(50), Duration.ofSeconds(2));
    }

    public static RedisSettings cluster(List<String> uris) {
        return new RedisSettings(uris, true, Duration.ofMillis(400), Duration.ofSeconds(1), 2,
                Duration.ofMillis(50), Duration.ofSeconds(2));
    }

    /** The longest that it takes to find, connect to and hear a Redis that is there again, once it is asked for. */
    public Duration discovery() {
        return topologyRefresh.plus(connectTimeout).plus(patience());
    }

    /** The longest that a request waits for counts before the failure policy decides. */
    public Duration patience() {
        return commandTimeout.multipliedBy(attempts).plus(retryDelay.multipliedBy(attempts - 1L));
    }
}
