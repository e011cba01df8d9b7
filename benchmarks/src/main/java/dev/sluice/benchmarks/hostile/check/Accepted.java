package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.input.Hook;
import dev.sluice.benchmarks.hostile.wire.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * An event that was acknowledged.
 *
 * @param body what was sent
 * @param result what an Instant workflow answered, as text; else null
 * @param where batch and request
 */
@SuppressWarnings("ArrayRecordComponent") // compared byte by byte with what is read back
public record Accepted(Hook hook, String event, List<String> executions, byte[] body, @Nullable String result, String where) {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /** What an answer to an event acknowledges; null if nothing, or what was acknowledged before. */
    public static @Nullable Accepted of(Hook hook, byte[] body, Answer answer, String where) {
        String event = answer.header("x-fastn-event-id");
        String execution = answer.header("x-fastn-execution-id");
        if (event != null && execution != null) {
            return new Accepted(hook, event, List.of(execution), body, answer.status() == OK ? answer.text() : null, where);
        }
        if (answer.status() != ACCEPTED) {
            return null;
        }
        JsonObject json = new JsonObject(answer.text());
        return json.getBoolean("duplicate", false)
                ? null
                : new Accepted(hook, json.getString("eventId"), executions(json), body, null, where);
    }

    /** The executions that an answer names. */
    public static List<String> executions(JsonObject json) {
        List<String> ids = new ArrayList<>();
        JsonArray executions = json.getJsonArray("executions");
        for (int i = 0; executions != null && i < executions.size(); i++) {
            ids.add(executions.getJsonObject(i).getString("id"));
        }
        return ids;
    }
}
