package dev.sluice.quota.redis;

import java.time.InstantSource;

/**
 * An estimate of the clock of the server that an organization's counts are on. It decides nothing: it says which days
 * to offer to the script, when a call is too old to count, and when to stop relying on a remembered block.
 */
final class ServerClock {
    /** A reply that took longer says little about the moment the server read its clock. */
    private static final long PRECISE_MILLIS = 100;

    private final InstantSource clock;
    private volatile long aheadMillis;
    private volatile boolean heard;

    ServerClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds by this node's clock. */
    long nodeMillis() {
        return clock.millis();
    }

    /** Milliseconds by the server's clock, as far as is known. */
    long millis() {
        return onServer(clock.millis());
    }

    /** A moment of this node's clock by the server's. */
    long onServer(long nodeMillis) {
        return nodeMillis + aheadMillis;
    }

    /** A moment of the server's clock by this node's. */
    long onNode(long serverMillis) {
        return serverMillis - aheadMillis;
    }

    /** Whether the server was heard yet. */
    boolean heard() {
        return heard;
    }

    /** Takes in what the server's clock said in reply to a call. */
    void observe(long serverMillis, long sentAtNodeMillis, boolean surprising) {
        long tookMillis = clock.millis() - sentAtNodeMillis;
        if (surprising || !heard || (tookMillis >= 0 && tookMillis <= PRECISE_MILLIS)) {
            aheadMillis = serverMillis - sentAtNodeMillis;
            heard = true;
        }
    }
}
