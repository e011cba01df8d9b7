package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.input.Kind;
import dev.sluice.benchmarks.hostile.wire.Wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Connections with a request that is never completed: each must be answered or closed within the deadline. */
final class Lingering {
    private final Gun.Context context;
    private final List<Thread> waiting = new ArrayList<>();

    Lingering(Gun.Context context) {
        this.context = context;
    }

    synchronized void add(Wire wire, String sent, String where) {
        waiting.removeIf(thread -> !thread.isAlive());
        waiting.add(Thread.ofVirtual().start(() -> await(wire, sent, where)));
    }

    private void await(Wire wire, String sent, String where) {
        try (wire) {
            if (wire.awaitReaction(context.bounds().incomplete())) {
                context.tally().add(Kind.LINGERING, "ended");
                return;
            }
            context.findings().add(Invariant.ANSWERED, "an incomplete request is still open after %d s".formatted(
                    context.bounds().incomplete().toSeconds()), "it ended in " + sent, where);
            context.tally().add(Kind.LINGERING, "still open");
        } catch (IOException e) {
            context.tally().add(Kind.LINGERING, "lost");
        }
    }

    void await() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join();
        }
    }

    private synchronized List<Thread> threads() {
        return List.copyOf(waiting);
    }
}
