package dev.sluice.gateway.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.io.IOException;

/** Why a request has no body. */
public enum BodyFailure {
    /** Longer than is accepted. */
    TOO_LARGE(413, "the body is too large", true),
    /** Memory for bodies is used up: of the node, the webhook or organization, or the sender's address. */
    NO_MEMORY(503, "too many unfinished bodies are being received; send this one again", false),
    /** Not complete within its deadline. */
    TOO_SLOW(408, "the body did not arrive in time", false),
    /** Not the chunks that its headers announce. */
    MALFORMED(400, "the body cannot be read: its chunks are malformed", false),
    /** The connection is gone. */
    LOST(400, "the connection was closed before the body was complete", false);

    private final int status;
    private final String detail;
    /** Whether the rest of the body can be told from the next request. */
    private final boolean connectionUsable;

    BodyFailure(int status, String detail, boolean connectionUsable) {
        this.status = status;
        this.detail = detail;
        this.connectionUsable = connectionUsable;
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** Whether the connection is gone, and not what came on it wrong. */
    static boolean isLost(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    /**
     * Answers the request, where there is still a connection to answer on, and closes one that is of no more use.
     *
     * @param limit most bytes that the body might have had
     */
    public void answer(HttpServerRequest request, int limit) {
        String words = this == TOO_LARGE ? "%s; accepted are %d bytes".formatted(detail, limit) : detail;
        HttpServerResponse response = request.response();
        if (this == LOST || response.ended() || response.closed()) {
            return;
        }
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (connectionUsable) {
            Problem.of(status, words).send(response);
            return;
        }
        response.putHeader(HttpHeaders.CONNECTION, "close");
        Problem.of(status, words).send(response);
        // At once, and not when it is written: closing flushes, and after malformed chunks Vert.x drops what is not flushed.
        request.connection().close();
    }
}
