package dev.sluice.config.log;

import org.slf4j.Logger;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A failure that repeats, as the log shows it: a warning when it begins, another at growing intervals while it goes on,
 * and a line when it is over. One that comes back within {@link #QUIET} goes on, so a flapping one logs no more.
 *
 * <p>Any thread may call. A success costs a read while there is no outage.
 */
public final class Outage {
    /** How long after its last end an outage that begins again is the same one. */
    static final Duration QUIET = Duration.ofSeconds(30);

    private static final long FIRST_INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_INTERVAL = Duration.ofMinutes(10).toNanos();

    private final Logger log;
    private final String what;
    private final LongSupplier nanos;
    private volatile boolean open;
    private boolean announced;
    private long times;
    private long began;
    private long ended;
    private long interval;
    private long nextLine;

    /**
     * None yet.
     *
     * @param what the sentence that is true during the outage, such as {@code executions cannot be claimed}
     */
    public Outage(Logger log, String what) {
        this(log, what, System::nanoTime);
    }

    Outage(Logger log, String what, LongSupplier nanos) {
        this.log = log;
        this.what = what;
        this.nanos = nanos;
    }

    /** Notes a failure. */
    public void failed(Throwable failure) {
        failed(reason(failure));
    }

    /** Notes a failure that meets those named, such as {@code execution 7}. */
    public void failed(String whom, Throwable failure) {
        failed(whom + ": " + reason(failure));
    }

    /** Notes a failure. Its detail is logged if a line is due. */
    public synchronized void failed(String detail) {
        long now = nanos.getAsLong();
        if (!open && (times == 0 || now - ended >= QUIET.toNanos())) {
            times = 0;
            began = now;
            nextLine = now;
            interval = FIRST_INTERVAL;
        }
        open = true;
        times++;
        if (now - nextLine < 0) {
            return;
        }
        if (times == 1) {
            log.warn("{}: {}", what, detail);
        } else {
            log.warn("{}, for {} s now, {} failures: {}", what, seconds(now), times, detail);
        }
        announced = true;
        nextLine = now + interval;
        interval = Math.min(2 * interval, LONGEST_INTERVAL);
    }

    /** Notes a success. */
    public void over() {
        if (open) {
            end();
        }
    }

    private synchronized void end() {
        if (!open) {
            return;
        }
        open = false;
        ended = nanos.getAsLong();
        if (announced) {
            announced = false;
            log.info("{}: over after {} s, {}", what, seconds(ended), times == 1 ? "1 failure" : times + " failures");
        }
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - began).toSeconds();
    }
}
