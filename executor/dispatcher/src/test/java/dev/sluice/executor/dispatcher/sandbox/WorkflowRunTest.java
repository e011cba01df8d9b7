package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What workflow code sees and what comes back. */
class WorkflowRunTest {
    private static Sandboxed sandbox;

    @BeforeAll
    static void start() {
        sandbox = new Sandboxed();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void compilesToMachineCode() {
        assertThat(sandbox.pool.status().jit()).isTrue();
    }

    @Test
    void parsesTheBody() {
        Sandboxed.Run run = new Sandboxed.Run(workflow("return { sum: ctx.input.a + ctx.input.b };"));
        assertThat(sandbox.result(run.body("{\"a\":1,\"b\":2}"))).isEqualTo("{\"sum\":3}");
    }

    @Test
    void passesOverAByteOrderMark() {
        Sandboxed.Run run = new Sandboxed.Run(workflow("return ctx.input;"));
        assertThat(sandbox.result(run.body("\ufeff{\"a\":1}"))).isEqualTo("{\"a\":1}");
        assertThat(sandbox.result(run.body("\ufeff\ufeff1"))).as("one of them").isEqualTo("\"\ufeff1\"");
    }

    @Test
    void handsOverWhatIsNotJsonAsString() {
        Sandboxed.Run run = new Sandboxed.Run(workflow("return [typeof ctx.input, ctx.input];"));
        assertThat(sandbox.result(run.body("<order/> ✓"))).isEqualTo("[\"string\",\"<order/> ✓\"]");
        assertThat(sandbox.result(run.body(""))).isEqualTo("[\"string\",\"\"]");
    }

    @Test
    void describesTheExecution() {
        Outcome outcome = sandbox.run(workflow("const { executionId, ...rest } = ctx; return rest;"));
        assertThat(Sandboxed.result(outcome)).isEqualTo("{\"input\":{},\"headers\":{\"content-type\":\"application/json\"},"
                + "\"eventId\":\"00000000-0000-0003-0000-000000000003\",\"attempt\":1,"
                + "\"customer\":{\"id\":\"00000000-0000-0002-0000-000000000002\",\"slug\":\"acme\"},"
                + "\"workflow\":{\"id\":\"00000000-0000-0004-0000-000000000004\",\"slug\":\"greet\",\"version\":7},"
                + "\"trigger\":{\"id\":\"00000000-0000-0005-0000-000000000005\",\"type\":\"webhook\","
                + "\"name\":\"orders \\\"new\\\"\"}}");
    }

    @Test
    void measuresTheRun() {
        Outcome outcome = sandbox.run(workflow("await new Promise(done => setTimeout(done, 30));"));
        Outcome.Run run = ((Outcome.Completed) outcome).run();
        assertThat(run.startedAt()).isCloseTo(Instant.now(), within(Duration.ofSeconds(5)));
        assertThat(run.duration()).isBetween(Duration.ofMillis(30), Duration.ofSeconds(5));
        assertThat(run.cpuTime()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "return; | null",
        "return null; | null",
        "return 'ü' | \"ü\"",
        "return await Promise.all([1, Promise.resolve(2)]); | [1,2]",
        "return new Promise(done => setTimeout(() => done('late'), 5)); | \"late\"",
        "const id = setTimeout(() => { throw 1 }, 5); clearTimeout(id); return 1; | 1",
        "let n = 0; return new Promise(done => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); done(n) } }, 1) }); | 3",
        "const order = []; queueMicrotask(() => order.push('micro')); await 0; order.push('after'); return order; | [\"micro\",\"after\"]",
        "const a = { d: new Date(0), m: new Map([[1, { x: 2 }]]), n: [1, , 3] }; a.self = a; const b = structuredClone(a); return [b !== a, b.self === b, b.d.getTime(), b.m.get(1).x, b.n.length]; | [true,true,0,2,3]",
        "return [btoa('hällo'), atob(btoa('\\x00\\xff~'))]; | [\"aORsbG8=\",\"\\u0000ÿ~\"]",
        "return new TextDecoder().decode(new TextEncoder().encode('日本')); | \"日本\"",
        "return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()); | true",
        "return crypto.getRandomValues(new Uint8Array(4)).length; | 4",
        "return new URL('../b?x=1#h', 'https://u:p@example.com:8443/a/c/d').href; | \"https://u:p@example.com:8443/a/b?x=1#h\"",
        "const u = new URL('https://example.com:443/a b?q=1'); u.searchParams.append('k', 'v w'); return [u.host, u.pathname, u.search]; | [\"example.com\",\"/a%20b\",\"?q=1&k=v+w\"]",
        "return [...new URLSearchParams('a=1&b=%20x+y&a=2')]; | [[\"a\",\"1\"],[\"b\",\" x y\"],[\"a\",\"2\"]]",
    })
    void offersTheWebPlatformsBasics(String code, String expected) {
        assertThat(sandbox.result(workflow(code))).isEqualTo(expected);
    }

    @Test
    void keepsState() {
        String result = sandbox.result(workflow(
                """
                const before = await fastn.state.get('deal:1');
                await fastn.state.set('deal:1', { at: [1, 'ü'] }, { ttl: 3600, scope: 'ORG' });
                const after = await fastn.state.get('deal:1');
                const other = await fastn.state.get('deal:1', { scope: 'INVOCATION' });
                const gone = await fastn.state.delete('deal:1');
                return [before === undefined, after, other === undefined, gone];
                """));
        assertThat(result).isEqualTo("[true,{\"at\":[1,\"ü\"]},true,true]");
        assertThat(sandbox.state.seen).contains(new HostCall.StateSet(
                HostCall.StateScope.ORG, "deal:1", "{\"at\":[1,\"ü\"]}", Duration.ofHours(1)));
    }

    @Test
    void rejectsWhatTheServiceRefuses() {
        assertThat(sandbox.result(workflow(
                "try { await fastn.state.get('refuse') } catch (e) { return [e.name, e.message, e instanceof Error] }")))
                .isEqualTo("[\"QuotaError\",\"no more of that\",true]");
    }

    @Test
    void hidesWhyAServiceBroke() {
        assertThat(sandbox.result(workflow("try { await fastn.state.get('break') } catch (e) { return e.message }")))
                .contains("the service failed")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fastn.state.get() | key must be",
        "fastn.state.set('k', undefined) | value must be JSON",
        "fastn.state.set('k', 1, { ttl: -1 }) | ttl must be",
        "fastn.state.get('k', { scope: 'ALL' }) | scope must be",
        "fastn.state.set('k', 'x'.repeat(100000)) | larger than 65536 bytes",
        "fastn.secrets.get('K') | fastn.secrets.get is not available in this version",
        "fastn.db.query('SELECT 1') | fastn.db.query is not available in this version",
        "fastn.connector.gmail.getProfile({}) | fastn.connector.gmail.getProfile is not available in this version",
        "fetch('https://example.com') | fetch is not available in this version",
        "crypto.subtle.digest('SHA-256', new Uint8Array(1)) | crypto.subtle.digest is not available in this version",
    })
    void rejectsWithAReason(String expression, String message) {
        assertThat(sandbox.result(workflow("return " + expression + ".then(() => 'fine', e => e.message);")))
                .contains(message);
    }

    @Test
    void capturesTheConsole() {
        Outcome outcome = sandbox.run(workflow(
                "console.log('a', 1, { b: [2n, undefined] }, null); console.warn(new TypeError('t')); console.debug([]); "
                        + "const c = {}; c.c = c; console.error(c); console.info(Symbol('s'));"));
        Outcome.Run run = ((Outcome.Completed) outcome).run();
        assertThat(run.logs()).extracting(Outcome.LogLine::level).containsExactly(
                Outcome.Level.LOG, Outcome.Level.WARN, Outcome.Level.DEBUG, Outcome.Level.ERROR, Outcome.Level.INFO);
        assertThat(run.logs().getFirst().message()).isEqualTo("a 1 { b: [ 2n, undefined ] } null");
        assertThat(run.logs().get(1).message()).startsWith("TypeError: t");
        assertThat(run.logs().get(3).message()).isEqualTo("{ c: [Circular] }");
        assertThat(run.logsTruncated()).isFalse();
        assertThat(run.logs().getFirst().at()).isBetween(run.startedAt(), Instant.now());
    }

    @Test
    void boundsTheConsole() {
        Outcome.Run lines = ((Outcome.Completed) sandbox.run(workflow("for (let i = 0; i < 1e4; i++) console.log(i);"))).run();
        assertThat(lines.logs()).hasSize(50);
        assertThat(lines.logsTruncated()).isTrue();
        Outcome.Run bytes =
                ((Outcome.Completed) sandbox.run(workflow("console.log('é'.repeat(1e6)); console.log('more');"))).run();
        assertThat(bytes.logs()).singleElement().satisfies(line -> assertThat(line.message()).isEqualTo("é".repeat(4096)));
        assertThat(bytes.logsTruncated()).isTrue();
    }

    @Test
    void whatIsAboutToHappenIsWaitedFor() {
        assertThat(sandbox.result(workflow("""
                for (let i = 0; i < 400; i++) {
                  await new Promise(resolve => setTimeout(resolve, i % 2));
                  await fastn.state.get('nothing');
                }
                return 'all came';"""))).isEqualTo("\"all came\"");
    }
}
