package dev.sluice.executor.dispatcher;

import dev.sluice.config.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an event besides its body, in the form it is stored in.
 *
 * @param receipt what was decided about the event, and why
 * @param bodySize bytes of the body
 * @param compressed whether the body is stored in the form of {@link BodyCompression}
 */
public record EventDetails(String method, String path, @Nullable String query, JsonArray headers,
        @Nullable String remoteAddress, JsonObject receipt, int bodySize, boolean compressed) {

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

    /** Reads the stored form. */
    public static EventDetails ofJson(String text) {
        JsonObject json = new JsonObject(text);
        return new EventDetails(json.getString("method"), json.getString("path"), json.getString("query"),
                json.getJsonArray("headers"), json.getString("remoteAddress"), json.getJsonObject("receipt"),
                json.getInteger("bodySize"), json.containsKey("bodyCompression"));
    }

    /** The body as it was received. */
    public Buffer body(Buffer stored) {
        return compressed ? BodyCompression.decompress(stored, bodySize) : stored;
    }
}
