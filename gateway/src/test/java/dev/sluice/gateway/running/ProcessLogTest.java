package dev.sluice.gateway.running;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The check at the end of every test with a node finds what is planted. */
class ProcessLogTest {
    private static final String HARMLESS = """
            WARNING: Using incubator modules: jdk.incubator.vector
            2026-11-28T02:23:14.070Z INFO  NodeProcess: starting in /data
            2026-11-28T02:23:15.070+02:00 WARN  Session: sandbox process 7 has been silent for 10 s and is ended
            """;

    @ParameterizedTest
    @ValueSource(strings = {
        "2026-11-28T02:23:16.000Z ERROR Failures: unexpected failure\n",
        "2026-11-28T02:23:16.000Z WARN  Lifecycle: HTTP did not stop\njava.lang.X: y\n\tat a.b.C.d(C.java:7)\n",
        "2026-11-28T02:23:16.000Z WARN  Launcher: sandbox 0: java.lang.X: y | at a.b/c.D$1.<init>(D.java) | more\n",
        "2026-11-28T02:23:16.000Z INFO  ContextImpl: Unhandled exception\n",
        "2026-11-28T02:23:16.000Z WARN  ResourceLeakDetector: LEAK: ByteBuf.release() was not called\n",
        "Exception in thread \"main\" java.lang.IllegalStateException\n",
        "Terminating due to java.lang.OutOfMemoryError: Java heap space\n",
    })
    void whatIsUnexpectedIsFoundAndWhatIsDeclaredIsNot(String planted) {
        assertThat(ProcessLog.unexpected(HARMLESS, List.of())).isEmpty();
        List<String> found = ProcessLog.unexpected(HARMLESS + planted + HARMLESS, List.of());
        assertThat(found).singleElement().asString().contains(planted.strip());
        Pattern declared = Pattern.compile(Pattern.quote(planted.strip().lines().toList().getLast()));
        assertThat(ProcessLog.unexpected(HARMLESS + planted + HARMLESS, List.of(declared))).isEmpty();
    }

    @Test
    void anErrorOfARunningNodeFailsTheTestThatEndsIt() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> {
            try (RunningSluice sluice = RunningSluice.start(Map.of("SLUICE_SANDBOX_PROCESSES", "0"))) {
                sluice.requireNothingUnexpectedLogged();
                sluice.redis().destroyForcibly();
                Awaitility.await().until(() -> sluice.log().contains("ended by itself"));
            }
        }).withMessageContaining("ERROR").withMessageContaining("ended by itself");
    }
}
