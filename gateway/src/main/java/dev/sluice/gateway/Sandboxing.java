package dev.sluice.gateway;

import dev.sluice.config.settings.SandboxSettings;
import dev.sluice.executor.dispatcher.sandbox.SandboxInstallation;
import dev.sluice.executor.dispatcher.sandbox.SandboxOptions;
import dev.sluice.executor.dispatcher.sandbox.SandboxPool;
import dev.sluice.executor.dispatcher.state.WorkflowState;
import dev.sluice.executor.sandbox.protocol.ContextMode;

import java.util.concurrent.CompletableFuture;

/** Starts the sandbox processes as the settings say. */
final class Sandboxing {
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
                standard.readyTimeout());
        return SandboxPool.start(options, (of, call) -> state.thenCompose(services -> services.call(of, call)));
    }
}
