package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;

/** What the author of a workflow is told when it fails. */
class WorkflowErrorTest {
    private static Sandboxed sandbox;

    @BeforeAll
    static void start() {
        sandbox = new Sandboxed();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Outcome.WorkflowError error(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).error();
    }

    @Test
    void namesTheLineOfTheUsersFile() {
        Outcome.WorkflowError error = error(sandbox.run(
                """
                const twice = (n) => {
                  if (n > 1) throw new RangeError('too big');
                  return n;
                };
                export default async function (ctx) {
                  await 0;
                  return twice(2);
                }
                """));
        assertThat(error.name()).isEqualTo("RangeError");
        assertThat(error.message()).isEqualTo("too big");
        assertThat(error.stack()).startsWith("    at twice (workflow.js:2:").contains("(workflow.js:7:");
        assertThat(String.valueOf(error.stack()).lines()).allMatch(line -> line.contains("workflow.js:"));
    }

    @Test
    void keepsOnlyTheUsersFrames() {
        Outcome.WorkflowError error = error(sandbox.run(workflow(
                "structuredClone(() => 1)")));
        assertThat(error.name()).isEqualTo("DataCloneError");
        assertThat(error.stack()).contains("workflow.js:2:").doesNotContain("web.js").doesNotContain("prelude");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "throw 'plain' | Error | plain",
        "throw null | Error | null",
        "throw { message: 'm', name: 'N' } | N | m",
        "throw { code: 7 } | Error | { code: 7 }",
        "throw Symbol('x') | Error | Symbol",
        "throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } }) | Error | [cannot be shown",
        "setTimeout(() => { throw new Error('in a timer') }, 1); await new Promise(() => {}) | Error | in a timer",
        "return 1n | TypeError | BigInt",
        "const c = {}; c.c = c; return c | TypeError | ",
        "return { toJSON() { throw new Error('from toJSON') } } | Error | from toJSON",
        "await new Promise(() => {}) | Error | waits for a promise that nothing can settle",
        "return undefinedVariable | ReferenceError | undefinedVariable",
    })
    void describesWhatWasThrown(String code, String name, String message) {
        Outcome.WorkflowError error = error(sandbox.run(workflow(code)));
        assertThat(error.name()).isEqualTo(name);
        assertThat(error.message()).contains(message == null ? "" : message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "class MyError extends Error {} throw new MyError('m') | MyError | m | {}",
        "class A extends TypeError { get name() { return 'Named' } } throw new A('m') | Named | m | {}",
        "throw Object.assign(new Error('m'), { code: 'E1', status: 404, big: 10n, no: undefined, nan: NaN, at: new Date(0) }) | Error | m | {\"code\":\"E1\",\"status\":404,\"big\":\"10n\",\"no\":\"undefined\",\"nan\":\"NaN\",\"at\":\"1970-01-01T00:00:00.000Z\"}",
        "throw Object.assign(new Error('m'), { response: { data: [1, { a: null }], get x() { throw 1 } }, [Symbol('s')]: new Map([[1, 2]]) }) | Error | m | {\"response\":{\"data\":[1,{\"a\":null}],\"x\":\"[Getter]\"},\"Symbol(s)\":\"Map(1) { 1 => 2 }\"}",
        "throw new Error('m', { cause: 'text' }) | Error | m | {\"cause\":\"text\"}",
        "throw new Error('m', { cause: { code: 7 } }) | Error | m | {\"cause\":{\"code\":7}}",
        "throw new Error('m', { cause: null }) | Error | m | {\"cause\":null}",
        "const e = new Error('m'); e.cause = e; e.self = [e]; throw e | Error | m | {\"self\":[\"[Circular]\"],\"cause\":\"[Circular]\"}",
        "throw { code: 7, get x() { throw 1 } } | Error | { code: 7, x: [Getter] } | {\"code\":7,\"x\":\"[Getter]\"}",
        "class Oops { reason = 'r' } throw new Oops() | Oops | Oops { reason: 'r' } | {\"reason\":\"r\"}",
        "const e = new Error('m'); for (const k of ['stack', 'name', 'message', 'cause', 'errors', 'code']) Object.defineProperty(e, k, { get() { throw e }, enumerable: true }); throw e | Error | [Error] { message: [Getter] | {\"code\":\"[Getter]\",\"cause\":\"[Getter]\",\"errors\":\"[Getter]\"}",
        "throw undefined | Error | undefined | {}",
        "throw ['a', 1] | Array | [ 'a', 1 ] | {\"0\":\"a\",\"1\":1}",
        "throw () => 1 | Error | [Function (anonymous)] | {}",
        "throw Object.assign(new Error('m'), { code: '\\0 \\ud800' }) | Error | m | {\"code\":\"\\u0000 \\ud800\"}",
        "Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = () => 'lie'; throw Object.assign(new Error('m'), { list: ['a'] }) | Error | m | {\"list\":[\"a\"]}",
    })
    void keepsAllThatWasThrown(String code, String name, String message, String details) {
        Outcome.WorkflowError error = error(sandbox.run(workflow(code)));
        assertThat(error.name()).isEqualTo(name);
        assertThat(error.message()).startsWith(message);
        assertThat(error.details() == null ? "{}" : error.details()).isEqualTo(details);
    }

    @Test
    void keepsTheChainOfCausesWithTheirPlaces() {
        Outcome.WorkflowError error = error(sandbox.run(workflow("""
                class Inner extends TypeError {}
                const inner = Object.assign(new Inner('inner', { cause: new RangeError('innermost') }), { code: 'E_INNER' });
                throw new AggregateError([new Error('one'), 2], 'outer', { cause: inner })""")));
        assertThat(error.message()).isEqualTo("outer");
        JsonObject details = new JsonObject(error.details());
        JsonObject cause = details.getJsonObject("cause");
        assertThat(cause.getString("name")).isEqualTo("Inner");
        assertThat(cause.getString("message")).isEqualTo("inner");
        assertThat(cause.getString("code")).isEqualTo("E_INNER");
        assertThat(cause.getString("stack")).startsWith("    at ").contains("workflow.js:3:").doesNotContain("prelude");
        assertThat(cause.getJsonObject("cause").getString("message")).isEqualTo("innermost");
        assertThat(details.getJsonArray("errors").getJsonObject(0).getString("message")).isEqualTo("one");
        assertThat(details.getJsonArray("errors").getInteger(1)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "let e = new Error('0'); for (let i = 1; i < 1000; i++) e = new Error(String(i), { cause: e }); throw e | deeper than 10 levels",
        "throw new AggregateError(Array.from({ length: 1000 }, (_, i) => i), 'm') | ... 950 more",
        "throw Object.assign(new Error('m'), Object.fromEntries(Array.from({ length: 90 }, (_, i) => ['k' + i, 1]))) | ... 40 more",
        "throw Object.assign(new Error('m'), { s: 'x'.repeat(1e6) }) | xxx…",
        "let t = ['x'.repeat(50)]; for (let i = 0; i < 9; i++) t = Array(50).fill(t); throw Object.assign(new Error('m'), { t }) | ... 49 more",
    })
    void boundsWhatIsKept(String code, String mark) {
        assertThat(error(sandbox.run(workflow(code))).details()).contains(mark).hasSizeLessThan(64 << 10);
    }

    @Test
    void wantsADefaultExport() {
        assertThat(error(sandbox.run("export const a = 1;")).message()).contains("must export a function");
        assertThat(error(sandbox.run("throw new Error('at load')")).message()).isEqualTo("at load");
    }

    @Test
    void reportsSyntaxErrorsOfRuns() {
        Outcome.WorkflowError error = error(sandbox.run("export default async function () {\n  const x = ;\n}"));
        assertThat(error.name()).isEqualTo("SyntaxError");
        assertThat(error.stack()).contains("workflow.js:2:13");
    }

    @Test
    void checksCodeWithoutRunningIt() {
        String good = workflow("while (true) {}");
        assertThat(check(good)).isEqualTo(new CheckResult.Valid(good));
        assertThat(check("while (true) {}\nexport default class {}")).isEqualTo(
                new CheckResult.Invalid("the default export is a class; it must be a function: "
                        + "export default async function (ctx) { … }", 2, 1));
        assertThat(check("export default async function () {\n  const x = ;\n}")).isInstanceOfSatisfying(
                CheckResult.Invalid.class, invalid -> {
                    assertThat(invalid.line()).isEqualTo(2);
                    assertThat(invalid.column()).isEqualTo(13);
                    assertThat(invalid.message()).isEqualTo("Expected an operand but found ;");
                });
    }

    @Test
    void checksOfLongCodeDoNotHoldUpShortOnes() {
        String longest = "export default () => 1;\n" + "{let a}".repeat(50_000);
        List<CompletableFuture<CheckResult>> crowd = Stream.generate(
                () -> sandbox.pool.check(longest, Language.JAVASCRIPT).toCompletableFuture()).limit(8).toList();
        assertThat(check(workflow("return 1"))).isInstanceOf(CheckResult.Valid.class);
        assertThat(crowd).filteredOn(CompletableFuture::isDone).hasSizeLessThanOrEqualTo(4);
        assertThat(crowd.stream().map(CompletableFuture::join)).hasOnlyElementsOfType(CheckResult.Valid.class);
    }

    private static CheckResult check(String code) {
        return sandbox.pool.check(code, Language.JAVASCRIPT).toCompletableFuture().join();
    }
}
