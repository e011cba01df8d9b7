package dev.sluice.gateway.running;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Speaks HTTP to a node. What it sends with every request, a copy can change. */
public final class Client {
    private static final Set<String> ENDINGS = Set.of("completed", "failed", "timeout", "cancelled");
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Supplier<String> url;
    private final Map<String, String> headers;

    Client(HttpClient http, Supplier<String> url, Map<String, String> headers) {
        this.http = http;
        this.url = url;
        this.headers = headers;
    }

    /** A client that also sends this header. */
    public Client with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Client(http, url, more);
    }

    /** Sends a request of any kind; throws {@link UncheckedIOException} if there is no answer. */
    public Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.get() + path))
                .timeout(REQUEST_LIMIT)
                .method(method, body);
        headers.forEach(request::header);
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the node says of itself: 200 when it is ready. */
    public int health() {
        return send("GET", "/health/ready", BodyPublishers.noBody()).status();
    }

    /** GET of a management path, such as {@code /workflows}. */
    public Answer get(String path) {
        return send("GET", "/api/v1" + path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", "/api/v1" + path, BodyPublishers.noBody());
    }

    public Answer post(String path, JsonObject body) {
        return send("POST", "/api/v1" + path, text(body.encode()));
    }

    public Answer put(String path, JsonObject body) {
        return send("PUT", "/api/v1" + path, text(body.encode()));
    }

    /** Sends an event as JSON. */
    public Answer event(String webhook, byte[] body) {
        return with("content-type", "application/json").send("POST", "/hooks/" + webhook, BodyPublishers.ofByteArray(body));
    }

    public Answer event(String webhook, String body) {
        return event(webhook, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates and deploys a workflow that runs once, whose function has this body; answers its slug. */
    public String workflow(String slug, String functionBody) {
        return workflow(slug, functionBody, new JsonObject().put("retry", false));
    }

    /** The same with further fields. */
    public String workflow(String slug, String functionBody, JsonObject fields) {
        post("/workflows", new JsonObject().put("name", slug).put("slug", slug)
                .put("code", "export default async function (ctx) {\n" + functionBody + "\n}\n")
                .mergeIn(fields)).expect(201);
        return slug;
    }

    /** Creates an open webhook that sends every event to the workflow; answers its id. */
    public String openWebhook(String workflow) {
        return webhook(workflow, new JsonObject().put("auth", new JsonObject().put("type", "none"))).getString("id");
    }

    /** Creates a webhook that customers share, with an API key, that sends every event to the workflow; answers its id. */
    public String sharedWebhook(String workflow) {
        return webhook(workflow, new JsonObject()).getString("id");
    }

    /** This client as a customer sends to a shared webhook: with its id or slug and its own secret. */
    public Client as(String customer, String webhook) {
        String secret = post("/triggers/" + webhook + "/customer-secret", new JsonObject().put("customerId", customer))
                .expect(200).json().getString("secret");
        return with("x-fastn-customer-id", customer).with("x-fastn-key", secret);
    }

    /** Creates a webhook with one route without filter; answers what the product said of it. */
    public JsonObject webhook(String workflow, JsonObject fields) {
        return post("/triggers", new JsonObject().put("type", "webhook").put("name", "to " + workflow)
                .put("routes", new JsonArray().add(new JsonObject().put("workflow", workflow)))
                .mergeIn(fields)).expect(201).json();
    }

    /** The one execution that a 202 names. */
    public static String executionOf(Answer accepted) {
        JsonArray executions = accepted.expect(202).json().getJsonArray("executions");
        if (executions.size() != 1) {
            throw new AssertionError("not one execution: " + accepted.text());
        }
        return executions.getJsonObject(0).getString("id");
    }

    /** The execution once it has ended, whichever way. */
    public JsonObject awaitEnd(String execution) {
        return Awaitility.await("end of " + execution).atMost(END_LIMIT).pollInterval(Duration.ofMillis(30))
                .until(() -> get("/executions/" + execution).expect(200).json(),
                        found -> ENDINGS.contains(found.getString("status")));
    }

    /** All items of a list, page by page. */
    public List<JsonObject> all(String pathWithQuery) {
        List<JsonObject> found = new ArrayList<>();
        @Nullable String cursor = "";
        while (cursor != null) {
            JsonObject page = get(pathWithQuery + cursor).expect(200).json();
            page.getJsonArray("items").forEach(item -> found.add((JsonObject) item));
            String next = page.getString("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return found;
    }

    private static BodyPublisher text(String body) {
        return BodyPublishers.ofString(body);
    }
}
