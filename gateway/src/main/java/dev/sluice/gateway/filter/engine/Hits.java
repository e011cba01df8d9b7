package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/**
 * The postings that an event's values have led to, each once. A bit for each posting, and a bit for each word of these
 * that is not 0, so that taking them in their order neither sorts them nor visits those that the event has not led to.
 */
final class Hits {
    private KeyPostings postings = KeyPostings.NONE;
    private long[] words = new long[Long.SIZE];
    private long[] used = new long[1];
    private int at;
    // A key with several postings is met by this event when its stamp is the current one: an array with many equal
    // elements must not lead to all of them again and again.
    private int[] met = new int[64];
    private int stamp;

    /** Forgets the last event and gets ready for one of a plan with so many routes and these postings. */
    void clear(int routes, KeyPostings postings) {
        this.postings = postings;
        int groups = KeyPostings.posting(routes, false) / (Long.SIZE * Long.SIZE) + 1;
        if (used.length < groups) {
            used = new long[groups];
            words = new long[Long.SIZE * groups];
        }
        for (int word = nextWord(); word != KeyPostings.NOWHERE; word = nextWord()) {
            take(word); // what an event has left that was not matched to its end
        }
        if (met.length < postings.keys()) {
            met = new int[postings.keys()];
            stamp = 0;
        }
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(met, 0);
            stamp = 1;
        }
    }

    /** Takes note of where a value leads. */
    void meet(int lead) {
        if (KeyPostings.isMany(lead)) {
            meetAll(KeyPostings.key(lead));
        } else if (lead != KeyPostings.NOWHERE) {
            add(lead);
        }
    }

    private void meetAll(int key) {
        if (met[key] == stamp) {
            return;
        }
        met[key] = stamp;
        for (int i = postings.start(key); i < postings.start(key + 1); i++) {
            add(postings.get(i));
        }
    }

    /** Adds a posting. */
    void add(int posting) {
        int word = posting >>> 6;
        words[word] |= 1L << posting;
        used[word >>> 6] |= 1L << word;
    }

    /** Takes the least word with postings out, for {@link #take}; or returns {@link KeyPostings#NOWHERE} when none is left. */
    int nextWord() {
        while (at < used.length) {
            long some = used[at];
            if (some != 0) {
                used[at] = some & (some - 1);
                return (at << 6) + Long.numberOfTrailingZeros(some);
            }
            at++;
        }
        at = 0;
        return KeyPostings.NOWHERE;
    }

    /** The postings of the word just taken out: bit i stands for posting {@code 64 word + i}. */
    long take(int word) {
        long bits = words[word];
        words[word] = 0;
        return bits;
    }
}
