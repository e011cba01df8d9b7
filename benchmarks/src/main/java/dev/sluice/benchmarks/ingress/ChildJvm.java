package dev.sluice.benchmarks.ingress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server or client in a process of its own, on the class path of this one, with the flags the product is started with. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private ChildJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ChildJvm start(Path log, Map<String, String> environment, String mainClass, String... arguments)
            throws IOException {
        ProcessBuilder builder = builder(List.of(), mainClass, arguments)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return started(builder);
    }

    /** One that is asked, see {@link #ask}; only its standard error goes to the log. */
    static ChildJvm startPiped(Path log, List<String> prefix, String mainClass) throws IOException {
        return started(builder(prefix, mainClass).redirectError(log.toFile()));
    }

    private static ProcessBuilder builder(List<String> prefix, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC", "-Xmx1g", "-XX:+UseTransparentHugePages", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        // As the launcher does, which has looked whether this JDK has the module.
        ModuleLayer.boot().findModule("jdk.incubator.vector")
                .ifPresent(module -> command.addAll(List.of("--add-modules", module.getName())));
        command.addAll(List.of(
                "-Dsluice.sandbox.home=" + System.getProperty("sluice.sandbox.home"),
                "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static ChildJvm started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        // Ctrl-C on the benchmark must not leave a server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ChildJvm(process);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Writes a line to the process and returns the line that it answers. */
    String ask(String line) {
        try {
            orders.append(line).append('\n').flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the process has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly().onExit().join()).join();
    }
}
