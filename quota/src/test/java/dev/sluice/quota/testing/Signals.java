package dev.sluice.quota.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes a process stand still and go on, which it can neither notice nor refuse. */
public final class Signals {
    private Signals() {}

    /** SIGSTOP. */
    public static void pause(Process process) {
        send("-STOP", process.toHandle());
    }

    /** SIGSTOP of a process and of all that it has started. */
    public static void pauseAll(ProcessHandle process) {
        send("-STOP", Stream.concat(Stream.of(process), process.descendants()).toArray(ProcessHandle[]::new));
    }

    /** SIGCONT. */
    public static void resume(Process process) {
        send("-CONT", process.toHandle());
    }

    private static void send(String signal, ProcessHandle... processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        Stream.of(processes).forEach(process -> command.add(Long.toString(process.pid())));
        try {
            int status = new ProcessBuilder(command).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " failed: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
