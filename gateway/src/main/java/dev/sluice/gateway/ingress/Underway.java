package dev.sluice.gateway.ingress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many events of this node wait for the quota's or the journal's answer. Refusals ask, so as not to keep the
 * processors from them.
 */
public final class Underway {
    private final AtomicInteger events = new AtomicInteger();

    void begins() {
        events.incrementAndGet();
    }

    void ends() {
        events.decrementAndGet();
    }

    boolean any() {
        return events.get() > 0;
    }
}
