package dev.sluice.gateway.http;

import com.sun.management.UnixOperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a node accepts at a time. Safe for use by any thread. */
public final class ConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    /** Descriptors for the database, Redis, the sandboxes, jars and logs. */
    private static final long RESERVED_DESCRIPTORS = 512;
    private static final long LEAST = 64;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** A limit of which nothing is used. */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** The wanted limit, or less where the operating system gives the process too few descriptors for it. */
    public static ConnectionLimit within(int wanted) {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        long possible = Math.max(LEAST, descriptors - RESERVED_DESCRIPTORS);
        if (possible < wanted) {
            LOG.warn("this process may have {} open files, so it accepts {} connections and not {}; raise the limit "
                    + "(ulimit -n) or lower http.max-connections", descriptors, possible, wanted);
        }
        return new ConnectionLimit((int) Math.min(wanted, possible));
    }

    /** Connections open now. */
    public int open() {
        return open.get();
    }

    boolean tryOpen() {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void closed() {
        open.decrementAndGet();
    }
}
