package dev.sluice.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The header {@code Host}: exactly one in HTTP/1.1, at most one in HTTP/1.0 (RFC 9112 §3.2). Belongs to one event loop,
 * which remembers the last one that was valid: most requests name the same.
 */
final class HostHeader {
    private String valid = "";

    /** What is wrong with it, or null. */
    @Nullable Problem problem(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() == 1 ? isValid(request, hosts.getFirst())
                : hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0) {
            return null;
        }
        return Problem.of(400, hosts.isEmpty() ? "send the header Host" : "send one header Host that names a host");
    }

    private boolean isValid(HttpServerRequest request, String host) {
        if (host.isEmpty()) {
            return false;
        }
        if (host.equals(valid)) {
            return true;
        }
        boolean fits = ((HttpServerRequestInternal) request).isValidAuthority();
        if (fits) {
            valid = host;
        }
        return fits;
    }
}
