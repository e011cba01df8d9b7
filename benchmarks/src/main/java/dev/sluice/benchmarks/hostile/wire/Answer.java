package dev.sluice.benchmarks.hostile.wire;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A final answer as it came over the wire.
 *
 * @param headers by lower-case name; of several with one name the last
 * @param last whether the server closes the connection after it
 */
@SuppressWarnings("ArrayRecordComponent") // a body, never compared by equals
public record Answer(int status, Map<String, String> headers, byte[] body, boolean last) {
    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** This answer with another body. */
    public Answer withBody(byte[] other) {
        return new Answer(status, headers, other, last);
    }
}
