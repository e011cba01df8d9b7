package dev.sluice.benchmarks.ingress;

import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latencies in microseconds, from when a request was due to its answer
 * @param errors answers with another status than expected, and connections that broke
 */
record LoadResult(double seconds, Histogram latencies, long errors) {
    double perSecond() {
        return (double) latencies.getTotalCount() / seconds;
    }

    double millisAt(double percentile) {
        return (double) latencies.getValueAtPercentile(percentile) / 1000;
    }

    double maxMillis() {
        return (double) latencies.getMaxValue() / 1000;
    }
}
