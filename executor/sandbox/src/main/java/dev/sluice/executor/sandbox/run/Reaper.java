package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.Realm;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Stops realms that do not stop by themselves, and says when one cannot be stopped. */
final class Reaper {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Timers timers;
    private final Consumer<String> unwell;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> Thread.ofPlatform().name("reaper").daemon().unstarted(work));

    Reaper(Timers timers, Consumer<String> unwell) {
        this.timers = timers;
        this.unwell = unwell;
    }

    /** Stops the code in a realm from another thread than its own. Returns at once. */
    void kill(Realm realm, Execution execution) {
        var alarm = timers.after(PATIENCE_MILLIS, () -> unwell.accept(
                "execution " + execution.invocation().executionId() + " did not stop within " + PATIENCE_MILLIS + " ms"));
        threads.execute(() -> {
            realm.kill();
            alarm.cancel(false);
        });
    }
}
