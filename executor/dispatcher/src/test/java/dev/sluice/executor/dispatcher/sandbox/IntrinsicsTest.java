package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;

/** Workflow code may replace every intrinsic of its realm: limits hold, and nobody else notices. */
class IntrinsicsTest {
    private static final String VANDAL = resource("vandal.js");
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
    void othersNoticeNothing() {
        assertThat(sandbox.result(new Sandboxed.Run(workflow(
                "await fastn.state.set('o', [1]); return [new URL('http://a/?b=c').search, await fastn.state.get('o')];"))
                .customer(UUID.randomUUID()))).isEqualTo("[\"?b=c\",[1]]");
        assertThat(sandbox.pool.status().restarts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "throwing,true", "throwing,false", "zero,true", "huge,false", "self,true", "endless,true", "endless,false",
    })
    void theSandboxesOwnFunctionsUseNoneThatWasReplaced(String kind, boolean early) {
        sandbox.state.seen.clear();
        Sandboxed.Run run = new Sandboxed.Run(VANDAL)
                .body("{\"kind\":\"%s\",\"early\":%s,\"calls\":%d,\"timers\":%d}".formatted(
                        kind, early, Sandboxed.LIMITS.pendingHostCalls(), Sandboxed.LIMITS.pendingTimers()))
                .customer(UUID.randomUUID());
        Outcome outcome = sandbox.run(run);

        assertThat(Sandboxed.result(outcome)).isEqualTo("\"whole\"");
        assertThat(((Outcome.Completed) outcome).run().logs()).extracting(Outcome.LogLine::message).containsExactly("still here");
        assertThat(sandbox.state.asked("hang")).isEqualTo(Sandboxed.LIMITS.pendingHostCalls());
        assertThat(sandbox.run(run.timeout(Duration.ofMillis(500)))).as("the same tenant's next execution").isInstanceOf(Outcome.Ended.class);
    }

    @Test
    void aMapThatSaysItIsEmptyOpensNoDoor() {
        sandbox.state.seen.clear();
        assertThat(sandbox.result(workflow("""
                Object.defineProperty(Map.prototype, 'size', { get: () => 0 });
                Object.defineProperty(Set.prototype, 'size', { get: () => 0 });
                let refused = 0;
                for (let i = 0; i < 5000; i++) fastn.state.get('hang').catch((e) => { if (e.name === 'LimitError') refused++; });
                let timers = 0;
                try { for (;;) { setTimeout(() => {}, 1e6); timers++; } } catch (e) { timers += e.name; }
                await 0; await 0; await 0;
                return [refused, timers];"""))).isEqualTo("[4990,\"20LimitError\"]");
        assertThat(sandbox.state.asked("hang")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "globalThis.Uint8Array = class { constructor() { this.length = 2147483647; } }; "
                + "return crypto.getRandomValues(new Int8Array(4)).length;",
        "const a = new Int8Array(4); Object.defineProperty(a, 'byteLength', { value: 2147483647 }); "
                + "Object.defineProperty(a, 'length', { value: 4 }); return crypto.getRandomValues(a).length;",
        "Object.defineProperty(Object.getPrototypeOf(Int8Array.prototype), 'byteLength', { get: () => -1 }); "
                + "return crypto.getRandomValues(new Int8Array(4)).length;",
    })
    void aViewThatLiesAboutItsLengthIsFilledToItsLength(String code) {
        assertThat(sandbox.result(workflow(code))).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Promise.prototype.then = () => { for (;;); }; return fastn.state.get('x');",
        "Promise.prototype.then = function () { return this; }; return await fastn.state.get('x');",
        "Object.prototype.then = (resolve) => resolve(1); return { a: 1 };",
        "Object.defineProperty(Promise, Symbol.species, { get: () => class { constructor(f) { f(() => {}, () => {}); } } }); return 1;",
        "Object.prototype.toJSON = () => 'mine'; return { a: 1 };",
        "Array.prototype.toJSON = function () { return this; }; return [1];",
        "Error.prepareStackTrace = () => { throw new Error('again'); }; throw new Error('x');",
        "Error.stackTraceLimit = 1e9; const f = () => f() + 1; f();",
        "Object.freeze(globalThis); return new URL('http://a/').host + crypto.randomUUID().length;",
        "globalThis.__proto__ = null; delete globalThis.URL; setTimeout(() => { throw null; }, 1); await new Promise(() => {});",
    })
    void itsOwnExecutionEndsOneWayOrTheOther(String code) {
        assertThat(sandbox.run(new Sandboxed.Run(workflow(code)).timeout(Duration.ofMillis(1_500))
                .customer(UUID.randomUUID()))).isInstanceOf(Outcome.Ended.class);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(IntrinsicsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
