package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits mean exactly what they say in each window. A window may end while a test runs, so requests are counted by the
 * window that their answers name: the one that was used up must have granted its limit, no more and no less.
 */
@ExtendWith(SluiceResolver.class)
class QuotaTest {
    private static final int WINDOWS = 3;

    private final RunningSluice sluice;

    QuotaTest(RunningSluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void theFreePlanTakesTenEventsAMinute() throws Exception {
        Client client = sluice.newOrganization("free");
        String webhook = client.openWebhook(client.workflow("free", "return 1;"));
        List<Answer> granted = new ArrayList<>();
        Answer refused = useUp(10, granted, () -> client.event(webhook, "{}"));
        isRefusal(refused, "organization_", "events_per_minute", 10);
        assertThat(granted).allSatisfy(answer -> answer.expect(202));
        assertThat(client.all("/events?triggerId=" + webhook)).as("what is refused is not kept").hasSameSizeAs(granted);
    }

    @Test
    void theFreePlanAnswersTwentyApiCallsAMinute() throws Exception {
        Client client = sluice.newOrganization("free");
        List<Answer> granted = new ArrayList<>();
        Answer refused = useUp(20, granted, () -> client.get("/workflows"));
        isRefusal(refused, "organization_", "api_calls_per_minute", 20);
        assertThat(granted).allSatisfy(answer -> answer.expect(200));
    }

    @Test
    void aCustomerMayHaveItsOwnLimitAndTouchesNoOther() {
        Client client = sluice.client();
        String run = UUID.randomUUID().toString();
        String webhook = client.sharedWebhook(client.workflow("limited-" + run, "return 1;"));
        String open = client.openWebhook("limited-" + run);
        client.post("/customers", new JsonObject().put("name", "Small").put("slug", "small-" + run)
                .put("limits", new JsonObject().put("events_per_minute", new JsonObject().put("limit", 2)))).expect(201);
        Client small = client.as("small-" + run, webhook);
        Answer refused = useUp(2, new ArrayList<>(), () -> small.event(webhook, "{}"));
        isRefusal(refused, "", "events_per_minute", 2);
        client.event(open, "{}").expect(202);
        client.put("/customers/small-" + run + "/limits", new JsonObject()).expect(200);
        small.event(webhook, "{}").expect(202);
    }

    /** Sends until the first refusal and answers it. */
    private static Answer useUp(int limit, List<Answer> granted, Supplier<Answer> request) {
        Answer answer = request.get();
        while (answer.status() != 429) {
            granted.add(answer);
            assertThat(answer.header("X-RateLimit-Limit")).isEqualTo(Integer.toString(limit));
            assertThat(granted).as("no window was used up").hasSizeLessThan(WINDOWS * limit);
            answer = request.get();
        }
        String window = requireNonNull(answer.header("X-RateLimit-Reset"));
        List<String> left = granted.stream().filter(before -> window.equals(before.header("X-RateLimit-Reset")))
                .map(before -> requireNonNull(before.header("X-RateLimit-Remaining"))).toList();
        assertThat(left.getLast()).isEqualTo("0");
        assertThat(left).as("granted in the window that was used up").hasSizeLessThanOrEqualTo(limit);
        if (left.size() < limit) {
            // Other calls of this organization came first in this window; what was left must have gone down to nothing.
            assertThat(left.getFirst()).isEqualTo(Integer.toString(left.size() - 1));
        }
        return answer;
    }

    private static void isRefusal(Answer answer, String scope, String dimension, int limit) {
        JsonObject problem = answer.problem(429);
        long reset = Long.parseLong(requireNonNull(answer.header("X-RateLimit-Reset")));
        long retryAfter = Long.parseLong(requireNonNull(answer.header("Retry-After")));
        assertThat(reset % 60).isZero();
        assertThat(reset - Instant.now().getEpochSecond()).isBetween(0L, 60L);
        assertThat(retryAfter).isBetween(1L, 60L);
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"" + scope + dimension + "\";q=" + limit + ";w=60");
        assertThat(answer.header("RateLimit")).matches("\"" + scope + dimension + "\";r=0;t=\\d{1,2}");
        assertThat(problem.getString("dimension")).isEqualTo(dimension);
        assertThat(problem.getInteger("limit")).isEqualTo(limit);
        assertThat(problem.getLong("resetAt")).isEqualTo(reset);
    }
}
