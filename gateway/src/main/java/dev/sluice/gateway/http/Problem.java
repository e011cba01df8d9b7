package dev.sluice.gateway.http;

import dev.sluice.config.json.ObjectText;
import dev.sluice.config.json.RawJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * An error as the caller sees it: {@code application/problem+json} (RFC 9457).
 *
 * @param detail what is wrong with this request and what to do
 * @param extensions further members, such as the field at fault; a {@link RawJson} is passed on as it is
 */
public record Problem(int status, String detail, Map<String, ?> extensions) {
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    /** The media type of problems. */
    public static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/problem+json");

    /** A problem without further members. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of());
    }

    /** This problem as an exception, for code that runs on a virtual thread. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** Ends the response with this problem; headers set before stay. */
    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        LOG.debug("answered {}: {}", status, detail);
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE).end(body());
    }

    Buffer body() {
        ObjectText body = new ObjectText()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        extensions.forEach((name, value) ->
                body.put(name, value instanceof RawJson raw ? raw : new RawJson(Json.encode(value))));
        return Buffer.buffer(body.toJson().text());
    }
}
