package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What the management API does not take: the caller is told why, and the log stays quiet. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiRefusalTest {
    private final RunningSluice sluice;
    private final Client client;
    private final Client stranger;
    private int logBefore;
    private int workflowsBefore;

    ApiRefusalTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
        stranger = sluice.strangerClient();
    }

    @BeforeAll
    void look() {
        logBefore = sluice.log().length();
        workflowsBefore = client.all("/workflows?limit=200").size();
    }

    @AfterAll
    void nothingIsStoredAndNothingLooksLikeAFault() {
        assertThat(client.all("/workflows?limit=200")).hasSize(workflowsBefore);
        assertThat(sluice.log().substring(logBefore)).doesNotContain("\tat ", "Exception", "ERROR", "WARN");
    }

    @Test
    void aKeyIsNeeded() {
        refused(401, "x-fastn-api-key", stranger.get("/workflows"));
        refused(401, "not valid", stranger.with("x-fastn-api-key", "fsk_live_0000").get("/workflows"));
        refused(401, "x-fastn-api-key", stranger.with("authorization", "Basic eA==").get("/workflows"));
    }

    @Test
    void theKeyMayComeAsBearer() {
        stranger.with("authorization", "Bearer " + sluice.liveKey()).get("/workflows").expect(200);
    }

    @Test
    void aTestKeyWorksInTestModeOnlyAndALiveKeyOnlyOutsideIt() {
        Client test = stranger.with("x-fastn-api-key", sluice.testKey());
        refused(403, "X-fastn-Test-Mode: true", test.get("/workflows"));
        test.with("x-fastn-test-mode", "true").get("/workflows").expect(200);
        refused(403, "live key must not", client.with("x-fastn-test-mode", "true").get("/workflows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\":\"x\"} trailing", "[]", "", "\"text\"", "{\"name\":\"\u0001\"}"})
    void bodiesMustBeJsonObjects(String body) {
        assertThat(json(body).problem(400).getString("field")).isEqualTo("body");
    }

    @Test
    void badUtf8IsNoJson() {
        assertThat(client.with("content-type", "application/json")
                .send("POST", "/api/v1/workflows", BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"'}))
                .problem(400).getString("field")).isEqualTo("body");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(json("{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000)).problem(400).getString("detail"))
                .contains("depth");
    }

    @Test
    void otherContentIsRefused() {
        refused(415, "application/json", client.with("content-type", "application/x-www-form-urlencoded")
                .send("POST", "/api/v1/workflows", BodyPublishers.ofString("{\"name\":\"x\"}")));
    }

    @Test
    void bodiesHaveABound() {
        refused(413, "8388608 bytes", json(" ".repeat((8 << 20) + 1)));
    }

    @Test
    void theFieldAtFaultIsNamed() {
        field("name", client.post("/workflows", new JsonObject().put("code", "export default async () => 1")));
        field("code", client.post("/workflows", new JsonObject().put("name", "x")));
        field("timeout", client.post("/workflows", valid().put("timeout", 5)));
        field("timeoutMs", client.post("/workflows", valid().put("timeoutMs", 1)));
        field("tier", client.post("/workflows", valid().put("tier", "quick")));
        field("retry.maxAttempts", client.post("/workflows",
                valid().put("retry", new JsonObject().put("maxAttempts", 0))));
        field("slug", client.post("/workflows", valid().put("slug", "Not A Slug")));
        field("limit", client.get("/executions?limit=0"));
        field("status", client.get("/executions?status=lost"));
        field("from", client.get("/executions?from=yesterday"));
        field("eventId", client.get("/executions?eventId=7"));
        field("customerId", client.get("/executions?customerId=nobody"));
        field("cursor", client.get("/executions?cursor=x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from    | /billing/usage?from=%2B999999999-12-31
            to      | /billing/usage?to=%2B999999999-12-31
            from    | /billing/usage?from=-999999999-01-01
            to      | /billing/usage?to=0000-01-01
            from    | /billing/usage?from=2026-02-30
            from    | /billing/usage?from=%00
            from    | /executions?from=%2B999999999-12-31T23:59:59Z
            to      | /executions?to=-999999999-01-01T00:00:00%2B18:00
            from    | /events?from=0001-01-01T00:00:00Z
            to      | /events?to=9999-12-31T23:59:59-18:00
            limit   | /workflows?limit=99999999999999999999
            limit   | /customers?limit=%2B
            limit   | /events?limit=1e2
            cursor  | /customers?cursor=%00
            cursor  | /workflows?cursor=%ED%A0%80
            cursor  | /workflows?cursor=..%2F
            cursor  | /triggers?cursor=1-1-1-1-1
            eventId | /executions?eventId=1-1-1-1-1
            customerId | /billing/usage?customerId=%00
            """)
    void whatNoParameterCanBeIsRefusedByName(String name, String path) {
        field(name, client.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workflows/%00", "/customers/%00", "/workflows/%ED%A0%80", "/triggers/1-1-1-1-1", "/customers/A_B"})
    void whatNoNameCanBeIsNotThere(String path) {
        client.get(path).problem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workflows/%zz", "/workflows?cursor=%zz", "/executions?status=%", "/billing/usage?from=%e"})
    void brokenEscapesAreRefused(String path) throws Exception {
        URI url = URI.create(sluice.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /api/v1%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nx-fastn-api-key: %s\r\n\r\n"
                    .formatted(path, sluice.liveKey()).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).matches("(?s)HTTP/1.1 4(00|22) .*application/problem\\+json.*");
        }
    }

    @Test
    void timesAndIdsInBodiesAreCheckedToo() {
        String workflow = client.workflow("checked-" + UUID.randomUUID(), "return 1;");
        String trigger = "/triggers/" + client.openWebhook(workflow);
        JsonObject routes = new JsonObject().put("routes", new JsonArray().add(new JsonObject().put("workflow", workflow)));
        field("from", client.post(trigger + "/backtest", routes.copy().put("from", "+999999999-12-31T23:59:59Z")));
        field("to", client.post(trigger + "/backtest", routes.copy().put("to", "-999999999-01-01T00:00:00Z")));
        field("eventId", client.post(trigger + "/explain", new JsonObject().put("eventId", "1-1-1-1-1")));
        client.post(trigger + "/explain", new JsonObject().put("body", 1).put("query", "a=%zz&%").put("ip", "?")).expect(200);
        client.delete(trigger).expect(204);
        client.delete("/workflows/" + workflow).expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workflows/none", "/triggers/none", "/executions/none", "/events/none", "/events/none/raw",
        "/dead-letters/none", "/customers/none", "/executions/00000000-0000-7000-8000-000000000000", "/no-such-thing"})
    void whatIsNotThere(String path) {
        client.get(path).problem(404);
    }

    @Test
    void aPathHasItsMethods() {
        refused(405, "method", client.delete("/executions"));
    }

    private static JsonObject valid() {
        return new JsonObject().put("name", "x").put("code", "export default async () => 1");
    }

    private Answer json(String body) {
        return client.with("content-type", "application/json")
                .send("POST", "/api/v1/workflows", BodyPublishers.ofString(body));
    }

    private static void field(String name, Answer answer) {
        assertThat(answer.problem(422).getString("field")).isEqualTo(name);
    }

    private static void refused(int status, String words, Answer answer) {
        assertThat(answer.problem(status).getString("detail")).contains(words);
    }
}
