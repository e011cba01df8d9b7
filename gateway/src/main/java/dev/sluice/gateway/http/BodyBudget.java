package dev.sluice.gateway.http;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for the bodies that a node has received and not yet handed over. Bodies that arrive in pieces also count
 * against a share of their owner (the webhook, or the organization that calls the API) and of the sender's address, so
 * that neither can take the whole. A body that comes in one piece is not kept waiting by its sender and has no share.
 * Safe for use by any thread.
 */
public final class BodyBudget {
    /** Of the whole, for one webhook or organization: a quarter. */
    private static final int OWNERS = 4;
    /** Of the whole, for one address: half, for a proxy in front of the node has one address for all its senders. */
    private static final int ADDRESSES = 2;

    private final long bytes;
    private final AtomicLong used = new AtomicLong();
    private final ConcurrentHashMap<Object, Long> shares = new ConcurrentHashMap<>();

    /** A budget of which nothing is used. */
    public BodyBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Bytes in use. */
    public long used() {
        return used.get();
    }

    /** Takes for a body that came in one piece; answers false, and takes nothing, if there is not enough. */
    boolean take(long wanted) {
        if (used.addAndGet(wanted) > bytes) {
            used.addAndGet(-wanted);
            return false;
        }
        return true;
    }

    void giveBack(long taken) {
        used.addAndGet(-taken);
    }

    /**
     * Takes for a body that comes in pieces, from the whole and both shares or from none.
     *
     * @param largest a share is at least this, so that any accepted body fits
     */
    boolean takeShared(Object owner, @Nullable String address, long wanted, long largest) {
        if (!take(wanted)) {
            return false;
        }
        if (!takeShare(owner, wanted, Math.max(bytes / OWNERS, largest))) {
            giveBack(wanted);
            return false;
        }
        if (address != null && !takeShare(address, wanted, Math.max(bytes / ADDRESSES, largest))) {
            giveBackShare(owner, wanted);
            giveBack(wanted);
            return false;
        }
        return true;
    }

    void giveBackShared(Object owner, @Nullable String address, long taken) {
        giveBack(taken);
        giveBackShare(owner, taken);
        if (address != null) {
            giveBackShare(address, taken);
        }
    }

    private boolean takeShare(Object of, long wanted, long share) {
        if (shares.merge(of, wanted, Long::sum) > share) {
            giveBackShare(of, wanted);
            return false;
        }
        return true;
    }

    private void giveBackShare(Object of, long taken) {
        shares.computeIfPresent(of, (key, held) -> held == taken ? null : held - taken);
    }
}
