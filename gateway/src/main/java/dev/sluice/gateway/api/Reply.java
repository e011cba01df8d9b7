package dev.sluice.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.function.Function;

/** What an endpoint answers. */
record Reply(int status, String contentType, Buffer body) {
    static Reply json(int status, JsonObject body) {
        return new Reply(status, "application/json", body.toBuffer());
    }

    static Reply ok(JsonObject body) {
        return json(200, body);
    }

    static Reply noContent() {
        return new Reply(204, "", Buffer.buffer());
    }

    /**
     * One page of a list: {@code {items, nextCursor}}.
     *
     * @param found at most one more than the page holds; the one more tells that there is a next page
     * @param cursor names an item so that the next page begins after it
     */
    static Reply page(List<JsonObject> found, int limit, Function<JsonObject, String> cursor) {
        boolean more = found.size() > limit;
        List<JsonObject> items = more ? found.subList(0, limit) : found;
        return ok(new JsonObject()
                .put("items", new JsonArray(List.copyOf(items)))
                .put("nextCursor", more ? cursor.apply(items.getLast()) : null));
    }

    void send(HttpServerResponse response) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status);
        if (!contentType.isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
        response.end(body);
    }
}
