package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(check("while (true) {}")).isInstanceOf(CheckResult.Valid.class);
        assertThat(check("export default async function () {\n  const x = ;\n}")).isInstanceOfSatisfying(
                CheckResult.Invalid.class, invalid -> {
                    assertThat(invalid.line()).isEqualTo(2);
                    assertThat(invalid.column()).isEqualTo(13);
                    assertThat(invalid.message()).isEqualTo("Expected an operand but found ;");
                });
    }

    private static CheckResult check(String code) {
        return sandbox.pool.check(code, Language.JAVASCRIPT).toCompletableFuture().join();
    }
}
