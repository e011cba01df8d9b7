package dev.sluice.config.settings;

/**
 * The processes that run workflow code.
 *
 * @param processes how many; with 0 this node executes nothing
 * @param heap Java heap of one process, in bytes
 * @param contexts what an execution starts with
 * @param maxConcurrent executions that one process runs at the same time
 */
public record SandboxSettings(int processes, long heap, Contexts contexts, int maxConcurrent) {
    /** What an execution starts with. */
    public enum Contexts {
        /** May see module-level variables that an execution of the same customer and version left. */
        WARM,
        /** Sees nothing of any other execution. */
        FRESH
    }
}
