package dev.sluice.executor.sandbox.run;

import java.lang.management.ManagementFactory;

/** What threads have used, by the virtual machine's own count. */
final class ThreadMeter {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ThreadMeter() {}

    /** Of the current thread. */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Of another thread; -1 once it has ended. */
    static long cpuNanos(long thread) {
        return THREADS.getThreadCpuTime(thread);
    }

    /** Of the current thread. */
    static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Of another thread; -1 once it has ended. */
    static long allocatedBytes(long thread) {
        return THREADS.getThreadAllocatedBytes(thread);
    }
}
