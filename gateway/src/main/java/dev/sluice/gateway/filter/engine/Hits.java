package dev.sluice.gateway.filter.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The postings that an event's values have led to. A posting is a route's index, doubled, plus 1 if it is sufficient.
 * Postings come in lists, numbered through all indexes of a plan by their first element; each list counts once an
 * event, so that an array with many equal elements cannot make many hits.
 */
final class Hits {
    private int[] postings = new int[64];
    private int size;
    private int[] seen = new int[64];
    private int stamp;

    static int posting(int route, boolean sufficient) {
        return route << 1 | (sufficient ? 1 : 0);
    }

    static int route(int posting) {
        return posting >>> 1;
    }

    static boolean sufficient(int posting) {
        return (posting & 1) != 0;
    }

    /** Forgets the last event, and gets ready for one with this many lists of postings. */
    void clear(int lists) {
        size = 0;
        if (seen.length < lists) {
            seen = new int[lists];
            stamp = 0;
        }
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(seen, 0);
            stamp = 1;
        }
    }

    void add(int[] list) {
        if (seen[list[0]] == stamp) {
            return;
        }
        seen[list[0]] = stamp;
        int more = list.length - 1;
        if (postings.length - size < more) {
            postings = Arrays.copyOf(postings, 2 * postings.length + more);
        }
        System.arraycopy(list, 1, postings, size, more);
        size += more;
    }

    void addIfAny(int @Nullable [] more) {
        if (more != null) {
            add(more);
        }
    }

    int size() {
        return size;
    }

    int get(int i) {
        return postings[i];
    }
}
