package dev.sluice.executor.dispatcher.sandbox;

import java.util.List;

/**
 * The pool at one moment, for metrics and readiness.
 *
 * @param capacity slots in total, over processes that are ready
 * @param reserved slots taken
 * @param restarts processes replaced since start
 */
public record PoolStatus(List<ProcessStatus> processes, int capacity, int reserved, long restarts) {
    public PoolStatus {
        processes = List.copyOf(processes);
    }

    /** Processes that take work. */
    public int ready() {
        return (int) processes.stream().filter(process -> process.state() == State.READY).count();
    }

    /** Whether every process that takes work compiles JavaScript to machine code. */
    public boolean jit() {
        return processes.stream().filter(process -> process.state() == State.READY).allMatch(ProcessStatus::jit);
    }

    /**
     * @param pid of the operating system, 0 while there is none
     * @param inFlight executions handed over and not ended
     * @param jit whether the engine compiles; false until ready
     * @param networkIsolated whether the process lives in an empty network namespace
     * @param readyMillis from start to ready, 0 until ready
     */
    public record ProcessStatus(
            int index, long pid, State state, int inFlight, boolean jit, boolean networkIsolated, long readyMillis) {}

    /** Life of a process. */
    public enum State { STARTING, READY, DRAINING, BACKING_OFF, STOPPED }
}
