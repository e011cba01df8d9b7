package dev.sluice.gateway.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The shell of somebody who pastes commands. */
public final class Shell {
    private Shell() {}

    /** Runs a script; answers what it printed, errors included. */
    public static String run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", script)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("exit code %d of:%n%s%n%s".formatted(process.exitValue(), script, output));
        }
        return output;
    }
}
