package dev.sluice.executor.sandbox.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Comparator;

/**
 * How full the heap is of what cannot be collected. That is only known after a collection; so when the old generation
 * fills, one is asked for while there is still room to act, rather than waiting for the one that ends the process.
 */
final class HeapPressure {
    private static final double SUSPICIOUS = 0.75;
    private static final double HIGH = 0.60;
    private static final double CRITICAL = 0.70;
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final MemoryPoolMXBean old = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
            .orElseThrow();
    private long relieved = -1;
    private long collectedNanos = System.nanoTime() - PAUSE_NANOS;

    /** Takes a new measurement where there is reason to. */
    void measure() {
        if (share(old.getUsage()) > SUSPICIOUS && System.nanoTime() - collectedNanos > PAUSE_NANOS) {
            System.gc();
            collectedNanos = System.nanoTime();
        }
    }

    /** Whether the last collection left less room than is comfortable. */
    boolean high() {
        return share(old.getCollectionUsage()) > HIGH && unanswered();
    }

    /** Whether it left so little that the next allocations may fail. */
    boolean critical() {
        return share(old.getCollectionUsage()) > CRITICAL && unanswered();
    }

    /** Something was done about it; the same measurement counts no more. */
    void answered() {
        relieved = old.getCollectionUsage().getUsed();
    }

    private boolean unanswered() {
        return old.getCollectionUsage().getUsed() != relieved;
    }

    private static double share(MemoryUsage usage) {
        return (double) usage.getUsed() / usage.getMax();
    }
}
