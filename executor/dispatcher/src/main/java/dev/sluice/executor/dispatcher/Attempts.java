package dev.sluice.executor.dispatcher;

import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes down attempts that did not end their execution, each with a bounded size; what is left out says so. */
final class Attempts {
    private static final int MAX_LOG_CHARACTERS = 16 << 10;
    private static final int MAX_ERROR_CHARACTERS = 32 << 10;
    private static final int MAX_MESSAGE_CHARACTERS = 4 << 10;

    private Attempts() {}

    /** An attempt that the sandbox saw the end of. */
    static String ended(int number, String status, JsonObject error, Outcome.Run run) {
        return new JsonObject()
                .put("attempt", number)
                .put("status", status)
                .put("startedAt", run.startedAt().toString())
                .put("durationMs", (double) run.duration().toNanos() / 1e6)
                .put("error", bounded(error))
                .put("logs", logs(run, MAX_LOG_CHARACTERS))
                .encode();
    }

    /** An attempt whose sandbox went away; nobody knows what it logged. */
    static String lost(int number, String reason) {
        return new JsonObject()
                .put("attempt", number)
                .put("status", "lost")
                .put("lostAt", Instant.now().toString())
                .put("error", new JsonObject().put("name", "SandboxLostError").put("message", start(reason)))
                .encode();
    }

    /** The log's lines up to a number of characters. */
    static JsonArray logs(Outcome.Run run, int maxCharacters) {
        JsonArray lines = new JsonArray();
        int left = maxCharacters;
        List<Outcome.LogLine> logged = run.logs();
        for (int i = 0; i < logged.size(); i++) {
            Outcome.LogLine line = logged.get(i);
            String message = ErrorJson.clean(line.message());
            boolean fits = message.length() <= left;
            lines.add(new JsonObject()
                    .put("at", line.at().toString())
                    .put("level", line.level().name().toLowerCase(Locale.ROOT))
                    .put("message", fits ? message : message.substring(0, left)));
            left -= message.length();
            if (!fits) {
                return lines.add(warning("%d characters of this line and %d more lines are left out, for the workflow was tried again"
                        .formatted(-left, logged.size() - i - 1)));
            }
        }
        return run.logsTruncated() ? lines.add(warning("more was logged than is kept")) : lines;
    }

    private static JsonObject warning(String message) {
        return new JsonObject().put("level", "warn").put("message", message);
    }

    private static JsonObject bounded(JsonObject error) {
        int length = error.encode().length();
        return length <= MAX_ERROR_CHARACTERS
                ? error
                : new JsonObject()
                        .put("name", start(String.valueOf(error.getValue("name"))))
                        .put("message", start(String.valueOf(error.getValue("message"))))
                        .put("omitted", "the rest of %d characters".formatted(length));
    }

    private static String start(String text) {
        return text.length() <= MAX_MESSAGE_CHARACTERS ? text : text.substring(0, MAX_MESSAGE_CHARACTERS) + "…";
    }
}
