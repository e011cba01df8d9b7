package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.batch.DataRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;

/** Tells the log that ended executions wait to be stored: once, then at growing intervals, then that none does any more. */
final class WaitingLog {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);
    private static final long FIRST_INTERVAL = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_INTERVAL = TimeUnit.MINUTES.toNanos(5);

    private boolean waiting;
    private long since;
    private long next;
    private long interval;

    void waits(int executions, Throwable why, long now) {
        if (waiting && now - next < 0) {
            return;
        }
        if (!waiting) {
            waiting = true;
            since = now;
            interval = FIRST_INTERVAL;
        }
        LOG.warn("{} ended executions wait to be stored, the first for {} s: {}",
                executions, TimeUnit.NANOSECONDS.toSeconds(now - since), DataRefusal.inWords(why));
        next = now + interval;
        interval = Math.min(LONGEST_INTERVAL, 2 * interval);
    }

    void noneWaits(long now) {
        if (waiting) {
            waiting = false;
            LOG.info("all ended executions are stored again, after {} s", TimeUnit.NANOSECONDS.toSeconds(now - since));
        }
    }
}
