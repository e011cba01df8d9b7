package dev.sluice.gateway.filter;

import java.util.Arrays;

/**
 * What a change of routes would have changed for past events: feed it events one by one. Routes are told apart by their
 * index, so that a route that was added or removed stands at the end, or has a null in its place on the other side.
 *
 * <p>Not thread-safe.
 */
public final class Comparison {
    private final Matcher before;
    private final Matcher after;
    private final Match matchBefore = new Match();
    private final Match matchAfter = new Match();
    private final long[] countsBefore;
    private final long[] countsAfter;
    private int[] gained = {};
    private int[] lost = {};
    private long events;
    private long changed;

    /** Compares the routes as they are with the routes as they would be. */
    public Comparison(Matcher before, Matcher after) {
        this.before = before;
        this.after = after;
        this.countsBefore = new long[before.routes()];
        this.countsAfter = new long[after.routes()];
    }

    /**
     * Matches one event with both.
     *
     * @return whether the outcome differs
     */
    public boolean add(byte[] body, int offset, int length, RequestScope request) {
        before.match(body, offset, length, request, matchBefore);
        after.match(body, offset, length, request, matchAfter);
        count(matchBefore, countsBefore);
        count(matchAfter, countsAfter);
        gained = without(matchAfter, matchBefore);
        lost = without(matchBefore, matchAfter);
        events++;
        boolean differs = gained.length + lost.length > 0;
        changed += differs ? 1 : 0;
        return differs;
    }

    private static void count(Match match, long[] counts) {
        for (int i = 0; i < match.count(); i++) {
            counts[match.route(i)]++;
        }
    }

    /** Routes of one result that are not in the other; both ascend. */
    private static int[] without(Match match, Match other) {
        int[] rest = new int[match.count()];
        int size = 0;
        int o = 0;
        for (int i = 0; i < match.count(); i++) {
            while (o < other.count() && other.route(o) < match.route(i)) {
                o++;
            }
            if (o == other.count() || other.route(o) != match.route(i)) {
                rest[size++] = match.route(i);
            }
        }
        return Arrays.copyOf(rest, size);
    }

    /** Routes that match the last event only with the change. */
    public int[] gained() {
        return gained.clone();
    }

    /** Routes that match the last event only without the change. */
    public int[] lost() {
        return lost.clone();
    }

    /** Number of events so far. */
    public long events() {
        return events;
    }

    /** Number of events whose outcome differs. */
    public long changed() {
        return changed;
    }

    /** Events that a route matched without the change. */
    public long matchedBefore(int route) {
        return countsBefore[route];
    }

    /** Events that a route matches with the change. */
    public long matchedAfter(int route) {
        return countsAfter[route];
    }
}
