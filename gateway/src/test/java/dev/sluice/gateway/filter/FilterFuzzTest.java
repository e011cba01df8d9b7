package dev.sluice.gateway.filter;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.gateway.filter.json.Utf8;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

/**
 * Parser, compiler and matcher under hostile input.
 *
 * <p>The fuzzer itself runs by hand: {@code JAZZER_FUZZ=1 mvn -pl gateway -am test -Dtest=FilterFuzzTest#fuzz}. With
 * the other tests it replays its seeds, and a fixed number of mutated filters and bodies runs besides.
 */
final class FilterFuzzTest {
    private static final int ROUNDS = 4_000;

    private final FilterTarget target = new FilterTarget();

    @FuzzTest(maxDuration = "10m")
    void fuzz(FuzzedDataProvider data) {
        String filter = data.consumeString(data.consumeInt(0, 400));
        target.check(filter, data.consumeRemainingAsBytes());
    }

    @Test
    void mutatedFiltersAndBodiesBreakNothing() {
        Random random = new Random(6);
        RandomMatchObjects objects = new RandomMatchObjects(random);
        RandomPatterns patterns = new RandomPatterns(random, true);
        RandomEvents events = new RandomEvents(random, true);
        JsonWriter writer = new JsonWriter(random, false);
        for (int i = 0; i < ROUNDS; i++) {
            String filter = i % 3 == 0 ? "{\"syntax\":\"eventbridge\",\"pattern\":" + JsonWriter.plain(patterns.pattern()) + "}"
                    : JsonWriter.plain(objects.filter());
            byte[] mutated = mutate(Utf8.bytes(filter), random);
            target.check(Utf8.isValid(mutated) ? Utf8.text(mutated, 0, mutated.length) : filter,
                    mutate(Utf8.bytes(writer.write(events.event())), random));
        }
    }

    /** Leaves half of the texts as they are; elsewhere changes, doubles or drops a few bytes. */
    private static byte[] mutate(byte[] text, Random random) {
        byte[] mutated = text.clone();
        int changes = random.nextBoolean() ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < changes && mutated.length > 0; i++) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(3)) {
                case 0 -> mutated[at] = (byte) "{}[]\",:\\$.0e-tn\u0001é".charAt(random.nextInt(17));
                case 1 -> mutated[at] = (byte) random.nextInt(256);
                default -> mutated = Arrays.copyOf(mutated, at);
            }
        }
        return mutated;
    }
}
