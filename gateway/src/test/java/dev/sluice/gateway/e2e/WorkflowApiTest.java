package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A workflow from its draft to its end. */
@ExtendWith(SluiceResolver.class)
class WorkflowApiTest {
    private final Client client;
    private final String slug = "workflow-" + UUID.randomUUID();

    WorkflowApiTest(RunningSluice sluice) {
        client = sluice.client();
    }

    @Test
    void oneStepCreatesPublishesAndDeploys() {
        JsonObject created = client.post("/workflows", fields("return 1")).expect(201).json();
        assertThat(created.getString("slug")).isEqualTo(slug);
        assertThat(created.getInteger("version")).isEqualTo(1);
        assertThat(created.getString("status")).isEqualTo("active");
        assertThat(created.getString("tier")).isEqualTo("standard");
        assertThat(created.getInteger("timeoutMs")).isEqualTo(60_000);
        assertThat(created.getJsonObject("retry")).isEqualTo(new JsonObject().put("maxAttempts", 3)
                .put("initialIntervalMs", 5000).put("backoffCoefficient", 2.0).put("maxIntervalMs", 60_000));
        assertThat(client.get("/workflows/" + slug).expect(200).json()).isEqualTo(created);
        assertThat(client.get("/workflows/" + created.getString("id")).expect(200).json()).isEqualTo(created);
        assertThat(client.all("/workflows?limit=7")).contains(created);
        client.post("/workflows", fields("return 1")).problem(409);
    }

    @Test
    void aDraftRunsOnlyOncePublished() {
        JsonObject draft = client.post("/workflows", fields("return 'first'").put("draft", true)).expect(201).json();
        assertThat(draft.getInteger("version")).isZero();
        assertThat(draft.getString("status")).isEqualTo("inactive");
        assertThat(client.post("/workflows/" + slug + "/run", new JsonObject()).problem(409).getString("detail"))
                .contains("publish");
        JsonObject published = client.post("/workflows/" + slug + "/publish", new JsonObject()).expect(200).json();
        assertThat(published.getInteger("version")).isEqualTo(1);
        assertThat(published.getString("status")).isEqualTo("active");
        assertThat(run().getString("result")).isEqualTo("first");
    }

    @Test
    void anUpdateIsANewVersion() {
        client.post("/workflows", fields("return 'first'")).expect(201);
        client.put("/workflows/" + slug, new JsonObject().put("code", code("return 'draft'")).put("draft", true)).expect(200);
        assertThat(run().getString("result")).isEqualTo("first");
        JsonObject updated =
                client.put("/workflows/" + slug, new JsonObject().put("code", code("return 'second'"))).expect(200).json();
        assertThat(updated.getInteger("version")).isEqualTo(2);
        JsonObject execution = run();
        assertThat(execution.getString("result")).isEqualTo("second");
        assertThat(execution.getInteger("version")).isEqualTo(2);
    }

    @Test
    void aRoutedWorkflowStays() {
        client.post("/workflows", fields("return 1")).expect(201);
        String webhook = client.openWebhook(slug);
        assertThat(client.delete("/workflows/" + slug).problem(409).getJsonArray("triggers")).hasSize(1);
        client.delete("/triggers/" + webhook).expect(204);
        client.delete("/workflows/" + slug).expect(204);
        client.get("/workflows/" + slug).problem(404);
        client.event(webhook, "{}").problem(404);
    }

    @Test
    void aSyntaxErrorHasItsLine() {
        JsonObject problem = client.post("/workflows",
                fields("x").put("code", "export default async function (ctx) {\n  return 1;\n  const = 2;\n}\n")).problem(422);
        assertThat(problem.getString("field")).isEqualTo("code");
        assertThat(problem.getInteger("line")).isEqualTo(3);
        client.get("/workflows/" + slug).problem(404);
    }

    @Test
    void aManualRunHasInputHeadersResultAndLogs() {
        client.post("/workflows", fields("console.log('sum of', ctx.input); return [ctx.input.a + ctx.input.b, ctx.headers.x]"))
                .expect(201);
        String id = Client.executionOf(client.post("/workflows/" + slug + "/run", new JsonObject()
                .put("input", new JsonObject().put("a", 2).put("b", 3))
                .put("headers", new JsonObject().put("x", "y"))));
        JsonObject ended = client.awaitEnd(id);
        assertThat(ended.getString("status")).isEqualTo("completed");
        assertThat(ended.getString("triggeredBy")).isEqualTo("manual");
        assertThat(ended.getInteger("attempt")).isEqualTo(1);
        assertThat(ended.getDouble("durationMs")).isPositive();
        assertThat(ended.getJsonArray("result")).containsExactly(5, "y");
        assertThat(ended.getJsonArray("logs").getJsonObject(0).getString("message")).contains("sum of");
    }

    @Test
    void anErrorShowsTheLineOfTheFile() {
        client.post("/workflows", fields("\n\n  throw new TypeError('no such deal')").put("retry", false)).expect(201);
        JsonObject ended = run();
        assertThat(ended.getString("status")).isEqualTo("failed");
        JsonObject error = ended.getJsonObject("error");
        assertThat(error.getString("name")).isEqualTo("TypeError");
        assertThat(error.getString("message")).isEqualTo("no such deal");
        assertThat(error.getString("stack")).contains(":3:");
    }

    @Test
    void anInstantWorkflowAnswersInline() {
        client.post("/workflows", fields("""
                if (ctx.input.fail) throw new Error('refused'); return { twice: 2 * ctx.input.n }""")
                .put("tier", "instant")).expect(201);
        String webhook = client.openWebhook(slug);
        assertThat(client.event(webhook, "{\"n\":21}").expect(200).json()).isEqualTo(new JsonObject().put("twice", 42));
        assertThat(client.event(webhook, "{\"fail\":true}").problem(500).getString("detail")).contains("refused");
        assertThat(client.post("/workflows/" + slug + "/run", new JsonObject().put("input", new JsonObject().put("n", 4)))
                .expect(200).json()).isEqualTo(new JsonObject().put("twice", 8));
    }

    @Test
    void anInstantWorkflowThatTakesTooLongIsATimeout() {
        client.post("/workflows", fields("for (;;) await 0").put("tier", "instant").put("timeoutMs", 1000))
                .expect(201);
        JsonObject problem = client.event(client.openWebhook(slug), "{}").problem(504);
        assertThat(client.awaitEnd(problem.getString("executionId")).getString("status")).isEqualTo("timeout");
    }

    @Test
    void aSlugIsMadeOfAnyNameAndOneThatIsTakenIsNamed() {
        JsonObject fields = new JsonObject().put("name", "注文処理 " + slug).put("code", code("return 1"));
        String made = client.post("/workflows", fields).expect(201).json().getString("slug");
        assertThat(made).startsWith("workflow-").matches("[a-z0-9-]{1,63}");
        JsonObject problem = client.post("/workflows", fields).problem(409);
        assertThat(problem.getString("detail")).contains(made);
        assertThat(problem.getString("field")).isEqualTo("slug");
        assertThat(client.post("/customers", new JsonObject().put("name", "客户" + UUID.randomUUID())).expect(201).json()
                .getString("slug")).isNotBlank();
    }

    @Test
    void aChangeOfOneRetryFieldKeepsTheOthers() {
        JsonObject retry = new JsonObject().put("maxAttempts", 7).put("initialIntervalMs", 10)
                .put("backoffCoefficient", 1.5).put("maxIntervalMs", 99);
        client.post("/workflows", fields("return 1").put("retry", retry)).expect(201);
        assertThat(client.put("/workflows/" + slug, new JsonObject().put("retry", new JsonObject().put("maxAttempts", 2)))
                .expect(200).json().getJsonObject("retry")).isEqualTo(retry.copy().put("maxAttempts", 2));
    }

    @Test
    void anInputWithAnyNumberRunsOrIsRefused() {
        client.post("/workflows", fields("return String(ctx.input.n)").put("tier", "instant")).expect(201);
        for (String number : List.of("1e9999999999", "-1e-9999999999")) {
            assertThat(run("{\"input\":{\"n\":" + number + "}}").problem(400).getString("field")).isEqualTo("body");
        }
        assertThat(run("{\"input\":{\"n\":1e999999999}}").expect(200).text()).isEqualTo("\"Infinity\"");
        assertThat(run("{\"input\":{\"n\":1.5e-999999999}}").expect(200).text()).isEqualTo("\"0\"");
        assertThat(run("{\"input\":{\"n\":9007199254740993}}").expect(200).text()).isEqualTo("\"9007199254740992\"");
    }

    private Answer run(String body) {
        return client.with("content-type", "application/json")
                .send("POST", "/api/v1/workflows/" + slug + "/run", BodyPublishers.ofString(body));
    }

    private JsonObject fields(String functionBody) {
        return new JsonObject().put("name", "A workflow").put("slug", slug).put("code", code(functionBody));
    }

    private static String code(String functionBody) {
        return "export default async function (ctx) { " + functionBody + " }";
    }

    private JsonObject run() {
        return client.awaitEnd(Client.executionOf(client.post("/workflows/" + slug + "/run", new JsonObject())));
    }
}
