package dev.sluice.benchmarks.quota;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures contestants in turn, round after round, so that a noisy moment does not hit one of them alone. */
final class Rounds {
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    static Rounds run(List<Contestant> contestants, int rounds, double seconds) throws Exception {
        Rounds all = new Rounds();
        for (Contestant contestant : contestants) {
            var _ = contestant.rate().perSecond(2 * seconds);
            all.rates.put(contestant.name(), new ArrayList<>());
        }
        for (int i = 0; i < rounds; i++) {
            for (Contestant contestant : contestants) {
                all.of(contestant.name()).add(contestant.rate().perSecond(seconds));
            }
        }
        return all;
    }

    private List<Double> of(String name) {
        List<Double> found = rates.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no contestant " + name);
        }
        return found;
    }

    /** Prints each contestant's median, lowest and highest rate, and its ratio to the first, taken round by round. */
    void print(String title, boolean withRatio) {
        System.out.printf(Locale.ROOT, "%n%-58s %12s %25s%s%n", title, "median/s", "min – max",
                withRatio ? "    ratio (min – max)" : "");
        List<Double> base = rates.values().iterator().next();
        rates.forEach((name, values) -> {
            double[] sorted = sorted(values);
            System.out.printf(Locale.ROOT, "  %-56s %,12.0f %,12.0f – %,10.0f", name, median(sorted), sorted[0],
                    sorted[sorted.length - 1]);
            if (withRatio) {
                double[] ratios = new double[values.size()];
                Arrays.setAll(ratios, i -> values.get(i) / base.get(i));
                Arrays.sort(ratios);
                System.out.printf(Locale.ROOT, "    %5.2f (%.2f – %.2f)", median(ratios), ratios[0],
                        ratios[ratios.length - 1]);
            }
            System.out.println();
        });
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
