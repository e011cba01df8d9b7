package dev.sluice.gateway.ingress;

import java.util.concurrent.atomic.LongAdder;

/** What the edge has answered since start. */
public final class IngressMetrics {
    /** Events committed. */
    public final LongAdder accepted = new LongAdder();
    /** Events that were there before. */
    public final LongAdder duplicates = new LongAdder();
    /** Refused by quota. */
    public final LongAdder quotaRefused = new LongAdder();
    /** Refused for their signature or key. */
    public final LongAdder unauthenticated = new LongAdder();
    /** Refused for what they were: unknown webhook, malformed, too large. */
    public final LongAdder invalid = new LongAdder();
    /** Refused because too much was waiting or the database was away. */
    public final LongAdder overloaded = new LongAdder();
    /** Failed by a fault of this program; the log has each. */
    public final LongAdder faults = new LongAdder();
}
