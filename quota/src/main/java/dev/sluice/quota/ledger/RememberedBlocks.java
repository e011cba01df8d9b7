package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Limit;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Subject;
import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hard blocks that are known to hold until their reset, so that refusing costs nothing more than looking here. Bounded:
 * what does not fit is not remembered.
 *
 * <p>A block may end early, because another node gave something back. So one request a second passes by to ask the
 * counts themselves, while the others go on being refused from memory.
 */
public final class RememberedBlocks {
    private static final class Block {
        final Count count;
        final long untilMillis;
        final AtomicLong askAgainMillis;
        // Written without a lock: a lost write costs one object.
        volatile Admission.Refused refusal;
        volatile long renewMillis;

        Block(Admission.Refused refusal, long nowMillis, long askAgainMillis, long untilMillis) {
            this.count = refusal.count();
            this.refusal = refusal;
            this.untilMillis = untilMillis;
            this.askAgainMillis = new AtomicLong(askAgainMillis);
            this.renewMillis = nowMillis + 1000;
        }
    }

    private final ConcurrentHashMap<UUID, Block> events = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Block> apiCalls = new ConcurrentHashMap<>();
    private final int maximum;
    private final long askAgainAfterMillis;

    /**
     * @param maximum blocks to remember for each kind
     * @param askAgainAfterMillis how often one request passes by
     */
    public RememberedBlocks(int maximum, long askAgainAfterMillis) {
        this.maximum = maximum;
        this.askAgainAfterMillis = askAgainAfterMillis;
    }

    private ConcurrentHashMap<UUID, Block> of(Kind kind) {
        return kind == Kind.EVENT ? events : apiCalls;
    }

    /** The block that holds for the subject under the limits it has now, or null. */
    public Admission.@Nullable Refused find(Subject subject, Kind kind, long nowMillis) {
        ConcurrentHashMap<UUID, Block> blocks = of(kind);
        if (blocks.isEmpty()) {
            return null;
        }
        UUID customer = subject.customerId();
        if (customer != null && !subject.customerLimits().isUnlimited()) {
            Block block = blocks.get(customer);
            Admission.Refused refused = block == null ? null : refusal(block, subject, nowMillis);
            if (refused != null) {
                return refused;
            }
        }
        if (subject.organizationLimits().isUnlimited()) {
            return null;
        }
        Block block = blocks.get(subject.organizationId());
        return block == null ? null : refusal(block, subject, nowMillis);
    }

    private Admission.@Nullable Refused refusal(Block block, Subject subject, long nowMillis) {
        Count count = block.count;
        if (nowMillis >= block.untilMillis || !isLimitOf(subject, count)) {
            return null;
        }
        long askAgain = block.askAgainMillis.get();
        if (nowMillis >= askAgain
                && block.askAgainMillis.compareAndSet(askAgain, nowMillis + askAgainAfterMillis)) {
            return null;
        }
        if (nowMillis >= block.renewMillis) {
            block.renewMillis = nowMillis + 1000;
            long seconds = Math.max(1, Math.ceilDiv(block.untilMillis - nowMillis, 1000));
            block.refusal = new Admission.Refused(count, seconds, block.refusal.mode());
        }
        return block.refusal;
    }

    private static boolean isLimitOf(Subject subject, Count count) {
        Limit now = subject.counted(count.scope(), count.dimension());
        return count.limit().equals(now);
    }

    /**
     * Remembers a refusal.
     *
     * @param untilMillis the reset, by the clock that {@link #find} is asked with
     */
    public void remember(Subject subject, Kind kind, Admission.Refused refused, long nowMillis, long untilMillis) {
        ConcurrentHashMap<UUID, Block> blocks = of(kind);
        UUID id = subject.id(refused.count().scope());
        if (id != null && (blocks.size() < maximum || blocks.containsKey(id))) {
            blocks.put(id, new Block(refused, nowMillis, nowMillis + askAgainAfterMillis, untilMillis));
        }
    }

    /** Forgets what is known of a subject, because something was given back. */
    public void forget(Subject subject, Admission.Granted granted) {
        for (Count count : granted.counts()) {
            UUID id = subject.id(count.scope());
            if (id != null) {
                forget(id);
            }
        }
    }

    /** Forgets what is known of a customer or organization. */
    public void forget(UUID id) {
        events.remove(id);
        apiCalls.remove(id);
    }

    /** Drops blocks whose reset has passed. */
    public void sweep(long nowMillis) {
        events.values().removeIf(block -> nowMillis >= block.untilMillis);
        apiCalls.values().removeIf(block -> nowMillis >= block.untilMillis);
    }

    /** The number of blocks remembered. */
    public int size() {
        return events.size() + apiCalls.size();
    }
}
