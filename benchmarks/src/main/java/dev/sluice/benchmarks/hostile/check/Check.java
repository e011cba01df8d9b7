package dev.sluice.benchmarks.hostile.check;

import java.io.IOException;

/** Looks after a batch whether something held. */
@FunctionalInterface
public interface Check {
    /** Throws if the node does not answer, which is a finding too. */
    void check(Batch batch, Findings findings) throws IOException, InterruptedException;
}
