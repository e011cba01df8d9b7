package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Runs workflow code out of the way of the trusted process. Every method may be called from an event loop: none blocks,
 * except {@link #close(Duration)}. Stages complete on a reader thread of the pool and what hangs on them must not block.
 */
public interface Sandboxes extends AutoCloseable {
    /**
     * Takes a slot for one execution, if there is one.
     *
     * @return whether {@link #run} may now be called once; a slot that is not used goes back with {@link #release}
     */
    boolean tryReserve();

    /** Gives back a slot that {@link #run} was not called for. */
    void release();

    /**
     * Runs an attempt on a reserved slot, which is free again when the stage completes, or at once where the attempt runs
     * alone in a process of its own.
     *
     * @param alone whether the execution may have brought down a process before
     * @return never fails: whatever happens is an {@link Outcome}
     * @throws IllegalStateException if no slot was reserved
     */
    CompletionStage<Outcome> run(Invocation invocation, boolean alone);

    /** Runs an attempt of an execution that nothing is held against. */
    default CompletionStage<Outcome> run(Invocation invocation) {
        return run(invocation, false);
    }

    /** Asks for an execution to end as {@link Outcome.Cancelled}; nothing happens where it is not in flight. */
    void cancel(UUID executionId);

    /** Says whether code could run as a workflow, without running it. Never fails. */
    CompletionStage<CheckResult> check(String code, Language language);

    /** The pool at this moment. */
    PoolStatus status();

    /**
     * Takes no more work, lets what runs finish for up to {@code grace}, then ends the processes; what still ran
     * resolves as {@link Outcome.Lost}. Blocks until the processes are gone.
     */
    void close(Duration grace);

    /** Closes without grace. */
    @Override
    default void close() {
        close(Duration.ZERO);
    }
}
