package dev.sluice.executor.dispatcher;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Executions that a node has begun and not settled: in a sandbox, or ended and not stored yet. Any thread may ask, so
 * that what keeps one event loop from storing ends is seen from another.
 */
final class InFlight {
    /** After so long a caller is told that the end is not stored yet, and not kept waiting. */
    private static final long CALLERS_PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private final ConcurrentHashMap<UUID, One> all = new ConcurrentHashMap<>();

    /** One of them. */
    static final class One {
        private final Promise<Ending> caller = Promise.promise();
        /** 0 while it runs. */
        private volatile long endedAt;

        /** What the caller is told. */
        Future<Ending> ending() {
            return caller.future();
        }

        void ended() {
            long now = System.nanoTime();
            endedAt = now == 0 ? 1 : now;
        }

        void tell(Ending ending) {
            caller.tryComplete(ending);
        }

        private boolean waitsLongerThan(long nanos) {
            return endedAt != 0 && System.nanoTime() - endedAt > nanos;
        }
    }

    One begin(UUID execution) {
        One one = new One();
        all.put(execution, one);
        return one;
    }

    void settled(UUID execution, One one) {
        all.remove(execution, one);
    }

    Set<UUID> ids() {
        return Set.copyOf(all.keySet());
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** For how long the oldest end has waited to be stored; 0 if none does. */
    double oldestEndSeconds() {
        long now = System.nanoTime();
        long longest = 0;
        for (One one : all.values()) {
            if (one.endedAt != 0) {
                longest = Math.max(longest, now - one.endedAt);
            }
        }
        return (double) longest / TimeUnit.SECONDS.toNanos(1);
    }

    /** Stops keeping callers waiting whose execution has ended a while ago. */
    void releaseCallers() {
        for (One one : all.values()) {
            if (one.waitsLongerThan(CALLERS_PATIENCE)) {
                one.caller.tryFail("the end of the execution is not stored yet");
            }
        }
    }
}
