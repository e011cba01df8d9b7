package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.DeduplicationKey;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.InvalidFieldException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** Finds an event's deduplication key. An event without one is never a duplicate. */
final class DeduplicationKeys {
    private static final Pattern DOT = Pattern.compile("\\.");

    private DeduplicationKeys() {}

    static @Nullable Sha256 find(@Nullable DeduplicationKey key, HttpServerRequest request, byte[] body) {
        String value = switch (key) {
            case null -> null;
            case DeduplicationKey.Header(var name) -> request.getHeader(name);
            case DeduplicationKey.Path(var path) -> atPath(body, path);
        };
        return value == null ? null : Sha256.of(value);
    }

    private static @Nullable String atPath(byte[] body, String path) {
        Object value;
        try {
            value = ExactJson.object(Buffer.buffer(body));
        } catch (InvalidFieldException notAnObject) {
            return null;
        }
        for (String name : DOT.split(path, -1)) {
            value = value instanceof JsonObject object ? object.getValue(name) : null;
        }
        return value == null || value instanceof JsonObject || value instanceof JsonArray ? null : value.toString();
    }
}
