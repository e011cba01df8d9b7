package dev.sluice.gateway.filter.engine;

import java.util.List;

/**
 * From the keys of a plan, numbered from 0, to the routes that each makes possible. A posting is a route's index, doubled,
 * plus 1 if meeting the key is all that the route asks for. Immutable.
 */
final class KeyPostings {
    static final KeyPostings NONE = new KeyPostings(List.of());
    /** Where a value leads that meets no key. */
    static final int NOWHERE = -1;
    /** From here on a lead is a key with several postings; below it is the only posting of its key. */
    private static final int MANY = 1 << 30;

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

    static boolean isMany(int lead) {
        return lead >= MANY;
    }

    static int key(int lead) {
        return lead - MANY;
    }

    /** Where a key leads: its posting, since nearly always there is but one, or the key itself when it {@link #isMany}. Not negative. */
    int lead(int key) {
        return starts[key + 1] - starts[key] == 1 ? postings[starts[key]] : MANY + key;
    }

    int keys() {
        return starts.length - 1;
    }

    /** Index of the first posting of a key, or, behind the last key, of none. */
    int start(int key) {
        return starts[key];
    }

    int get(int i) {
        return postings[i];
    }
}
