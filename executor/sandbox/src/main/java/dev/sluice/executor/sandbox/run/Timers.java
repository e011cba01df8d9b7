package dev.sluice.executor.sandbox.run;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that says when it is time. What it calls must be short. */
final class Timers {
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread timer = new Thread(work, "timers");
        timer.setDaemon(true);
        return timer;
    });

    Timers() {
        thread.setRemoveOnCancelPolicy(true);
    }

    Future<?> after(long millis, Runnable work) {
        return thread.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    void every(long millis, Runnable work) {
        var _ = thread.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }
}
