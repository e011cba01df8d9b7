package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;

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
    void returnsTheResult() {
        Sandboxed.Run run = new Sandboxed.Run(workflow("return { sum: ctx.input.a + ctx.input.b };")).body("{\"a\":1,\"b\":2}");
        assertThat(sandbox.result(run)).isEqualTo("{\"sum\":3}");
    }

    @Test
    void compilesToMachineCode() {
        assertThat(sandbox.pool.status().jit()).isTrue();
    }
}
