package dev.sluice.benchmarks.filters;

import java.util.Arrays;
import java.util.Locale;

/**
 * One measurement with its noise.
 *
 * @param allocated bytes an operation, NaN when they were not counted
 */
record Figure(double lowest, double median, double highest, double allocated) {

    static Figure of(double[] samples, double allocated) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(sorted[0], median, sorted[sorted.length - 1], allocated);
    }

    String rate() {
        return String.format(Locale.ROOT, "%,.0f (%,.0f – %,.0f)", median, lowest, highest);
    }

    String seconds() {
        return String.format(Locale.ROOT, "%.2f (%.2f – %.2f)", median, lowest, highest);
    }
}
