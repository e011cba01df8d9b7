package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.input.Attacker;
import dev.sluice.benchmarks.hostile.wire.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Each execution that was acknowledged is listed, and has ended. */
public final class EndingsCheck implements Check {
    private static final Set<String> UNDER_WAY = Set.of("pending", "running");
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Attacker attacker;
    private final ApiClient api;
    private final Bounds bounds;

    /** The check of one attacker's executions. */
    public EndingsCheck(Attacker attacker, ApiClient api, Bounds bounds) {
        this.attacker = attacker;
        this.api = api;
        this.bounds = bounds;
    }

    @Override
    public void check(Batch batch, Findings findings) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + bounds.ending().toNanos();
        while (isAnyUnderWay() && System.nanoTime() < deadline) {
            Thread.sleep(PERIOD);
        }
        Map<String, String> seen = list(batch, findings);
        batch.executions(attacker).forEach((id, where) -> {
            String status = seen.get(id);
            if (status == null) {
                findings.add(Invariant.ENDED, "an acknowledged execution is not listed", id, where);
            } else if (UNDER_WAY.contains(status)) {
                findings.add(Invariant.ENDED, "an acknowledged execution has not ended %d s after its batch".formatted(
                        bounds.ending().toSeconds()), status + " " + id, where);
            }
        });
    }

    private boolean isAnyUnderWay() throws IOException, InterruptedException {
        for (String status : UNDER_WAY) {
            if (!page("/executions?limit=1&status=" + status).getJsonArray("items").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Map<String, String> list(Batch batch, Findings findings) throws IOException, InterruptedException {
        Map<String, String> seen = new HashMap<>();
        String from = batch.startedAt().minusSeconds(1).truncatedTo(ChronoUnit.MILLIS).toString();
        @Nullable String cursor = "";
        while (cursor != null) {
            JsonObject page = page("/executions?limit=200&from=" + from + cursor);
            JsonArray items = page.getJsonArray("items");
            for (int i = 0; i < items.size(); i++) {
                JsonObject item = items.getJsonObject(i);
                if (seen.put(item.getString("id"), item.getString("status")) != null) {
                    findings.add(Invariant.READABLE, "an execution is listed twice", item.getString("id"), "batch " + batch.number());
                }
            }
            String next = page.getString("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return seen;
    }

    private JsonObject page(String path) throws IOException, InterruptedException {
        Answer answer = api.get(path);
        if (answer.status() != 200) {
            throw new IOException("GET " + path + " answered " + answer.status() + ": " + answer.text());
        }
        return new JsonObject(answer.text());
    }
}
