package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Measures how long after its 202 an execution starts on an idle node: each event is sent when the execution before it has
 * ended. A measurement and not a test, as it says something only on a quiet machine.
 */
final class StartLatency {
    private static final int WARM_UP = 500;
    private static final int MEASURED = 500;

    private StartLatency() {}

    public static void main(String[] arguments) throws Exception {
        try (RunningSluice sluice = RunningSluice.start(Map.of())) {
            Client client = sluice.client();
            String webhook = client.openWebhook(client.workflow("measured", "return ctx.input;"));
            double[] afterAnswer = new double[MEASURED];
            double[] afterSend = new double[MEASURED];
            for (int i = -WARM_UP; i < MEASURED; i++) {
                Instant sent = Instant.now();
                Answer answer = client.event(webhook, "{\"event_type\":\"order.created\"}");
                Instant answered = Instant.now();
                JsonObject ended = client.awaitEnd(Client.executionOf(answer));
                Instant started = Instant.parse(ended.getString("startedAt"));
                if (i >= 0) {
                    afterAnswer[i] = millis(answered, started);
                    afterSend[i] = millis(sent, started);
                }
            }
            print("start after the 202 was read", afterAnswer);
            print("start after the event was sent", afterSend);
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static void print(String what, double[] values) {
        Arrays.sort(values);
        System.out.printf("%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d events)%n", what,
                values[values.length / 2], values[values.length * 99 / 100], values[values.length - 1], values.length);
    }
}
