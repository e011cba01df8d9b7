package dev.sluice.gateway.filter.engine;

import java.util.List;

/**
 * From the keys of a plan, numbered from 0, to the routes that each makes possible. A posting is a route's index, doubled,
 * plus 1 if meeting the key is all that the route asks for. Immutable.
 */
final class KeyPostings {
    static final KeyPostings NONE = new KeyPostings(List.of());

    private final int[] starts;
    private final int[] postings;

    KeyPostings(List<Postings> byKey) {
        starts = new int[byKey.size() + 1];
        for (int key = 0; key < byKey.size(); key++) {
            starts[key + 1] = starts[key] + byKey.get(key).size();
        }
        postings = new int[starts[byKey.size()]];
        for (int key = 0; key < byKey.size(); key++) {
            byKey.get(key).copyTo(postings, starts[key]);
        }
    }

    static int posting(int route, boolean sufficient) {
        return route << 1 | (sufficient ? 1 : 0);
    }

    static int route(int posting) {
        return posting >>> 1;
    }

    static boolean sufficient(int posting) {
        return (posting & 1) != 0;
    }

    int keys() {
        return starts.length - 1;
    }

    /** Index of the first posting of a key, or, behind the last key, of none. */
    int start(int key) {
        return starts[key];
    }

    void copy(int from, int count, int[] into, int at) {
        if (count == 1) {
            into[at] = postings[from]; // nearly always
        } else {
            System.arraycopy(postings, from, into, at, count);
        }
    }
}
