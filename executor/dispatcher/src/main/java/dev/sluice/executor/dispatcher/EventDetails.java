package dev.sluice.executor.dispatcher;

import dev.sluice.config.json.JsonText;
import dev.sluice.config.json.RawJson;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What is kept of an event besides its body, in the form it is stored in.
 *
 * @param headers as stored: an array of {@code [name, value]}
 * @param receipt what was decided about the event, and why
 * @param bodySize bytes of the body
 * @param compressed whether the body is stored in the form of {@link BodyCompression}
 */
public record EventDetails(String method, String path, @Nullable String query, RawJson headers,
        @Nullable String remoteAddress, RawJson receipt, int bodySize, boolean compressed) {

    /** The stored form: one JSON object. */
    public static String toJson(Event event, boolean compressed) {
        StringBuilder json = new StringBuilder(512);
        JsonText.string(json.append("{\"method\":"), event.method());
        JsonText.string(json.append(",\"path\":"), event.path());
        if (event.query() != null) {
            JsonText.string(json.append(",\"query\":"), event.query());
        }
        event.headers().appendJson(json.append(",\"headers\":"));
        if (event.remoteAddress() != null) {
            JsonText.string(json.append(",\"remoteAddress\":"), event.remoteAddress());
        }
        json.append(",\"receipt\":").append(event.receipt()).append(",\"bodySize\":").append(event.body().length());
        return json.append(compressed ? ",\"bodyCompression\":\"" + BodyCompression.NAME + "\"}" : "}").toString();
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static EventDetails ofJson(String text) {
        Map<String, RawJson> members = new RawJson(text).members();
        RawJson size = members.getOrDefault("bodySize", RawJson.NULL);
        return new EventDetails(string(members, "method", ""), string(members, "path", "/"),
                members.getOrDefault("query", RawJson.NULL).string(), members.getOrDefault("headers", new RawJson("[]")),
                members.getOrDefault("remoteAddress", RawJson.NULL).string(),
                members.getOrDefault("receipt", RawJson.NULL), Integer.parseInt(size.text()),
                members.containsKey("bodyCompression"));
    }

    private static String string(Map<String, RawJson> members, String name, String standard) {
        String value = members.getOrDefault(name, RawJson.NULL).string();
        return value == null ? standard : value;
    }

    /** The body as it was received. */
    public Buffer body(Buffer stored) {
        return compressed ? BodyCompression.decompress(stored, bodySize) : stored;
    }
}
