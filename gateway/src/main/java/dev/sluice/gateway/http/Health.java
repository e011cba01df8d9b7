package dev.sluice.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready}: is the process alive, and can it do its work. */
public final class Health {
    private static final long TIMEOUT_MS = 2000;

    /** Asks one thing this node depends on; the answer is a detail to show, a failure means it does not answer. */
    @FunctionalInterface
    public interface Check {
        /** Asks now. */
        Future<String> ask();
    }

    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Supplier<Boolean> draining;

    /** Health without checks. */
    public Health(Supplier<Boolean> draining) {
        this.draining = draining;
    }

    /** Adds something this node depends on. */
    public Health check(String name, Check check) {
        checks.put(name, check);
        return this;
    }

    /** Answers 200: the process runs and its event loop turns. */
    public void live(HttpServerRequest request) {
        send(request, 200, new JsonObject().put("status", "up"));
    }

    /** Answers 200 if everything answers and the node is not draining, else 503; with the detail of each. */
    public void ready(HttpServerRequest request) {
        JsonObject details = new JsonObject();
        Future<Boolean> all = Future.succeededFuture(!draining.get());
        if (draining.get()) {
            details.put("node", "draining");
        }
        for (Map.Entry<String, Check> entry : checks.entrySet()) {
            Future<Boolean> one = ask(entry.getValue()).timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .map(detail -> {
                        details.put(entry.getKey(), detail);
                        return true;
                    })
                    .otherwise(failure -> {
                        details.put(entry.getKey(), "down: " + failure.getMessage());
                        return false;
                    });
            all = all.compose(before -> one.map(now -> before && now));
        }
        all.onSuccess(ready -> send(request, ready ? 200 : 503,
                new JsonObject().put("status", ready ? "ready" : "not ready").put("checks", details)));
    }

    private static Future<String> ask(Check check) {
        try {
            return check.ask();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static void send(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
