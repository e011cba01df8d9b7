package dev.sluice.executor.dispatcher.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command in a network namespace without interfaces, where the kernel allows it to this user.
 *
 * @param prefix what to put before the command; empty where there is no isolation
 */
record NetworkIsolation(List<String> prefix) {
    private static final List<Path> UNSHARE = List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));
    private static final long PATIENCE_SECONDS = 5;

    /** No isolation. */
    static final NetworkIsolation NONE = new NetworkIsolation(List.of());

    boolean active() {
        return !prefix.isEmpty();
    }

    /** Tries what works: as root directly, else through a user namespace. Takes some milliseconds. */
    static NetworkIsolation probe() {
        for (Path unshare : UNSHARE) {
            if (!Files.isExecutable(unshare)) {
                continue;
            }
            for (List<String> flags : List.of(List.of("-n"), List.of("-U", "-r", "-n"))) {
                List<String> prefix = new ArrayList<>(List.of(unshare.toString()));
                prefix.addAll(flags);
                prefix.add("--");
                if (works(prefix)) {
                    return new NetworkIsolation(List.copyOf(prefix));
                }
            }
        }
        return NONE;
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
