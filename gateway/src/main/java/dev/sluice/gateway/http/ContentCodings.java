package dev.sluice.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;


/** What a request's body is wrapped in. Only bodies as they are, whole or in chunks, are read here. */
public final class ContentCodings {
    private ContentCodings() {}

    /** The 415 for a content coding; null where there is none, or only {@code identity}, which changes nothing. */
    public static @Nullable Problem refusal(HttpServerRequest request) {
        return only(request, HttpHeaders.CONTENT_ENCODING, "identity", Integer.MAX_VALUE)
                ? null
                : Problem.of(415, "send the body as it is, without Content-Encoding");
    }

    /**
     * The 501 for a transfer coding besides one {@code chunked} (RFC 9112 §6.1); null where there is none. Where such a body
     * ends is not known here, so the connection must not be used again.
     */
    public static @Nullable Problem transferRefusal(HttpServerRequest request) {
        return only(request, HttpHeaders.TRANSFER_ENCODING, "chunked", 1)
                ? null
                : Problem.of(501, "send the body with Content-Length, or with Transfer-Encoding: chunked and no other coding");
    }

    /** Whether the elements of a list header (RFC 9110 §5.6.1) are this one, so often at most; empty ones do not count. */
    private static boolean only(HttpServerRequest request, CharSequence header, String coding, int most) {
        if (request.getHeader(header) == null) {
            return true; // as almost always, and without a list
        }
        int found = 0;
        for (String value : request.headers().getAll(header)) {
            for (int start = 0, end; start <= value.length(); start = end + 1) {
                end = value.indexOf(',', start);
                end = end < 0 ? value.length() : end;
                String element = value.substring(start, end).strip();
                if (element.isEmpty()) {
                    continue;
                }
                if (!element.equalsIgnoreCase(coding) || ++found > most) {
                    return false;
                }
            }
        }
        return true;
    }
}
