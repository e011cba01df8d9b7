package dev.sluice.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The connections of one event loop. Headers must be complete within the header timeout, from the acceptance of a
 * connection or the first byte of its next request, however they trickle; between requests a connection may rest for the
 * keep-alive time. The time of a body is bounded by {@link Bodies}.
 */
final class OpenConnections {
    private static final long LOOK_MILLIS = 500;

    /** One of them; sees every byte that arrives, for it stands first in the connection's pipeline. */
    private static final class Open extends ChannelInboundHandlerAdapter {
        private @Nullable HttpServerResponse latest;
        /** When the latest response was first seen ended; 0 for not yet. */
        private long idleSince;
        /** When a request began whose headers are not complete; 0 for none. */
        private long headSince;

        Open(long since) {
            this.headSince = since;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (headSince == 0 && latest != null && latest.ended()) {
                headSince = System.nanoTime();
            }
            context.fireChannelRead(bytes);
        }
    }

    private final ConnectionLimit limit;
    private final long headerNanos;
    private final long keepAliveNanos;
    private final IdentityHashMap<HttpConnection, Open> open = new IdentityHashMap<>();

    OpenConnections(Vertx vertx, ConnectionLimit limit, Duration headerTimeout, Duration keepAlive) {
        this.limit = limit;
        this.headerNanos = headerTimeout.toNanos();
        this.keepAliveNanos = keepAlive.toNanos();
        var _ = vertx.setPeriodic(LOOK_MILLIS, tick -> closeOverdue(System.nanoTime()));
    }

    /** A connection was accepted; one over the limit is closed. */
    void opened(HttpConnection connection) {
        if (!limit.tryOpen()) {
            connection.close();
            return;
        }
        Open state = new Open(System.nanoTime());
        open.put(connection, state);
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        pipeline.addFirst("heads", state);
        pipeline.addAfter("httpDecoder", "versions", SpokenVersions.INSTANCE);
        connection.exceptionHandler(failure -> answerBroken(connection, state, failure));
        connection.closeHandler(closed -> {
            if (open.remove(connection) != null) {
                limit.closed();
            }
        });
    }

    /** A request's headers have come. */
    void began(HttpServerRequest request) {
        Open connection = open.get(request.connection());
        if (connection != null) {
            connection.latest = request.response();
            connection.idleSince = 0;
            connection.headSince = 0;
        }
    }

    /**
     * Whatever the request waits for: after this the connection is closed, and what was not flushed is lost. That is so for
     * an answer, too, that was given before the rest of its request came in the same read.
     */
    private static void answerBroken(HttpConnection connection, Open state, Throwable failure) {
        if (BodyFailure.isLost(failure)) {
            return;
        }
        HttpServerResponse response = state.latest;
        if (response != null && !response.headWritten() && !response.closed()) {
            Problem.of(BodyFailure.MALFORMED.status(), BodyFailure.MALFORMED.detail())
                    .send(response.putHeader(HttpHeaders.CONNECTION, "close"));
        }
        connection.close();
    }

    private void closeOverdue(long now) {
        List<HttpConnection> overdue = new ArrayList<>();
        open.forEach((connection, state) -> {
            if (isOverdue(state, now)) {
                overdue.add(connection);
            }
        });
        overdue.forEach(HttpConnection::close);
    }

    private boolean isOverdue(Open state, long now) {
        if (state.headSince != 0) {
            return now - state.headSince > headerNanos;
        }
        if (state.latest == null || !state.latest.ended()) {
            return false;
        }
        if (state.idleSince == 0) {
            state.idleSince = now;
        }
        return now - state.idleSince > keepAliveNanos;
    }
}
