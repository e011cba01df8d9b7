package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Limits;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How sandbox processes are run.
 *
 * @param processes how many
 * @param slots executions in flight per process, waiting ones included
 * @param threads threads that run JavaScript, per process
 * @param heapMebibytes {@code -Xmx} of a process
 * @param contextMode whether contexts are kept for the next execution of the same customer and version
 * @param warmContexts idle contexts kept, per process
 * @param limits of one execution
 * @param javaHome a JDK 25 home
 * @param installation the folder with the sandbox's jars, see {@link SandboxInstallation}
 * @param networkIsolation whether to try an empty network namespace; where the kernel refuses, the process starts
 *     without one and {@link PoolStatus.ProcessStatus#networkIsolated()} says so
 * @param readyTimeout from the start of a process to its ready frame; after that it is replaced
 */
public record SandboxOptions(
        int processes,
        int slots,
        int threads,
        int heapMebibytes,
        ContextMode contextMode,
        int warmContexts,
        Limits limits,
        Path javaHome,
        SandboxInstallation installation,
        boolean networkIsolation,
        Duration readyTimeout) {

    public SandboxOptions {
        between("processes", processes, 0, 64);
        between("slots", slots, 1, 10_000);
        between("threads", threads, 1, 256);
        between("heapMebibytes", heapMebibytes, 64, 1 << 20);
        between("warmContexts", warmContexts, 0, 10_000);
    }

    /** One process of 512 MiB with 128 slots and a thread a core, warm contexts, on the JDK that runs this. */
    public static SandboxOptions defaults(SandboxInstallation installation) {
        return new SandboxOptions(
                1, 128, Math.max(2, Runtime.getRuntime().availableProcessors()), 512, ContextMode.WARM, 64,
                Limits.defaults(), Path.of(System.getProperty("java.home")), installation, true,
                Duration.ofSeconds(30));
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ": " + value);
        }
    }
}
