package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Workflows that want everything, or want out: each ends with a reason, and meanwhile events are taken as ever. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWorkflowTest {
    private static final JsonObject ONCE = new JsonObject().put("retry", false);
    private static final JsonObject ONCE_FOR_5_S = ONCE.copy().put("timeoutMs", 5_000);

    private final RunningSluice sluice;
    private final Client client;
    private final String run = UUID.randomUUID().toString();
    private String webhook = "";
    private int created;

    HostileWorkflowTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
    }

    @BeforeAll
    void createPeacefulWebhook() {
        webhook = client.openWebhook(client.workflow("peaceful-" + run, "return 'through';"));
    }

    @Test
    void hogsRunOutOfTimeWhileEventsAreTaken() {
        List<String> hogs = Stream.of(
                        "while (true) {}",
                        "for (;;) await 0;",
                        "const f = () => Promise.resolve().then(f); f(); await new Promise(() => {});",
                        "return { toJSON() { for (;;); } };",
                        "await new Promise(resolve => setTimeout(resolve, 60_000));")
                .map(code -> start(code, ONCE_FOR_5_S)).toList();
        List<String> peaceful = new ArrayList<>();
        while (hogs.stream().anyMatch(this::isUnderWay)) {
            peaceful.add(Client.executionOf(client.event(webhook, "{}")));
        }
        for (String hog : hogs) {
            JsonObject ended = client.awaitEnd(hog);
            assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("timeout");
            assertThat(ended.getJsonObject("error").getString("name")).isEqualTo("TimeoutError");
            assertThat(ended.getJsonObject("error").getString("message")).contains("5000 ms");
        }
        assertThat(peaceful).isNotEmpty();
        peaceful.forEach(this::isThrough);
    }

    @Test
    void whoeverBreaksTheirOwnEnvironmentDisturbsNobodyElse() throws IOException {
        List<Long> processes = sluice.sandboxes().stream().map(ProcessHandle::pid).toList();
        Client other = sluice.newOrganization("unlimited");
        other.workflow("echo", "return ctx.input.n;", new JsonObject().put("tier", "instant"));
        List<String> vandals = Stream.of(
                        "Object.defineProperty(Map.prototype, 'size', { get: () => 0 }); let refused = 0; "
                                + "for (let i = 0; i < 5_000; i++) fastn.state.get('k' + i).catch((e) => { refused += e.name === 'LimitError'; }); "
                                + "await new Promise((done) => setTimeout(done, 300)); return refused;",
                        "globalThis.Uint8Array = class { constructor() { this.length = 2147483647; } }; "
                                + "return crypto.getRandomValues(new Int8Array(8)).length;",
                        "Promise.prototype.then = () => { for (;;); }; Array.prototype[Symbol.iterator] = null; "
                                + "await fastn.state.get('x'); return 8;")
                .flatMap(code -> Stream.of(code, code, code)).map(code -> start(code, ONCE)).toList();
        int calls = 0;
        for (; calls < 50 || vandals.stream().anyMatch(this::isUnderWay); calls++) {
            assertThat(other.post("/workflows/echo/run", new JsonObject().put("input", new JsonObject().put("n", calls)))
                    .expect(200).text()).contains(Integer.toString(calls));
        }
        assertThat(vandals).map(client::awaitEnd).extracting(ended -> ended.getValue("result"))
                .containsExactly(4_900, 4_900, 4_900, 8, 8, 8, 8, 8, 8);
        assertThat(sluice.sandboxes().stream().map(ProcessHandle::pid)).isEqualTo(processes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "return 'x'.repeat(2 ** 30) | Invalid string length",
        "let s = 'x'; for (;;) s += s | Invalid string length",
        "const a = []; for (;;) { a.push(new Array(1e5).fill(a.length + 0.5)); await 0; } | memory",
        "const f = () => f() + 1; return f() | call stack",
        "return 'x'.repeat(2e6) | result is larger than",
        "await new Promise(() => {}) | nothing can settle",
        "process.exit(1) | process is not defined",
        "exit(1) | exit is not defined",
        "quit() | quit is not defined",
        "return Java.type('java.lang.System').exit(1) | Java is not defined",
        "return Packages.java.lang.System.exit(1) | Packages is not defined",
        "return Polyglot.eval('js', '1') | Polyglot is not defined",
        "return globalThis['require']('fs').readFileSync('/etc/passwd') | not a function",
        "return load('/etc/passwd') | load is not defined",
        "return read('/etc/passwd') | read is not defined",
        "const file = '/etc/passwd'; return (await import(file)) | not allowed",
        "const page = 'https://example.com/x.js'; return (await import(page)) | import",
        "return new Worker('x') | Worker is not defined",
        "return new XMLHttpRequest() | XMLHttpRequest is not defined",
        "return (() => {}).constructor('return process')() | process is not defined",
    })
    void whatIsNotToBeHadFailsWithAReason(String code, String reason) {
        // The one that fills the heap may be quicker than the watch on it; it then runs again, alone.
        sluice.expect("Terminating due to java.lang.OutOfMemoryError");
        JsonObject ended = client.awaitEnd(start(code, ONCE));
        assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("failed");
        assertThat(ended.getJsonObject("error").getString("message")).contains(reason).doesNotContain("root:", "dev.sluice");
        isThrough(Client.executionOf(client.event(webhook, "{}")));
    }

    private String start(String code, JsonObject fields) {
        String slug = client.workflow("hostile-" + ++created + "-" + run, code, fields);
        return Client.executionOf(client.post("/workflows/" + slug + "/run", new JsonObject()));
    }

    private boolean isUnderWay(String execution) {
        String status = client.get("/executions/" + execution).expect(200).json().getString("status");
        return status.equals("pending") || status.equals("running");
    }

    private void isThrough(String execution) {
        assertThat(client.awaitEnd(execution).getString("result")).isEqualTo("through");
    }
}
