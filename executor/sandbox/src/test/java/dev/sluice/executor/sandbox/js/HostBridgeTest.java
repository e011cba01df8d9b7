package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The door to the host, used by code that has got hold of it: no prelude checks anything first. */
class HostBridgeTest {
    private static final JavaScript JAVASCRIPT = new JavaScript(Limits.defaults());

    private final HostBridge bridge = new HostBridge();
    private final Asked asked = new Asked();
    private final Context context = JAVASCRIPT.context();

    @BeforeEach
    void open() {
        bridge.attach(asked);
        context.getBindings("js").putMember("host", bridge);
    }

    @AfterAll
    static void close() {
        JAVASCRIPT.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "host()", "host('1')", "host({})", "host(-1)", "host(7)", "host(2 ** 31)", "host(NaN)", "host(Symbol())", "host(0)",
        "host(0, 5, 'x')", "host(0, -1, 'x')", "host(0, 1, {})", "host(0, 1, 2)",
        "host(1)", "host(1, 'get')", "host(1, 'drop', 'ORG', 'k')", "host(1, 'get', {}, 'k')", "host(1, 'get', 'ORG', '')",
        "host(1, 'get', 'ORG', 'x'.repeat(1025))", "host(1, 'get', 'ORG', ['k'])", "host(1, 'set', 'ORG', 'k')",
        "host(1, 'set', 'ORG', 'k', {})", "host(1, 'set', 'ORG', 'k', '1', 'soon')", "host(1, 'set', 'ORG', 'k', '1', {})",
        "host(2)", "host(2, 'x', false)", "host(2, 1)", "host(2, 1, 'yes')", "host(2, { valueOf: () => 1 }, true)",
        "host(3, 'x')", "host(3, 0)", "host(3, 1.5)", "host(4)", "host(4, 1)", "host(4, { toString: () => '1' })",
        "host(5)", "host(5, 'a', 'b')", "host(5, 'a', 'b', 3)",
        "host(6)", "host(6, -1)", "host(6, 65537)", "host(6, 2147483647)", "host(6, 1e300)", "host(6, '4')", "host(6, {})",
        "host(new Proxy({}, { get() { throw 1; } }))", "host(4, new Proxy({}, { get() { throw 1; } }))",
    })
    void argumentsThatNoWorkingPreludeSendsEndTheExecution(String call) {
        Value answer = context.eval("js", call);

        assertThat(answer.isNull()).isTrue();
        assertThat(asked.of).containsExactly("broken");
    }

    @Test
    void whatIsWithinBoundsIsPassedOn() {
        assertThat(context.eval("js", "host(6, 65536).length").asInt()).isEqualTo(131_072);
        assertThat(context.eval("js", "host(6, 0)").asString()).isEmpty();
        assertThat(context.eval("js", "host(1, 'get', 'ORG', 'k')").asInt()).isEqualTo(9);
        context.eval("js", "host(1, 'set', 'INVOCATION', 'k', '1', Infinity); host(1, 'set', 'ORG', 'k', '1', NaN)");
        context.eval("js", "host(2, NaN, false); host(2, Infinity, true); host(2, -1e300, true)");
        assertThat(asked.of).containsExactly(
                new HostCall.StateGet(HostCall.StateScope.ORG, "k"),
                new HostCall.StateSet(HostCall.StateScope.INVOCATION, "k", "1", Duration.ofDays(36_525)),
                new HostCall.StateSet(HostCall.StateScope.ORG, "k", "1", Duration.ofMillis(1)),
                "timer 0 false", "timer 2147483647 true", "timer 0 true");
    }

    @Test
    void anErrorIsCutToWhatFitsAFrame() {
        context.eval("js", "host(5, 'n'.repeat(1e6), '\\ud83d\\ude00'.repeat(1e6), 'at workflow.js:'.repeat(1e6), '1'.repeat(1e6))");
        assertThat(asked.of).singleElement().isInstanceOfSatisfying(Outcome.WorkflowError.class, error -> {
            assertThat(error.name()).hasSizeLessThan(1_000);
            assertThat(error.message()).hasSizeLessThan(20_000).endsWith("\ud83d\ude00");
            assertThat(String.valueOf(error.stack())).hasSizeLessThan(40_000);
            assertThat(error.details()).as("half of a JSON object would be none").isNull();
        });
    }

    @Test
    void nobodyIsAskedOnceTheExecutionIsGone() {
        bridge.detach();
        assertThat(context.eval("js", "host(1, 'get', 'ORG', 'k')").asInt()).isEqualTo(RealmHost.REFUSED);
        assertThat(context.eval("js", "host(2, 1, true)").asInt()).isEqualTo(RealmHost.REFUSED);
        context.eval("js", "host('nonsense'); host(4, '1'); host(5, 'a', 'b', 'c', ''); host(0, 1, 'x')");
        assertThat(asked.of).isEmpty();
    }

    /** Keeps what was asked. */
    private static final class Asked implements RealmHost {
        final List<Object> of = new ArrayList<>();

        @Override
        public boolean keepsLogs() {
            return true;
        }

        @Override
        public void log(Outcome.Level level, String message) {
            of.add(message);
        }

        @Override
        public int call(HostCall call) {
            of.add(call);
            return 9;
        }

        @Override
        public int setTimer(long delayMillis, boolean repeats) {
            of.add("timer " + delayMillis + " " + repeats);
            return 9;
        }

        @Override
        public void clearTimer(int timerId) {
            of.add(timerId);
        }

        @Override
        public void completed(String resultJson) {
            of.add(resultJson);
        }

        @Override
        public void failed(Outcome.WorkflowError error) {
            of.add(error);
        }

        @Override
        public void broken() {
            of.add("broken");
        }
    }
}
