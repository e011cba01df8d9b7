package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.RealmHost;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Timers of one execution, bounded in number. */
final class PendingTimers {
    private record Timer(long delayMillis, boolean repeats, Future<?> clock) {}

    private final Timers clocks;
    private final int most;
    private final IntConsumer onDue;
    private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private volatile boolean cancelled;

    /** @param onDue takes the number of a timer that is due, on the clock's thread */
    PendingTimers(Timers clocks, int most, IntConsumer onDue) {
        this.clocks = clocks;
        this.most = most;
        this.onDue = onDue;
    }

    /** The number of a new timer, or {@link RealmHost#REFUSED}. Called on the execution's turn. */
    int set(long delayMillis, boolean repeats) {
        if (cancelled || timers.size() >= most) {
            return RealmHost.REFUSED;
        }
        int id = last.incrementAndGet();
        arm(id, delayMillis, repeats);
        return id;
    }

    void clear(int id) {
        Timer timer = timers.remove(id);
        if (timer != null) {
            timer.clock().cancel(false);
        }
    }

    /** Whether the timer is still to fire, now that its turn has come; sets the clock again for one that repeats. */
    boolean due(int id) {
        Timer timer = timers.get(id);
        if (timer != null && timer.repeats()) {
            arm(id, timer.delayMillis(), true);
        } else {
            timers.remove(id);
        }
        return timer != null;
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    /** Stops all clocks for good; from any thread. What was pending remains so, for that is how the execution ended. */
    void cancel() {
        cancelled = true;
        timers.values().forEach(timer -> timer.clock().cancel(false));
    }

    private void arm(int id, long delayMillis, boolean repeats) {
        Future<?> clock = clocks.after(delayMillis, () -> onDue.accept(id));
        timers.put(id, new Timer(delayMillis, repeats, clock));
        if (cancelled) {
            clock.cancel(false);
        }
    }
}
