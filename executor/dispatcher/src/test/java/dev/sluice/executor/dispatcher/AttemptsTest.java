package dev.sluice.executor.dispatcher;

import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTest {
    private static final JsonObject ERROR = new JsonObject().put("name", "Error").put("message", "no").put("stack", "");

    @Test
    void anAttemptHasItsTimesItsErrorAndItsLogs() {
        JsonObject attempt = new JsonObject(Attempts.ended(2, "timeout", ERROR, run("one", "two\0")));

        assertThat(attempt).isEqualTo(new JsonObject().put("attempt", 2).put("status", "timeout")
                .put("startedAt", "1970-01-01T00:00:00Z").put("durationMs", 1.5).put("error", ERROR)
                .put("logs", new JsonArray().add(line("one")).add(line("two\uFFFD"))));
    }

    @Test
    void longLogsAreCutAndSaySo() {
        JsonArray logs = new JsonObject(Attempts.ended(1, "failed", ERROR, run("short", "x".repeat(20_000), "behind", "last")))
                .getJsonArray("logs");

        assertThat(logs).hasSize(3);
        assertThat(logs.getJsonObject(0).getString("message")).isEqualTo("short");
        assertThat(logs.getJsonObject(1).getString("message")).hasSize((16 << 10) - 5).matches("x+");
        assertThat(logs.getJsonObject(2).getString("message")).startsWith("3621 characters of this line and 2 more lines are left out");
    }

    @Test
    void aLongErrorKeepsItsNameAndTheStartOfItsMessage() {
        JsonObject error = new JsonObject().put("name", "E").put("message", "m".repeat(10_000)).put("stack", "s".repeat(40_000));
        JsonObject kept = new JsonObject(Attempts.ended(1, "failed", error, run())).getJsonObject("error");

        assertThat(kept.getString("name")).isEqualTo("E");
        assertThat(kept.getString("message")).hasSize(4_097).startsWith("mmm");
        assertThat(kept.getString("omitted")).contains("characters");
        assertThat(kept.containsKey("stack")).isFalse();
    }

    private static JsonObject line(String message) {
        return new JsonObject().put("at", "1970-01-01T00:00:00Z").put("level", "info").put("message", message);
    }

    private static Outcome.Run run(String... lines) {
        List<Outcome.LogLine> logs = Stream.of(lines)
                .map(line -> new Outcome.LogLine(Instant.EPOCH, Outcome.Level.INFO, line)).toList();
        return new Outcome.Run(Instant.EPOCH, Duration.ofNanos(1_500_000), Duration.ZERO, logs, false);
    }
}
