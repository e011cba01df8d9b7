package dev.sluice.gateway.filter.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The postings that an event's values have led to. A posting is a route's index, doubled, plus 1 if it is sufficient. */
final class Hits {
    private int[] postings = new int[64];
    private int size;

    static int posting(int route, boolean sufficient) {
        return route << 1 | (sufficient ? 1 : 0);
    }

    static int route(int posting) {
        return posting >>> 1;
    }

    static boolean sufficient(int posting) {
        return (posting & 1) != 0;
    }

    void clear() {
        size = 0;
    }

    void add(int[] more) {
        if (postings.length - size < more.length) {
            postings = Arrays.copyOf(postings, 2 * postings.length + more.length);
        }
        System.arraycopy(more, 0, postings, size, more.length);
        size += more.length;
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
