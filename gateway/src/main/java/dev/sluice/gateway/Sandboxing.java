package dev.sluice.gateway;

import dev.sluice.config.settings.SandboxSettings;
import dev.sluice.executor.dispatcher.sandbox.SandboxInstallation;
import dev.sluice.executor.dispatcher.sandbox.SandboxOptions;
import dev.sluice.executor.dispatcher.sandbox.SandboxPool;
import dev.sluice.executor.dispatcher.state.WorkflowState;
import dev.sluice.executor.sandbox.protocol.ContextMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Starts the sandbox processes as the settings say. */
final class Sandboxing {
    private static final Logger LOG = LoggerFactory.getLogger(Sandboxing.class);
    /** Generous: on a machine that is busy elsewhere a slow start beats being started over. */
    private static final Duration PROCESS_READY_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(10);

    private Sandboxing() {}

    /** The host services may come later than the processes; calls wait for them. */
    static SandboxPool start(SandboxSettings settings, CompletableFuture<WorkflowState> state) {
        SandboxOptions standard = SandboxOptions.defaults(SandboxInstallation.fromProperty());
        SandboxOptions options = new SandboxOptions(
                settings.processes(),
                settings.maxConcurrent(),
                standard.threads(),
                Math.toIntExact(settings.heap() >> 20),
                switch (settings.contexts()) {
                    case WARM -> ContextMode.WARM;
                    case FRESH -> ContextMode.FRESH;
                },
                standard.warmContexts(),
                standard.limits(),
                standard.javaHome(),
                standard.installation(),
                standard.networkIsolation(),
                PROCESS_READY_TIMEOUT);
        return SandboxPool.start(options, (of, call) -> state.thenCompose(services -> services.call(of, call)));
    }

    /** Returns when a process takes work, at once if there is to be none. */
    static void awaitReady(SandboxPool pool) throws NodeStartException, InterruptedException {
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        if (pool.status().processes().isEmpty()) {
            return;
        }
        while (pool.status().ready() == 0) {
            if (System.nanoTime() > deadline) {
                throw new NodeStartException("no sandbox process became ready within " + READY_TIMEOUT.toSeconds()
                        + " s; the lines above may say why", null);
            }
            Thread.sleep(POLL);
        }
        if (!pool.status().jit()) {
            LOG.warn("the sandbox interprets JavaScript: its JIT compiler does not fit this JDK");
        }
    }
}
