package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.Credentials;
import dev.sluice.config.json.JsonText;
import dev.sluice.config.json.RawJson;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of an event in the order received. {@link Credentials} are blanked before they are kept anywhere: they are
 * worth stealing and nothing needs them again.
 */
public record EventHeaders(List<Header> headers) {
    /** No headers. */
    public static final EventHeaders NONE = new EventHeaders(List.of());

    /** One header as sent. */
    public record Header(String name, String value) {}

    public EventHeaders {
        headers = List.copyOf(headers);
    }

    /** Headers as received, credentials blanked. */
    public static EventHeaders received(Iterable<Map.Entry<String, String>> entries, Credentials credentials) {
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries) {
            String name = entry.getKey();
            headers.add(new Header(name, credentials.inHeader(name) ? Credentials.BLANK : entry.getValue()));
        }
        return new EventHeaders(headers);
    }

    /** Appends the stored form: an array of {@code [name, value]}. */
    void appendJson(StringBuilder json) {
        char separator = '[';
        for (Header header : headers) {
            JsonText.string(json.append(separator).append('['), header.name());
            JsonText.string(json.append(','), header.value()).append(']');
            separator = ',';
        }
        json.append(headers.isEmpty() ? "[]" : "]");
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static EventHeaders ofJson(RawJson json) {
        List<Header> headers = new ArrayList<>();
        for (List<String> pair : json.pairs()) {
            headers.add(new Header(pair.get(0), pair.get(1)));
        }
        return new EventHeaders(headers);
    }

    /**
     * What workflow code sees: lower-case names, repeated headers joined with a comma (RFC 9110 §5.3), no credentials,
     * and the route's own headers over the sender's.
     */
    public Map<String, String> forWorkflow(Map<String, String> routeHeaders) {
        Map<String, String> seen = new HashMap<>();
        for (Header header : headers) {
            if (!header.value().equals(Credentials.BLANK)) {
                seen.merge(header.name().toLowerCase(Locale.ROOT), header.value(), (first, second) -> first + ", " + second);
            }
        }
        routeHeaders.forEach((name, value) -> seen.put(name.toLowerCase(Locale.ROOT), value));
        return seen;
    }
}
