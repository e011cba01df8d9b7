package dev.sluice.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The header {@code Host}: exactly one in HTTP/1.1, at most one in HTTP/1.0 (RFC 9112 §3.2). */
final class HostHeader {
    private HostHeader() {}

    /** What is wrong with it, or null. */
    static @Nullable Problem problem(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean valid = hosts.size() == 1
                ? !hosts.getFirst().isEmpty() && ((HttpServerRequestInternal) request).isValidAuthority()
                : hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
        return valid ? null : Problem.of(400, hosts.isEmpty() ? "send the header Host" : "send one header Host that names a host");
    }
}
