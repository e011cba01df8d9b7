package dev.sluice.config.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One running server, either started by this process or found as the orphan of an earlier one. */
final class ServerProcess {
    private static final long POLL_MILLIS = 10;

    private final ProcessHandle handle;

    private ServerProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /**
     * Starts a server whose output goes to a log file; the log of the run before is kept beside it.
     *
     * <p>The server gets a session of its own, so that a Ctrl-C in the terminal reaches the gateway alone and the
     * servers live until it has drained.
     */
    static ServerProcess start(List<String> command, Path directory, Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> detached = new ArrayList<>();
        if (UserNamespace.onPath("setsid")) {
            detached.add("setsid");
        }
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        restrictEnvironment(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new ServerProcess(process.toHandle());
    }

    /** Leaves nothing of the gateway's environment, which may hold secrets, to a server. */
    static void restrictEnvironment(Map<String, String> environment) {
        environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        environment.put("LC_ALL", "C");
    }

    /**
     * Finds the living process that an earlier start left behind.
     *
     * @param pidFile written by the server; its first line is the process id
     * @param argument a path that only this server's command line contains, so that a recycled id is not mistaken
     */
    static Optional<ServerProcess> orphan(Path pidFile, String argument) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0])).contains(argument))
                .map(ServerProcess::new);
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** Sends a signal by its name without {@code SIG}; a process that is gone is left alone. */
    void signal(String name) throws IOException, InterruptedException {
        if (handle.isAlive()) {
            // The shell's own kill: the JDK sends only TERM and KILL.
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + handle.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** Lets the process and its children go on if they were made to stand still, for only then can they follow a signal. */
    void wake() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-CONT", Long.toString(handle.pid())));
        handle.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        new ProcessBuilder("sh", "-c", String.join(" ", command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Waits for the end of the process and tells whether it came in time. */
    boolean awaitExit(Duration limit) throws InterruptedException {
        // Polled: for an orphan, which is no child of this process, the JDK's own waiting is seconds late.
        long deadline = System.nanoTime() + limit.toNanos();
        while (handle.isAlive()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Runs {@code action} when the process ends. */
    void onExit(Runnable action) {
        Thread.ofVirtual().name("watch-" + handle.pid()).start(() -> {
            handle.onExit().join();
            action.run();
        });
    }

    /** Ends the process without giving it a say. */
    void kill() {
        handle.destroyForcibly();
    }
}
