package dev.sluice.benchmarks.ingress;

import java.util.Arrays;
import java.util.Locale;

/** A figure of several rounds: its median and how far the rounds lie apart. */
record Spread(double median, double least, double most, int rounds) {
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "median %.2f (%.2f to %.2f over %d rounds)", median, least, most, rounds);
    }
}
