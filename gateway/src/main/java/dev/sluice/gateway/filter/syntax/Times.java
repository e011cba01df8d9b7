package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Timestamp;
import dev.sluice.gateway.filter.json.Utf8;

import java.time.Instant;

/** Times in filters. */
final class Times {
    private Times() {}

    static Instant instant(Place place) throws FilterException {
        byte[] text = Utf8.bytes(place.text());
        long seconds = Timestamp.seconds(text, 0, text.length);
        if (seconds == Timestamp.NOT) {
            throw place.refuse("must be a time such as 2026-05-01T12:00:00Z, or a date");
        }
        return Instant.ofEpochSecond(seconds, Timestamp.nanos(text, 0, text.length));
    }
}
