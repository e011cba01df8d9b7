package dev.sluice.quota.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes a process stand still and go on, which it can neither notice nor refuse. */
public final class Signals {
    private Signals() {}

    /** SIGSTOP. */
    public static void pause(Process process) {
        send("-STOP", process);
    }

    /** SIGCONT. */
    public static void resume(Process process) {
        send("-CONT", process);
    }

    private static void send(String signal, Process process) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
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
