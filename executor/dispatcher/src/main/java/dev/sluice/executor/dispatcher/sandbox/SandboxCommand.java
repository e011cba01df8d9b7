package dev.sluice.executor.dispatcher.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a sandbox process. */
final class SandboxCommand {
    private static final Path NICE = Path.of("/usr/bin/nice");

    /** Workflows use what the edge and the database leave: a tenant's busy loop must not slow acknowledgements down. */
    private static final String NICENESS = "5";

    private SandboxCommand() {}

    static List<String> of(SandboxOptions options, NetworkIsolation isolation, Path socket, Path board) {
        List<String> command = new ArrayList<>(isolation.prefix());
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", NICENESS));
        }
        command.add(options.javaHome().resolve("bin/java").toString());
        command.add("-Xmx" + options.heapMebibytes() + "m");
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                // One small heap, few threads: the collector with the least machinery starts and pauses quickest here.
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "--enable-native-access=org.graalvm.truffle",
                "--sun-misc-unsafe-memory-access=allow",
                "--upgrade-module-path=" + onlyJar(options.installation().compiler()),
                "--module-path", options.installation().modules().toString(),
                "--add-modules",
                "org.graalvm.polyglot,org.graalvm.js,org.graalvm.truffle.runtime,jdk.graal.compiler",
                // The check of code before it is saved reads the tree of the engine's own parser.
                "--add-exports", "org.graalvm.js/com.oracle.js.parser=ALL-UNNAMED",
                "--add-exports", "org.graalvm.js/com.oracle.js.parser.ir=ALL-UNNAMED",
                "--add-exports", "org.graalvm.js/com.oracle.js.parser.ir.visitor=ALL-UNNAMED",
                "--add-exports", "org.graalvm.truffle/com.oracle.truffle.api.strings=ALL-UNNAMED",
                "-cp", options.installation().jar().toString(),
                "dev.sluice.executor.sandbox.SandboxMain",
                socket.toString(),
                board.toString()));
        return command;
    }

    private static Path onlyJar(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
