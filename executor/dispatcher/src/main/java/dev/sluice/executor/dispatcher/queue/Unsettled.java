package dev.sluice.executor.dispatcher.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A settlement that is not written yet. Belongs to the event loop of the queue. */
final class Unsettled {
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 2_000;
    private static final int DOUBLINGS = 3;

    private final Settlement asEnded;
    private final Promise<Settled> promise = Promise.promise();
    private Settlement words;
    private int failures;
    private long lastFailure;
    private int doubts;

    Unsettled(Settlement settlement) {
        asEnded = settlement;
        words = settlement;
    }

    /** What is written at the next try. */
    Settlement words() {
        return words;
    }

    long bytes() {
        return words.bytes();
    }

    /** Goes over to plainer words; answers false, and goes back to the first, if there are none. */
    boolean speakPlainer() {
        Settlement plainer = words.plainer();
        words = plainer == null ? asEnded : plainer;
        return plainer != null;
    }

    /** It could not be written; that the database did another write since the last time speaks against this one. */
    void fails(long now, long databaseWorkedAt) {
        if (failures++ > 0 && databaseWorkedAt - lastFailure > 0) {
            doubts++;
        }
        lastFailure = now;
    }

    int failures() {
        return failures;
    }

    /** How often it could not be written while the database worked. */
    int doubts() {
        return doubts;
    }

    long waitMillis() {
        return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(DOUBLINGS, Math.max(0, failures - 1)));
    }

    void written(boolean held) {
        promise.complete(new Settled(held, words));
    }

    Future<Settled> future() {
        return promise.future();
    }
}
