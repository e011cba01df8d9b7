package dev.sluice.benchmarks;

import dev.sluice.benchmarks.filters.FilterBench;
import dev.sluice.benchmarks.hostile.HostileBench;
import dev.sluice.benchmarks.ingress.FloodBench;
import dev.sluice.benchmarks.ingress.IngressBench;
import dev.sluice.benchmarks.quota.QuotaBench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Entry point of {@code ./sluice bench}: finds the benchmark by name and runs it. */
public final class Benchmarks {
    private static final Map<String, Bench> BY_NAME = new TreeMap<>(Map.of(
            "filters", FilterBench::run,
            "flood", FloodBench::run,
            "hostile", HostileBench::run,
            "ingress", IngressBench::run,
            "quota", QuotaBench::run));

    private Benchmarks() {}

    /** Runs the benchmark named by the first argument with the rest as its own arguments. */
    public static void main(String[] args) throws Exception {
        Bench bench = args.length == 0 ? null : BY_NAME.get(args[0]);
        if (bench == null) {
            System.err.printf("usage: ./sluice bench NAME, where NAME is one of %s%n", BY_NAME.keySet());
            System.exit(2);
            return;
        }
        try {
            bench.run(List.copyOf(Arrays.asList(args).subList(1, args.length)));
        } catch (UsageException e) {
            System.err.printf("./sluice bench %s: %s%n", args[0], e.getMessage());
            System.exit(e.exitCode());
        }
    }
}
