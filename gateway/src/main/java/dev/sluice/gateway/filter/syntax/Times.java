package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Timestamp;
import dev.sluice.gateway.filter.json.Utf8;

import java.time.Instant;

/** Times in filters. */
final class Times {
    private static final int LEAP_SECOND_AT = "2016-12-31T23:59".length();
    private static final int LONGEST = 64;

    private Times() {}

    static Instant instant(Place place) throws FilterException {
        byte[] text = Utf8.bytes(place.text());
        long seconds = Timestamp.seconds(text, 0, text.length);
        if (seconds == Timestamp.NOT) {
            throw place.refuse("must be a time such as 2026-05-01T12:00:00Z, or a date");
        }
        remarkLeapSecond(place, place.text());
        return Instant.ofEpochSecond(seconds, Timestamp.nanos(text, 0, text.length));
    }

    /** A second 60 is legal, and has its own meaning as a time and as a text. */
    static void remarkLeapSecond(Place place, String text) {
        byte[] bytes = Utf8.bytes(text.length() <= LONGEST ? text : "");
        if (text.startsWith(":60", LEAP_SECOND_AT) && Timestamp.seconds(bytes, 0, bytes.length) != Timestamp.NOT) {
            place.remark("second 60 is a leap second: $before and $after take it as the beginning of the next minute, "
                    + "elsewhere it equals only the same text");
        }
    }
}
