package dev.sluice.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The connections of one event loop. A new one that has not sent a whole request's headers within the header timeout is
 * closed, and so is one whose next headers do not come within the keep-alive time, however it trickles bytes. The time
 * of a body is bounded by {@link Bodies}.
 */
final class OpenConnections {
    private static final long LOOK_MILLIS = 500;

    private static final class Open {
        private final long since;
        private @Nullable HttpServerResponse latest;
        /** When the latest response was first seen ended; 0 for not yet. */
        private long idleSince;

        Open(long since) {
            this.since = since;
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
        open.put(connection, new Open(System.nanoTime()));
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
        }
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
        if (state.latest == null) {
            return now - state.since > headerNanos;
        }
        if (!state.latest.ended()) {
            return false;
        }
        if (state.idleSince == 0) {
            state.idleSince = now;
        }
        return now - state.idleSince > keepAliveNanos;
    }
}
