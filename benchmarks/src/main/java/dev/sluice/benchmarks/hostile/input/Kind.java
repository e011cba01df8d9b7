package dev.sluice.benchmarks.hostile.input;

import java.util.Locale;

/** What is odd about a request. */
public enum Kind {
    /** An event with a body of the corpora or the grammar, correctly sent. */
    EVENT(430),
    /** An event whose body is odd or no JSON. */
    BODY(130),
    /** An event with odd headers. */
    HEADERS(90),
    /** An odd request line. */
    REQUEST_LINE(45),
    /** An event with an odd query or sub-path. */
    QUERY(60),
    /** A chunked body, right or malformed. */
    CHUNKS(60),
    /** A request whose connection is closed before it is complete or answered. */
    CUT(20),
    /** A complete request that arrives in drips. */
    SLOW(8),
    /** A request that is never completed, on a connection that stays open. */
    LINGERING(0),
    /** Several requests in one write. */
    PIPELINED(30),
    /** A webhook, workflow or customer created, changed or deleted. */
    DEFINITION(12),
    /** A workflow run, replayed, explained or tested on stored events. */
    RUN(40),
    /** A list or an item of the management API. */
    READ(75);

    private final int share;

    Kind(int share) {
        this.share = share;
    }

    /** How often it is drawn, in a thousand. */
    int share() {
        return share;
    }

    /** Its name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
