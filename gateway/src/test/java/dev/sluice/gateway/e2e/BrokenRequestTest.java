package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.HmacSignature;
import dev.sluice.gateway.running.RawConnection;
import dev.sluice.gateway.running.RunningSluice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static dev.sluice.gateway.running.RawConnection.event;
import static dev.sluice.gateway.running.RawConnection.post;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that break off, trickle, lie about themselves or hold odd values: each is answered or ended, and costs nothing. */
class BrokenRequestTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int CONNECTIONS = 200;

    private static RunningSluice sluice;
    private static Client client;
    private static String webhook;
    private static String other;

    @BeforeAll
    static void start() throws IOException {
        sluice = RunningSluice.start(Map.of(
                "SLUICE_HTTP_HEADER_TIMEOUT", "1s", "SLUICE_HTTP_BODY_TIMEOUT", "1s",
                "SLUICE_HTTP_MAX_BODY_BYTES", "8MiB", "SLUICE_HTTP_MAX_CONNECTIONS", Integer.toString(CONNECTIONS)));
        client = sluice.client();
        webhook = client.openWebhook(client.workflow("broken", "return 1;"));
        other = client.openWebhook("broken");
    }

    @AfterAll
    static void stop() {
        assertThat(sluice.log()).doesNotContain("\tat ", "Exception", "ERROR");
        sluice.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: a b\r\n", "Host: \r\n"})
    void oneHostIsNamed(String hosts) throws IOException {
        for (String path : List.of("/hooks/" + webhook, "/health/live", "/api/v1/workflows")) {
            try (RawConnection connection = RawConnection.to(sluice)) {
                assertThat(connection.send("GET " + path + " HTTP/1.1\r\n" + hosts + "\r\n").answer())
                        .startsWith("HTTP/1.1 400").contains("Host");
            }
        }
    }

    @Test
    void everyAnswerHasADate() throws IOException {
        for (String path : List.of("/hooks/" + webhook, "/hooks/x", "/health/live", "/api/v1/workflows", "/nowhere")) {
            try (RawConnection connection = RawConnection.to(sluice)) {
                assertThat(connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                        .as(path).containsPattern("(?i)\r\ndate: \\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}", "fffffffffffffffff\r\n{}", "2\r\n{}x\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n"})
    void aMalformedChunkIsAnswered(String chunks) throws IOException {
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send(post(webhook, "Transfer-Encoding: chunked\r\n") + chunks).answer())
                    .startsWith("HTTP/1.1 400").contains("chunks are malformed");
            connection.untilClosed();
        }
    }

    @Test
    void aMalformedChunkIsAnsweredThoughTheEventIsRefused() throws IOException {
        String customer = client.post("/customers", new JsonObject().put("name", "Blocked").put("limits", new JsonObject()
                .put("events_per_day", new JsonObject().put("limit", 0)))).expect(201).json().getString("id");
        String blocked = client.webhook("broken", new JsonObject().put("customerId", customer)
                .put("auth", new JsonObject().put("type", "none"))).getString("id");
        client.event(blocked, "{}").problem(429);
        for (String chunks : List.of("zz\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n")) {
            try (RawConnection connection = RawConnection.to(sluice)) {
                assertThat(connection.send(post(blocked, "Transfer-Encoding: chunked\r\n") + chunks).answer())
                        .as(chunks).containsPattern("^HTTP/1.1 (400|429) ");
            }
        }
    }

    @Test
    void anAnswerIsNotLostToTheMalformedChunksBehindIt() throws IOException {
        String keyed = client.webhook("broken", new JsonObject()).getString("id");
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send(post(keyed, "Transfer-Encoding: chunked\r\n") + "0x2\r\n{}\r\n0\r\n\r\n").status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS/1.1", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9"})
    void anotherProtocolIsAnsweredInHttp(String version) throws IOException {
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send("GET /health/live " + version + "\r\nHost: a\r\n\r\n").answer())
                    .containsPattern("^HTTP/1.1 (505|400) ").contains("date: ");
        }
    }

    @Test
    void nobodyIsToldToGoOnWithABodyThatIsTooLarge() throws IOException {
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send(post(webhook, "Expect: 100-continue\r\nContent-Length: " + 2 * MEBIBYTE + "\r\n"))
                    .answer()).startsWith("HTTP/1.1 413");
        }
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send(post(webhook, "Expect: 100-continue\r\nContent-Length: 2\r\n")).answer())
                    .startsWith("HTTP/1.1 100");
            assertThat(connection.send("{}").status()).isEqualTo(202);
            assertThat(connection.send(post(webhook, "Expect: tea\r\nContent-Length: 2\r\n") + "{}").status()).isEqualTo(417);
        }
    }

    @Test
    void aRequestThatIsNotCommittedCostsNothing() throws IOException {
        String customer = client.post("/customers", new JsonObject().put("name", "Counted").put("slug", "counted").put("limits",
                new JsonObject().put("events_per_day", new JsonObject().put("limit", 3)))).expect(201).json().getString("id");
        JsonObject trigger = client.webhook("broken", new JsonObject().put("customerId", customer)
                .put("auth", new JsonObject().put("type", "hmac").put("secret", "a-secret")));
        String counted = trigger.getString("id");
        for (String broken : List.of(
                post(counted, "X-Hub-Signature-256: sha256=00\r\nContent-Length: 100\r\n") + "{",
                post(counted, "Content-Length: 100\r\n") + "{",
                post(counted, "X-Hub-Signature-256: sha256=00\r\nTransfer-Encoding: chunked\r\n") + "5\r\n{",
                post(counted, "X-Hub-Signature-256: sha256=00\r\nTransfer-Encoding: chunked\r\n") + "zz\r\n",
                post(counted, "X-Hub-Signature-256: sha256=00\r\n").replace("\r\n\r\n", "\r\n"))) {
            for (int i = 0; i < 4; i++) {
                try (RawConnection connection = RawConnection.to(sluice)) {
                    connection.send(broken);
                }
            }
        }
        try (RawConnection connection = RawConnection.to(sluice)) {
            assertThat(connection.send(post(counted, "X-Hub-Signature-256: sha256=00\r\nContent-Length: 9\r\n") + "{")
                    .status()).isEqualTo(408);
        }
        for (int i = 0; i < 4; i++) {
            client.with("X-Hub-Signature-256", "sha256=00").event(counted, "{}").problem(401);
            signed(counted, "{").problem(400);
        }
        assertThat(used()).isZero();
        for (int i = 0; i < 3; i++) {
            signed(counted, "{}").expect(202);
        }
        signed(counted, "{}").problem(429);
        assertThat(used()).isEqualTo(3);
    }

    private static Answer signed(String id, String body) {
        return client.with("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(
                HmacSignature.of("a-secret", body.getBytes(StandardCharsets.UTF_8))))
                .event(id, body);
    }

    private static int used() {
        JsonArray dimensions = client.get("/billing/quotas?customerId=counted").expect(200).json().getJsonArray("dimensions");
        return dimensions.stream().map(JsonObject.class::cast)
                .filter(line -> line.getString("dimension").equals("events_per_day"))
                .mapToInt(line -> line.getInteger("used")).findFirst().orElse(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1E-9999999999", "1e2147483648", "0.1e999999999", "1e-999999999999999999999"})
    void numbersWithoutMeasureAreTaken(String number) throws IOException {
        String keyed = client.webhook("broken", new JsonObject().put("auth", new JsonObject().put("type", "none"))
                .put("deduplicationKey", new JsonObject().put("path", "id"))).getString("id");
        String filtered = client.webhook("broken", new JsonObject().put("auth", new JsonObject().put("type", "none"))
                .put("routes", new JsonArray().add(new JsonObject().put("workflow", "broken")
                        .put("filter", new JsonObject().put("n", new JsonObject().put("$gte", 1)))))).getString("id");
        try (RawConnection connection = RawConnection.to(sluice)) {
            for (String id : List.of(keyed, filtered, webhook)) {
                assertThat(connection.send(event(id, "{\"id\":\"x\",\"n\":" + number + "}")).status()).isEqualTo(202);
                assertThat(connection.send(event(id, "{\"id\":" + number + "}")).status()).isEqualTo(202);
                assertThat(connection.send(event(id, "{}")).status()).as("the next on the connection").isEqualTo(202);
            }
        }
    }

    @Test
    void anyQueryIsTaken() throws IOException {
        String filtered = client.webhook("broken", new JsonObject().put("auth", new JsonObject().put("type", "none"))
                .put("routes", new JsonArray().add(new JsonObject().put("workflow", "broken")
                        .put("filter", new JsonObject().put("$query", new JsonObject().put("a", "%zz 1")))))).getString("id");
        try (RawConnection connection = RawConnection.to(sluice)) {
            for (String query : List.of("?a=%zz+1", "?a=%zz%201&a=2", "?%=%&a=%zz+1")) {
                assertThat(connection.send(event(filtered + query, "{}")).answer())
                        .startsWith("HTTP/1.1 202").contains("\"workflow\":\"broken\"");
            }
            for (String query : List.of("?a=%", "?%zz", "?a=%c3", "?=", "?&&", "?a=%00", "?;;a")) {
                assertThat(connection.send(event(filtered + query, "{}")).status()).as(query).isEqualTo(202);
            }
        }
    }

    @Test
    void whoTricklesHeadersIsCutOff() throws IOException {
        try (RawConnection silent = RawConnection.to(sluice); RawConnection half = RawConnection.to(sluice);
                RawConnection later = RawConnection.to(sluice)) {
            assertThat(later.send(event(webhook, "{}")).status()).isEqualTo(202);
            later.send("POST /hooks/");
            assertThat(later.untilClosed()).isEmpty();
            half.send("POST /hooks/" + webhook + " HTTP/1.1\r\nHost: a\r\nX-");
            assertThat(half.untilClosed()).isEmpty();
            assertThat(silent.untilClosed()).isEmpty();
        }
    }

    /** One webhook's senders are told to wait once they hold its share; another's events pass. */
    @Test
    void unfinishedBodiesHaveABudget() throws IOException {
        List<RawConnection> hogs = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 40; i++) {
                RawConnection hog = RawConnection.to(sluice);
                hogs.add(hog);
                hog.send(post(webhook, "Content-Length: " + MEBIBYTE + "\r\n") + " ".repeat(120 << 10));
            }
            client.event(other, "{}").expect(202);
            assertThat(metric("sluice_body_bytes")).isPositive().isLessThanOrEqualTo(2 * MEBIBYTE);
            for (RawConnection hog : hogs) {
                String answer = hog.answer();
                // Those within the budget run out of time: their bodies never end.
                assertThat(answer).containsPattern("HTTP/1.1 (503|408)");
                refused += answer.contains("503") ? 1 : 0;
            }
        } finally {
            for (RawConnection hog : hogs) {
                hog.close();
            }
        }
        // A quarter of 8 MiB holds at most sixteen of them.
        assertThat(refused).isBetween(24, 39);
        Awaitility.await("memory is free again").until(() -> metric("sluice_body_bytes") == 0);
        client.event(webhook, "{}").expect(202);
    }

    @Test
    void whatIsOnlyDeclaredTakesNoMemory() throws IOException {
        List<RawConnection> liars = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawConnection liar = RawConnection.to(sluice);
                liars.add(liar);
                liar.send(post(webhook, "Content-Length: " + MEBIBYTE + "\r\n"));
            }
            assertThat(metric("sluice_body_bytes")).isZero();
            client.event(webhook, "{}").expect(202);
            for (RawConnection liar : liars) {
                assertThat(liar.status()).isEqualTo(408);
            }
        } finally {
            for (RawConnection liar : liars) {
                liar.close();
            }
        }
    }

    @Test
    void connectionsHaveALimit() throws IOException {
        List<RawConnection> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 20; i++) {
                crowd.add(RawConnection.to(sluice));
            }
            assertThat(crowd.getLast().untilClosed()).isEmpty();
            assertThat(sluice.log()).doesNotContain("Too many open files");
        } finally {
            for (RawConnection one : crowd) {
                one.close();
            }
        }
        Awaitility.await("there is room again").ignoreExceptions().until(() -> client.health() == 200);
    }

    private static double metric(String name) {
        return sluice.strangerClient().send("GET", "/metrics", BodyPublishers.noBody()).text().lines()
                .filter(line -> line.startsWith(name + " ")).mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst().orElseThrow();
    }
}
