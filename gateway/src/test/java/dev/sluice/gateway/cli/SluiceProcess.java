package dev.sluice.gateway.cli;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line in a process of its own, with its output in files. */
final class SluiceProcess {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final Process process;
    private final Path out;
    private final Path err;

    private SluiceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static SluiceProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsluice.sandbox.home=" + System.getProperty("sluice.sandbox.home"),
                "-cp", System.getProperty("java.class.path"),
                Sluice.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        return new SluiceProcess(builder.start(), out, err);
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT)) {
            throw new AssertionError("still running after " + LIMIT);
        }
        return process.exitValue();
    }

    /** Waits for the line that says the node is ready. */
    SluiceProcess awaitReady() {
        Awaitility.await().atMost(LIMIT)
                .failFast("the process ended", () -> !process.isAlive())
                .until(() -> err().contains(": ready"));
        return this;
    }
}
