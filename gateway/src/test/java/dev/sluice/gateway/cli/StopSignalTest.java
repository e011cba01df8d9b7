package dev.sluice.gateway.cli;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

class StopSignalTest {
    @Test
    void theProcessEndsThoughItsMainThreadHangs() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", System.getProperty("java.class.path"), Hanging.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().anyMatch(Hanging.UP::equals)).isTrue();
            // Of the process itself it would close the output, too.
            process.toHandle().destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(out.lines()).anyMatch(line -> line.contains("did not stop within 1 s"));
        } finally {
            process.destroyForcibly();
        }
    }

    /** A node whose start hangs on something that no interrupt ends. */
    static final class Hanging {
        private static final String UP = "up";

        private Hanging() {}

        public static void main(String[] arguments) {
            StopSignal signal = new StopSignal(Duration.ofSeconds(1));
            System.out.println(UP);
            while (true) {
                LockSupport.park(signal);
                Thread.interrupted();
            }
        }
    }
}
