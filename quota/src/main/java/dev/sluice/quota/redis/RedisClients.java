package dev.sluice.quota.redis;

import dev.sluice.quota.QuotaMetrics;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Clients set up so that a Redis that is gone is noticed at once, and one that is back soon after. */
public final class RedisClients {
    private RedisClients() {}

    /** A client for one server; its owner also shuts down its resources. */
    public static RedisClient standalone(RedisSettings settings) {
        RedisClient client = RedisClient.create(resources(), uris(settings).getFirst());
        client.setOptions(options(ClientOptions.builder(), settings).build());
        return client;
    }

    /** A client for a cluster; its owner also shuts down its resources. */
    public static RedisClusterClient cluster(RedisSettings settings) {
        RedisClusterClient client = RedisClusterClient.create(resources(), uris(settings));
        // Besides, a client looks again whenever something is wrong: that is on by default.
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(settings.topologyRefresh())
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                        .refreshTriggersReconnectAttempts(1)
                        .build());
        options(builder, settings);
        client.setOptions(builder.build());
        return client;
    }

    static RedisLink link(RedisSettings settings, QuotaMetrics metrics, ScheduledExecutorService timer) {
        if (settings.cluster()) {
            RedisClusterClient client = cluster(settings);
            return new RedisLink(client, () -> client.refreshPartitionsAsync()
                    .thenCompose(refreshed -> client.connectAsync(ByteArrayCodec.INSTANCE))
                    .thenApply(connection -> new RedisLink.Open(connection, connection.async())), metrics, timer);
        }
        RedisClient client = standalone(settings);
        RedisURI uri = uris(settings).getFirst();
        return new RedisLink(client, () -> client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .thenApply(connection -> new RedisLink.Open(connection, connection.async())), metrics, timer);
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder, RedisSettings settings) {
        return builder
                // A call that waits for a connection would only be too late: the failure policy decides at once.
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .keepAlive(true)
                        .build());
    }

    private static ClientResources resources() {
        return ClientResources.builder()
                // The default backs off to 30 s, far longer than a failover takes.
                .reconnectDelay(Delay.constant(Duration.ofMillis(200)))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
    }

    private static List<RedisURI> uris(RedisSettings settings) {
        return settings.uris().stream().map(text -> {
            RedisURI uri = RedisURI.create(text);
            uri.setTimeout(settings.connectTimeout());
            return uri;
        }).toList();
    }
}
