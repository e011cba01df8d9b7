package dev.sluice.gateway.api;

import dev.sluice.config.json.ObjectText;
import dev.sluice.config.json.RawJson;
import dev.sluice.executor.dispatcher.history.Item;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    static Reply ok(RawJson body) {
        return new Reply(200, "application/json", Buffer.buffer(body.text()));
    }

    /**
     * One page of a list: {@code {items, nextCursor}}.
     *
     * @param found at most one more than the page holds; the one more tells that there is a next page
     * @param cursor names an item so that the next page begins after it
     */
    static Reply page(List<JsonObject> found, int limit, Function<JsonObject, String> cursor) {
        return page(found.stream().map(item -> new Item(cursor.apply(item), new RawJson(item.encode()))).toList(), limit);
    }

    /** One page of a list whose items name themselves. */
    static Reply page(List<Item> found, int limit) {
        boolean more = found.size() > limit;
        List<Item> items = more ? found.subList(0, limit) : found;
        String array = items.stream().map(item -> item.json().text()).collect(Collectors.joining(",", "[", "]"));
        return ok(new ObjectText()
                .put("items", new RawJson(array))
                .put("nextCursor", more ? items.getLast().id() : null)
                .toJson());
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
