package dev.sluice.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The header {@code Expect} (RFC 9110 §10.1.1). */
final class Expectation {
    private static final String CONTINUE = "100-continue";

    private Expectation() {}

    /** Whether the sender holds its body back until it is told to go on. */
    static boolean wantsContinue(HttpServerRequest request) {
        String expected = request.getHeader(HttpHeaderNames.EXPECT);
        return expected != null && expected.equalsIgnoreCase(CONTINUE) && request.version() != HttpVersion.HTTP_1_0;
    }

    /** Why the expectation cannot be met, or null. */
    static @Nullable Problem unmet(HttpServerRequest request) {
        String expected = request.getHeader(HttpHeaderNames.EXPECT);
        return expected == null || expected.equalsIgnoreCase(CONTINUE)
                ? null
                : Problem.of(417, "the only expectation that is met is 100-continue");
    }
}
