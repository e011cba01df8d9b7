package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Choices. */
final class Pick {
    private Pick() {}

    static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** True once in {@code n} times. */
    static boolean onceIn(RandomGenerator random, int n) {
        return random.nextInt(n) == 0;
    }
}
