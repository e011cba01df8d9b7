package dev.sluice.quota;

import java.util.concurrent.atomic.LongAdder;

/** Counters since start, for whatever publishes metrics. Cheap to add to from any thread. */
public final class QuotaMetrics {
    private final LongAdder granted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder remembered = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder givenBack = new LongAdder();
    private final LongAdder decidedWithoutRedis = new LongAdder();
    private final LongAdder redisCalls = new LongAdder();
    private final LongAdder redisRetries = new LongAdder();
    private final LongAdder redisFailures = new LongAdder();

    /** Requests admitted under a limit; unlimited ones are not counted. */
    public LongAdder granted() {
        return granted;
    }

    /** Requests refused by a hard block, remembered ones included. */
    public LongAdder refused() {
        return refused;
    }

    /** Requests refused from memory. */
    public LongAdder remembered() {
        return remembered;
    }

    /** Requests turned away because counts could not be had. */
    public LongAdder unavailable() {
        return unavailable;
    }

    /** Grants given back. */
    public LongAdder givenBack() {
        return givenBack;
    }

    /** Decisions made without Redis while it was away, whatever their outcome. */
    public LongAdder decidedWithoutRedis() {
        return decidedWithoutRedis;
    }

    /** Calls to Redis; each may carry many decisions. */
    public LongAdder redisCalls() {
        return redisCalls;
    }

    /** Calls to Redis that were repeated. */
    public LongAdder redisRetries() {
        return redisRetries;
    }

    /** Calls to Redis that were given up. */
    public LongAdder redisFailures() {
        return redisFailures;
    }
}
