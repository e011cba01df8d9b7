package dev.sluice.benchmarks.ingress;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure of several rounds: its median and how far the rounds lie apart. */
record Spread(double median, double least, double most, int rounds) {
    private static Spread of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** How a figure of each round stands to the same figure of another load in that round. */
    static Spread ofRatios(List<LoadResult> base, List<LoadResult> measured, ToDoubleFunction<LoadResult> figure) {
        double[] ratios = new double[Math.min(base.size(), measured.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(measured.get(i)) / figure.applyAsDouble(base.get(i));
        }
        return of(ratios);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "median %.2f (%.2f to %.2f over %d rounds)", median, least, most, rounds);
    }
}
