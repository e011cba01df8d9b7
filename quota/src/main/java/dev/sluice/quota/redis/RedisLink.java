package dev.sluice.quota.redis;

import dev.sluice.config.log.Outage;
import dev.sluice.quota.QuotaMetrics;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The one connection to Redis that all lanes share. It opens in the background, and again whenever it breaks. */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long CONNECT_AGAIN_MILLIS = 500;

    /** A connection that is open, and the scripting commands on it. */
    record Open(StatefulConnection<byte[], byte[]> connection, RedisScriptingAsyncCommands<byte[], byte[]> commands) {}

    private final Outage unconnected = new Outage(LOG, "there is no connection to Redis yet");
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<Open>> connector;
    private final QuotaMetrics metrics;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<Void> firstConnected = new CompletableFuture<>();
    private final AtomicInteger doubts = new AtomicInteger();
    private volatile @Nullable Open open;
    private volatile boolean healthy = true;
    private volatile boolean closed;

    /**
     * @param client shut down with the link, together with its resources
     * @param connector opens a connection of the client
     */
    RedisLink(
            AbstractRedisClient client, Supplier<CompletionStage<Open>> connector, QuotaMetrics metrics,
            ScheduledExecutorService timer) {
        this.client = client;
        this.metrics = metrics;
        this.connector = connector;
        this.timer = timer;
        client.getResources().eventBus().get()
                .filter(ClusterTopologyChangedEvent.class::isInstance)
                .subscribe(event -> doubts.incrementAndGet());
        connect();
    }

    private void connect() {
        CompletionStage<Open> connecting;
        try {
            connecting = connector.get();
        } catch (RuntimeException e) {
            connecting = CompletableFuture.failedStage(e);
        }
        connecting.whenComplete((opened, failure) -> {
            if (opened != null) {
                open = opened;
                unconnected.over();
                firstConnected.complete(null);
            } else if (!closed) {
                unconnected.failed(innermost(root(failure)).toString());
                var _ = timer.schedule(this::connect, CONNECT_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Completes when there was a connection for the first time. */
    CompletionStage<Void> firstConnected() {
        return firstConnected;
    }

    boolean isConnected() {
        Open now = open;
        return now != null && now.connection().isOpen();
    }

    /**
     * Changes whenever counts on the server may have been lost: a call failed after others had not, or a cluster has
     * other masters.
     */
    int doubts() {
        return doubts.get();
    }

    /** Calls a script. Fails within the command timeout, at once when there is no connection. */
    CompletionStage<List<Object>> call(Script script, byte[][] keys, byte[] value) {
        Open now = open;
        if (now == null) {
            return CompletableFuture.failedFuture(new RedisConnectionException("not connected yet"));
        }
        metrics.redisCalls().increment();
        CompletableFuture<List<Object>> reply = new CompletableFuture<>();
        now.commands().<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, value)
                .whenComplete((values, failure) -> {
                    if (failure != null && root(failure) instanceof RedisNoScriptException) {
                        now.commands().<List<Object>>eval(script.source(), ScriptOutputType.MULTI, keys, value)
                                .whenComplete((again, failedAgain) -> complete(reply, again, failedAgain));
                    } else {
                        complete(reply, values, failure);
                    }
                });
        return reply;
    }

    private void complete(
            CompletableFuture<List<Object>> reply, @Nullable List<Object> values, @Nullable Throwable failure) {
        if (values != null) {
            healthy = true;
            reply.complete(values);
            return;
        }
        if (healthy) {
            healthy = false;
            doubts.incrementAndGet();
        }
        reply.completeExceptionally(failure == null ? new IllegalStateException("no reply") : root(failure));
    }

    private static Throwable root(@Nullable Throwable failure) {
        Throwable root = failure instanceof CompletionException ? failure.getCause() : failure;
        return root == null ? new IllegalStateException("failed without a reason") : root;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    @Override
    public void close() {
        closed = true;
        Open now = open;
        if (now != null) {
            var _ = now.connection().closeAsync();
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        var _ = client.getResources().shutdown(0, 2, TimeUnit.SECONDS);
    }
}
