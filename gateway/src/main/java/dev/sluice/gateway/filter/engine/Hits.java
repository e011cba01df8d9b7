package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/**
 * The keys that an event's values have met, and the postings that these have led to. Each key counts once an event, so
 * that an array with many equal elements cannot make many hits.
 */
final class Hits {
    /** Met by nothing. */
    static final int NO_KEY = -1;

    private KeyPostings postings = KeyPostings.NONE;
    private int[] routes = new int[64];
    private int size;
    // A key is met by this event when its stamp is the current one.
    private int[] met = new int[64];
    private int stamp;

    /** Forgets the last event and gets ready for one of a plan with these postings. */
    void clear(KeyPostings postings) {
        this.postings = postings;
        size = 0;
        if (met.length < postings.keys()) {
            met = new int[postings.keys()];
            stamp = 0;
        }
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(met, 0);
            stamp = 1;
        }
    }

    /** Takes note of a key, unless it is negative. */
    void meet(int key) {
        if (key < 0 || met[key] == stamp) {
            return;
        }
        met[key] = stamp;
        int from = postings.start(key);
        int more = postings.start(key + 1) - from;
        if (routes.length - size < more) {
            routes = Arrays.copyOf(routes, 2 * routes.length + more);
        }
        postings.copy(from, more, routes, size);
        size += more;
    }

    /** Number of postings. */
    int size() {
        return size;
    }

    /** One of them. */
    int get(int i) {
        return routes[i];
    }
}
