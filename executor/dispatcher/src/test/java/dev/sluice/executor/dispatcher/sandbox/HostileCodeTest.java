package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Code that wants out, or wants everything: it fails with a reason, and the process lives on. */
class HostileCodeTest {
    private static Sandboxed sandbox;

    @BeforeAll
    static void start() {
        sandbox = new Sandboxed();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void processLivesOn() {
        assertThat(sandbox.result(workflow("return 'alive';"))).isEqualTo("\"alive\"");
        assertThat(sandbox.pool.status().restarts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "while (true) {}",
        "for (;;) await 0",
        "const f = () => queueMicrotask(f); f(); await new Promise(() => {})",
        "return { toJSON() { for (;;); } }",
        "return new Proxy({}, { ownKeys() { for (;;); } })",
        "throw { get message() { for (;;); } }",
        "console.log(new Proxy({}, { ownKeys() { for (;;); } }))",
        "console.log('%j', { toJSON() { for (;;); } })",
        "setTimeout(() => { for (;;); }, 1); await new Promise(() => {})",
    })
    void endlessWorkTimesOut(String code) {
        Outcome outcome = sandbox.run(new Sandboxed.Run(workflow(code)).timeout(Duration.ofMillis(400)));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.TimedOut.class, timedOut -> {
            assertThat(timedOut.error().name()).isEqualTo("TimeoutError");
            assertThat(timedOut.error().message()).contains("400 ms");
            assertThat(timedOut.run().duration()).isBetween(Duration.ofMillis(390), Duration.ofSeconds(4));
        });
    }

    /** Each promise waits for the next, so all of them stay: on a fast machine memory ends before the time does. */
    @Test
    void anEndlessChainOfPromisesRunsOutOfTimeOrMemory() {
        Outcome outcome = sandbox.run(new Sandboxed.Run(workflow("async function f() { await 0; return f() } return f()"))
                .timeout(Duration.ofMillis(700)));
        assertThat(switch (outcome) {
            case Outcome.TimedOut timedOut -> timedOut.error().name();
            case Outcome.Failed failed -> failed.error().name();
            default -> outcome.toString();
        }).isIn("TimeoutError", "LimitError");
    }

    @Test
    void endlessWorkAtLoadTimesOut() {
        assertThat(sandbox.run(new Sandboxed.Run("for (;;);").timeout(Duration.ofMillis(300))))
                .isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void waitingTimesOut() {
        String code = workflow("console.log('before'); await fastn.state.get('hang');");
        assertThat(sandbox.run(new Sandboxed.Run(code).timeout(Duration.ofMillis(200)))).isInstanceOfSatisfying(
                Outcome.TimedOut.class, timedOut -> assertThat(timedOut.run().logs()).hasSize(1));
    }

    @Test
    void aTurnMayNotComputeForever() {
        Outcome outcome = sandbox.run(workflow("while (true) {}"));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.TimedOut.class, timedOut ->
                assertThat(timedOut.error().message()).contains("2000 ms without awaiting"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "return 'x'.repeat(2 ** 30) | RangeError | Invalid string length",
        "let s = 'x'; for (;;) s += s | RangeError | Invalid string length",
        "return new ArrayBuffer(2 ** 30) | RangeError | ",
        "return new Uint8Array(2 ** 31) | RangeError | ",
        "const f = () => f() + 1; f() | RangeError | call stack",
        "const a = []; for (;;) a.push({ n: a.length, s: 'x' + a.length }) | LimitError | memory",
        "for (;;) new Uint8Array(1e6) | LimitError | memory",
        "return 'x'.repeat(1e6) | LimitError | result is larger than 65536 bytes",
        "return 'é'.repeat(40000) | LimitError | result is larger than 65536 bytes",
        "for (let i = 0; i < 100; i++) setTimeout(() => {}, 1e6); await 0 | LimitError | 20 timers",
        "await Promise.all(Array.from({ length: 50 }, () => fastn.state.get('hang'))) | LimitError | 10 calls",
    })
    void greedEndsAtALimit(String code, String name, String message) {
        Outcome.WorkflowError error = WorkflowErrorTest.error(sandbox.run(workflow(code)));
        assertThat(error.name()).isEqualTo(name);
        assertThat(error.message()).contains(message == null ? "" : message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "process.exit(1)",
        "quit()",
        "exit(3)",
        "Java.type('java.lang.System').exit(1)",
        "Polyglot.eval('js', '1')",
        "Polyglot.import('x')",
        "Graal.versionECMAScript",
        "load('/etc/passwd')",
        "loadWithNewGlobal('/etc/passwd')",
        "read('/etc/passwd')",
        "readFully('/etc/passwd')",
        "java.lang.Runtime.getRuntime().exec('id')",
        "Packages.java.io.File('/')",
        "require('fs')",
        "print('x')",
        "new Worker('x')",
        "new WebAssembly.Module(new Uint8Array(8))",
        "new SharedArrayBuffer(8)",
        "Atomics.wait(0, 0, 0)",
        "new XMLHttpRequest()",
        "host(0)",
        "limits.logBytes",
        "(() => {}).constructor('return process')().exit()",
        "globalThis.constructor.constructor('return Java')().type('java.io.File')",
        "fastn.state.get.constructor('return Polyglot')()",
    })
    void thereIsNoWayOut(String code) {
        Outcome.WorkflowError error = WorkflowErrorTest.error(sandbox.run(workflow("return String(await " + code + ")")));
        assertThat(error.name()).isIn("ReferenceError", "TypeError");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "import fs from 'fs'; export default async () => fs;",
        "import fs from 'node:fs'; export default async () => fs;",
        "import x from '/etc/passwd'; export default async () => x;",
        "import x from 'file:///etc/hostname'; export default async () => x;",
        "import x from 'https://example.com/x.js'; export default async () => x;",
        "export default async () => (await import('/etc/passwd'));",
    })
    void importsNothing(String code) {
        Outcome.WorkflowError error = WorkflowErrorTest.error(sandbox.run(code));
        assertThat(error.message()).doesNotContain("root:");
    }

    @Test
    void brokenIntrinsicsHurtOnlyTheirOwner() {
        String vandal = workflow(
                "for (const p of [Promise.prototype, Array.prototype, Map.prototype, String.prototype, Object.prototype]) "
                        + "for (const k of Object.getOwnPropertyNames(p)) { try { p[k] = () => { throw 1 } } catch {} } "
                        + "JSON.stringify = JSON.parse = () => { throw 2 }; return 1;");
        assertThat(sandbox.run(new Sandboxed.Run(vandal).timeout(Duration.ofSeconds(5))))
                .isNotInstanceOf(Outcome.Lost.class);
    }

    @Test
    void hogsDoNotHoldUpOthers() {
        List<CompletableFuture<Outcome>> hogs = Stream.generate(
                        () -> sandbox.start(new Sandboxed.Run(workflow("for (;;);"))
                                .timeout(Duration.ofMillis(1_500)).invocation()))
                .limit(4)
                .toList();
        assertThat(sandbox.result(workflow("return 'through';"))).isEqualTo("\"through\"");
        assertThat(hogs).noneMatch(CompletableFuture::isDone);
        hogs.forEach(hog -> assertThat(hog.join()).isInstanceOf(Outcome.TimedOut.class));
    }

    @Test
    void codeThatRunsOnAfterItsEndIsStopped() {
        assertThat(sandbox.result(workflow(
                "const spin = async () => { for (;;) await 0; }; Promise.resolve().then(() => Promise.resolve()).then(spin); return 'done';")))
                .isEqualTo("\"done\"");
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() ->
                assertThat(sandbox.result(workflow("await new Promise(r => setTimeout(r, 1)); return 2;"))).isEqualTo("2"));
    }
}
