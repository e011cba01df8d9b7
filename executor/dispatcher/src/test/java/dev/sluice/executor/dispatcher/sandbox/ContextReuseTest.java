package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may meet whose globals. */
class ContextReuseTest {
    private static final String COUNT =
            "let runs = 0; export default async function (ctx) { globalThis.seen = (globalThis.seen ?? 0) + 1; "
                    + "runs++; if (ctx.input.fail) throw new Error('x'); "
                    + "if (ctx.input.timer) setTimeout(() => {}, 1e6); "
                    + "if (ctx.input.call) fastn.state.get('hang'); "
                    + "if (ctx.input.spin) for (;;); return [runs, globalThis.seen]; }";
    private static final Sandboxed.Run RUN = new Sandboxed.Run(COUNT);

    @Test
    void warmContextsStayWithTheirCustomerAndVersion() {
        try (Sandboxed sandbox = new Sandboxed()) {
            assertThat(sandbox.result(RUN)).isEqualTo("[1,1]");
            assertThat(sandbox.result(RUN)).isEqualTo("[2,2]");
            assertThat(sandbox.result(RUN.customer(new UUID(9, 9)))).isEqualTo("[1,1]");
            assertThat(sandbox.result(RUN.version(new UUID(8, 8)))).isEqualTo("[1,1]");
            assertThat(sandbox.result(RUN)).isEqualTo("[3,3]");

            assertThat(sandbox.run(RUN.body("{\"fail\":true}"))).isInstanceOf(Outcome.Failed.class);
            assertThat(sandbox.result(RUN)).as("an ordinary error leaves the context usable").isEqualTo("[5,5]");
            assertThat(sandbox.result(RUN.body("{\"timer\":true}"))).isEqualTo("[6,6]");
            assertThat(sandbox.result(RUN)).as("a pending timer does not").isEqualTo("[1,1]");
            assertThat(sandbox.result(RUN.body("{\"call\":true}"))).isEqualTo("[2,2]");
            assertThat(sandbox.result(RUN)).as("nor does a pending call").isEqualTo("[1,1]");
            assertThat(sandbox.run(RUN.body("{\"spin\":true}").timeout(Duration.ofMillis(200))))
                    .isInstanceOf(Outcome.TimedOut.class);
            assertThat(sandbox.result(RUN)).as("nor a timeout").isEqualTo("[1,1]");
        }
    }

    @Test
    void freshContextsAreNeverUsedAgain() {
        try (Sandboxed sandbox = new Sandboxed(Sandboxed.options(ContextMode.FRESH))) {
            assertThat(sandbox.result(RUN)).isEqualTo("[1,1]");
            assertThat(sandbox.result(RUN)).isEqualTo("[1,1]");
        }
    }

    @Test
    void theWarmPoolIsBounded() {
        try (Sandboxed sandbox = new Sandboxed()) {
            for (int customer = 0; customer < 40; customer++) {
                assertThat(sandbox.result(RUN.customer(new UUID(7, customer)))).isEqualTo("[1,1]");
            }
            assertThat(sandbox.result(RUN.customer(new UUID(7, 39)))).isEqualTo("[2,2]");
            assertThat(sandbox.result(RUN.customer(new UUID(7, 0)))).isEqualTo("[1,1]");
            assertThat(sandbox.result(workflow("return Object.keys(globalThis).join()"))).isEqualTo("\"fastn\"");
        }
    }
}
