package dev.sluice.gateway.filter.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Decides about the routes that an event makes possible. Nearly all of a route is in two arrays, which the routes share,
 * because following references to objects all over memory would cost more than the tests themselves. Immutable.
 */
final class RouteChecks {
    /** A test that is not one of the ways of {@link TextTable}. */
    static final int OTHER = -1;
    /** Numbers of a test: a way and where its text begins and how long it is, or {@link #OTHER} and an index. */
    static final int TEST = 3;

    private final @Nullable Check[] wholes;
    private final @Nullable Check[] rests;
    /** By route, the index of its first clause; and behind the last route. */
    private final int[] starts;
    /** For each clause its node, how many numbers its tests take (none, if an event that leads to the route passes), and these. */
    private final int[] clauses;
    private final byte[] texts;
    private final ValueTest[] others;

    RouteChecks(@Nullable Check[] wholes, @Nullable Check[] rests, int[] starts, int[] clauses, byte[] texts, ValueTest[] others) {
        this.wholes = wholes;
        this.rests = rests;
        this.starts = starts;
        this.clauses = clauses;
        this.texts = texts;
        this.others = others;
    }

    int routes() {
        return wholes.length;
    }

    /** The check of a route without regard to its clauses; null when it lets every event through. */
    @Nullable Check whole(int route) {
        return wholes[route];
    }

    /** Whether a route matches the event on the tape. */
    boolean holds(int route, Tape tape) {
        int i = starts[route];
        int end = starts[route + 1];
        if (i == end || tape.duplicates()) {
            return holds(wholes[route], tape);
        }
        while (i < end) {
            int cell = tape.last(clauses[i]);
            if (cell == 0) {
                return false;
            }
            if (tape.kind(cell) == Kind.ARRAY || tape.isInElement(cell)) {
                return holds(wholes[route], tape);
            }
            int next = i + 2 + clauses[i + 1];
            if (i + 2 < next && !passesSome(i + 2, next, tape, cell)) {
                return false;
            }
            i = next;
        }
        return holds(rests[route], tape);
    }

    private boolean passesSome(int from, int to, Tape tape, int cell) {
        for (int i = from; i < to; i += TEST) {
            int way = clauses[i];
            if (way == OTHER ? others[clauses[i + 1]].passes(tape, cell)
                    : tape.kind(cell) == Kind.STRING && has(way, tape, cell, clauses[i + 1], clauses[i + 2])) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int way, Tape tape, int cell, int from, int length) {
        if (way == TextTable.FOLDED) {
            int folded = tape.fold(cell);
            return Arrays.equals(tape.folded(), 0, folded, texts, from, from + length);
        }
        byte[] text = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        int longer = end - start - length;
        if (way == TextTable.WHOLE ? longer != 0 : longer < 0) {
            return false;
        }
        int at = way == TextTable.ENDING ? start + longer : start;
        return Arrays.equals(text, at, at + length, texts, from, from + length);
    }

    private static boolean holds(@Nullable Check check, Tape tape) {
        return check == null || check.holds(tape, tape.body());
    }
}
