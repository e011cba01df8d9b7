package dev.sluice.benchmarks.quota;

/**
 * Something whose rate is measured.
 *
 * @param name what the table calls it
 * @param rate measures it for so many seconds, in calls a second
 */
record Contestant(String name, Measurement rate) {
    /** One measurement. */
    @FunctionalInterface
    interface Measurement {
        double perSecond(double seconds) throws Exception;
    }
}
