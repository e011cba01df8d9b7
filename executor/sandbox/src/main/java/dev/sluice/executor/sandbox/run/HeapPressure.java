package dev.sluice.executor.sandbox.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;

/** How full the old generation was when it was last collected: what is in use, not what is garbage. */
final class HeapPressure {
    private static final double HIGH = 0.70;
    private static final double CRITICAL = 0.80;

    private final MemoryPoolMXBean old = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
            .orElseThrow();
    private long seen;

    /** Whether the last collection left little room. */
    boolean high() {
        return share() > HIGH;
    }

    /** Whether it left so little that the next allocations may fail. */
    boolean critical() {
        return share() > CRITICAL && used() != seen;
    }

    /** Something was done about it; the same measurement counts no more. */
    void relieved() {
        seen = used();
    }

    private double share() {
        MemoryUsage usage = old.getCollectionUsage();
        return (double) usage.getUsed() / usage.getMax();
    }

    private long used() {
        return old.getCollectionUsage().getUsed();
    }
}
