package dev.sluice.executor.sandbox.run;

/**
 * A stretch of an execution on one thread, as the watchdog sees it.
 *
 * @param thread id of the thread
 * @param cpuNanos processor time of the thread when the turn began
 * @param allocatedBytes memory the thread had allocated when the turn began
 * @param startedNanos {@link System#nanoTime()} when the turn began
 */
record Turn(long thread, long cpuNanos, long allocatedBytes, long startedNanos) {

    static Turn begin() {
        return new Turn(
                Thread.currentThread().threadId(), ThreadMeter.cpuNanos(), ThreadMeter.allocatedBytes(),
                System.nanoTime());
    }
}
