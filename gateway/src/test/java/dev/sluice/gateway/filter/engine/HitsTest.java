package dev.sluice.gateway.filter.engine;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class HitsTest {
    private static final int ROUTES = 20_000;
    private static final int KEYS = 3_000;
    private final Random random = new Random(20_261_126);

    @Test
    void givesEachPostingOnceInOrderFromEventToEvent() {
        Hits hits = new Hits();
        for (int event = 0; event < 200; event++) {
            int routes = 1 + random.nextInt(ROUTES);
            List<Postings> byKey = postings(routes);
            KeyPostings postings = new KeyPostings(byKey);
            hits.clear(routes, postings);
            TreeSet<Integer> expected = new TreeSet<>();
            for (int i = random.nextInt(100); i >= 0; i--) {
                int key = random.nextInt(KEYS);
                for (int posting : byKey.get(key).toArray()) {
                    expected.add(posting);
                }
                hits.meet(postings.lead(key));
            }
            hits.meet(KeyPostings.NOWHERE);
            if (event % 3 == 0) {
                int word = hits.nextWord();
                assertThat(expected.isEmpty()).isEqualTo(word == KeyPostings.NOWHERE);
                if (word != KeyPostings.NOWHERE) {
                    hits.take(word);
                }
                // This event is not matched to its end; the next must not see the rest.
            } else {
                assertThat(drained(hits)).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void holdsTheLastPostingOfTheLastRoute() {
        Hits hits = new Hits();
        for (int routes : new int[] {1, 2_047, 2_048, 2_049, ROUTES}) {
            hits.clear(routes, KeyPostings.NONE);
            int last = KeyPostings.posting(routes - 1, true);
            hits.add(last);
            assertThat(drained(hits)).containsExactly(last);
        }
    }

    private List<Postings> postings(int routes) {
        List<Postings> byKey = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            Postings postings = new Postings();
            for (int i = random.nextInt(4) == 0 ? random.nextInt(20) : 1; i > 0; i--) {
                postings.add(KeyPostings.posting(random.nextInt(routes), random.nextBoolean()));
            }
            byKey.add(postings);
        }
        return byKey;
    }

    private static List<Integer> drained(Hits hits) {
        List<Integer> drained = new ArrayList<>();
        for (int word = hits.nextWord(); word != KeyPostings.NOWHERE; word = hits.nextWord()) {
            for (long bits = hits.take(word); bits != 0; bits &= bits - 1) {
                drained.add(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
            }
        }
        return drained;
    }
}
