package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.Limits;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Looks at the turns being run, many times a second, and ends the executions whose turns break a limit. */
final class Watchdog {
    private static final long PERIOD_MILLIS = 5;
    private static final long LONG_TURN_NANOS = Duration.ofMillis(20).toNanos();

    /** Code that runs on after its workflow has returned gets this long, from the start of the turn. */
    private static final long AFTER_END_NANOS = Duration.ofSeconds(1).toNanos();

    private final Limits limits;
    private final TurnPool turns;
    private final HeapPressure heap;
    private final Realms realms;

    Watchdog(Limits limits, TurnPool turns, Realms realms) {
        this.limits = limits;
        this.turns = turns;
        this.realms = realms;
        heap = new HeapPressure();
    }

    /** Starts the watch, which lasts as long as the process. A thread of its own, because it must never wait. */
    void start() {
        Thread.ofPlatform().name("watchdog").daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(PERIOD_MILLIS);
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void look() {
        boolean anyLong = false;
        long most = 0;
        Execution hungriest = null;
        for (Execution execution : turns.running()) {
            Turn turn = execution.currentTurn();
            if (turn == null) {
                continue;
            }
            anyLong |= System.nanoTime() - turn.startedNanos() > LONG_TURN_NANOS;
            if (runsOnAfterItsEnd(execution, turn)) {
                execution.abort(Ending.cancelled());
                continue; // it goes anyway: for memory, another has to
            }
            long allocated = execution.allocatedBefore() + allocatedIn(turn);
            if (allocated > most) {
                most = allocated;
                hungriest = execution;
            }
            judge(execution, turn, allocated);
        }
        if (anyLong) {
            turns.compensate();
        }
        relieve(hungriest);
    }

    private static boolean runsOnAfterItsEnd(Execution execution, Turn turn) {
        return execution.ended() && System.nanoTime() - turn.startedNanos() > AFTER_END_NANOS;
    }

    private void judge(Execution execution, Turn turn, long allocated) {
        if (allocated > limits.allocatedBytes()) {
            execution.abort(Ending.failed("LimitError",
                    "the workflow allocated more than " + (limits.allocatedBytes() >> 20) + " MiB of memory"));
        } else if (System.nanoTime() - turn.startedNanos() > limits.turn().toNanos()
                && ThreadMeter.cpuNanos(turn.thread()) - turn.cpuNanos() > limits.turn().toNanos()) {
            execution.abort(Ending.timedOut("the workflow computed for more than " + limits.turn().toMillis()
                    + " ms without awaiting anything"));
        }
    }

    /** One heap serves all: when it fills, what is idle goes first, then whoever took most. */
    private void relieve(@Nullable Execution hungriest) {
        heap.measure();
        if (heap.critical() && hungriest != null) {
            hungriest.abort(Ending.failed("LimitError", "the workflow took too much of the sandbox's memory"));
            heap.answered();
            realms.drop();
        } else if (heap.high()) {
            heap.answered();
            realms.drop();
        }
    }

    private static long allocatedIn(Turn turn) {
        long now = ThreadMeter.allocatedBytes(turn.thread());
        return now < 0 ? 0 : now - turn.allocatedBytes();
    }
}
