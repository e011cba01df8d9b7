package dev.sluice.benchmarks.hostile.check;

/** What must hold, whatever is sent. */
public enum Invariant {
    /** A complete request is answered in time, and an incomplete one ended. */
    ANSWERED("each request is answered in time"),
    /** No request is answered with a failure that nobody foresaw. */
    NO_INTERNAL_ERROR("no answer is an internal error"),
    /** Each execution of an acknowledged event comes to an end. */
    ENDED("each acknowledged event ends"),
    /** Nothing is logged at error. */
    LOG("nothing in the log at error"),
    /** The quota counts what was committed, and nothing else. */
    QUOTA("quota counts equal the committed events"),
    /** What was stored is shown by every operation that shows it. */
    READABLE("everything stored can be read back"),
    /** The good tenant notices little. */
    GOOD_TENANT("the good tenant is served"),
    /** The heap does not grow. */
    HEAP("the heap does not grow"),
    /** The process lives. */
    ALIVE("the process lives");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }
}
