package dev.sluice.executor.dispatcher;

import java.util.concurrent.atomic.LongAdder;

/** What the dispatcher has done since start. */
public final class DispatcherMetrics {
    /** Executions that returned. */
    public final LongAdder completed = new LongAdder();
    /** Executions that failed for good. */
    public final LongAdder failed = new LongAdder();
    /** Executions that ran out of time for good. */
    public final LongAdder timedOut = new LongAdder();
    /** Attempts that will be tried again. */
    public final LongAdder retried = new LongAdder();
    /** Executions whose sandbox died under them. */
    public final LongAdder lost = new LongAdder();
    /** Executions whose end came after their lease was gone. */
    public final LongAdder refused = new LongAdder();
    /** Executions taken from the queue rather than straight from the journal. */
    public final LongAdder claimed = new LongAdder();
}
