package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What a webhook does not take: the sender is told why, nothing is kept, and the log stays quiet. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookRefusalTest {
    private static final int BODY_LIMIT = 1 << 20;

    private final RunningSluice sluice;
    private final Client client;
    private final Client stranger;
    private final String workflow = "never-run-" + UUID.randomUUID();
    private String webhook = "";
    private int logBefore;

    WebhookRefusalTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
        stranger = sluice.strangerClient();
    }

    @BeforeAll
    void createWebhook() {
        webhook = client.openWebhook(client.workflow(workflow, "return 1;"));
        logBefore = sluice.log().length();
    }

    @AfterAll
    void nothingIsStoredAndNothingLooksLikeAFault() {
        assertThat(client.all("/events?triggerId=" + webhook)).isEmpty();
        assertThat(client.all("/executions?workflow=" + workflow)).isEmpty();
        assertThat(sluice.log().substring(logBefore)).doesNotContain("\tat ", "Exception", "ERROR", "WARN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1}x", "", "hello", "{\"a\":01}", "{'a':1}", "[1,]", "{\"a\":\"\u0001\"}", "NaN"})
    void whatIsNotJson(String body) {
        refused(400, "not JSON", stranger.event(webhook, body));
    }

    @Test
    void whatIsNotJsonIsToldInWords() {
        refused(400, "the body is not JSON: at byte 1, expected a member name in double quotes", stranger.event(webhook, "{'a':1}"));
    }

    @Test
    void badUtf8() {
        byte[] body = "{\"name\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
        body[9] = (byte) 0xff;
        refused(400, "not JSON", stranger.event(webhook, body));
    }

    @Test
    void deepNesting() {
        refused(400, "not JSON", stranger.event(webhook, "[".repeat(100_000) + "]".repeat(100_000)));
        refused(400, "not JSON", stranger.event(webhook, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json"})
    void otherContent(String type) {
        refused(415, "application/json", stranger.with("content-type", type)
                .send("POST", "/hooks/" + webhook, BodyPublishers.ofString("{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, gzip", "gzip, identity", "br", "x"})
    void compressedContent(String codings) {
        refused(415, "Content-Encoding", stranger.with("content-encoding", codings).event(webhook, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip,chunked", "gzip", "identity", "chunked, chunked",
        "gzip\r\nTransfer-Encoding: chunked", "chunked\r\nTransfer-Encoding: gzip", "x\r\nContent-Length: 7"})
    void aTransferCodingBesidesChunked(String codings) throws Exception {
        String answer = sent("POST /hooks/" + webhook + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: " + codings + "\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 501").containsIgnoringCase("connection: close").contains("chunked")
                .as("the rest is not taken for requests").containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void aBodyThatDeclaresTooMuch() {
        refused(413, "1048576 bytes", stranger.event(webhook, new byte[BODY_LIMIT + 1]));
    }

    @Test
    void aBodyThatGrowsTooLarge() {
        // A stream of unknown length is sent in chunks.
        refused(413, "1048576 bytes", stranger.with("content-type", "application/json").send("POST", "/hooks/" + webhook,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 * BODY_LIMIT]))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "no-uuid", "", "x/y"})
    void anUnknownWebhook(String id) {
        refused(404, "no webhook with this id", stranger.event(id, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void otherMethods(String method) {
        Answer answer = stranger.send(method, "/hooks/" + webhook, BodyPublishers.ofString("{}"));
        refused(405, "POST", answer);
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void whatIsNotHttp() throws Exception {
        assertThat(sent("POST /hooks/x HTTP/1.1\r\nHost: a\r\nbad header\0: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("application/problem+json", "cannot be read");
    }

    /** Everything that is answered until the connection is closed. */
    private String sent(String request) throws IOException {
        URI url = URI.create(sluice.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refused(int status, String words, Answer answer) {
        assertThat(answer.problem(status).getString("detail")).contains(words);
    }
}
