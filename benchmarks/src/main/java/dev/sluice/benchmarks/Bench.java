package dev.sluice.benchmarks;

import java.util.List;

/** One named benchmark of {@code ./sluice bench NAME}. */
@FunctionalInterface
interface Bench {
    /**
     * Runs the benchmark and prints its table to standard output.
     *
     * @param arguments what followed the name on the command line
     */
    void run(List<String> arguments) throws Exception;
}
