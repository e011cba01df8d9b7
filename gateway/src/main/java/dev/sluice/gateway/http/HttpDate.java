package dev.sluice.gateway.http;

import io.vertx.core.http.HttpHeaders;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The value of the header {@code Date} (RFC 9110 §6.6.1), formatted once a second. Belongs to one event loop. */
final class HttpDate {
    private long second = -1;
    private CharSequence text = "";

    CharSequence now() {
        long current = System.currentTimeMillis() / 1000;
        if (current != second) {
            second = current;
            text = HttpHeaders.createOptimized(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.ofEpochSecond(current).atOffset(ZoneOffset.UTC)));
        }
        return text;
    }
}
