package dev.sluice.benchmarks.filters;

import dev.sluice.gateway.filter.FilterException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Seconds from the text of 10,000 rules to a matcher, the first time in a new process.
 *
 * <p>Run with {@code ./sluice bench filters}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class CompileBenchmark {
    private static final int RULES = 10_000;

    @Param({"ROUTING", "MIXED", "SAMPLED", "REPEATED"})
    public Rules kind = Rules.ROUTING;

    private List<String> patterns = List.of();

    /** Makes the texts, which both need. */
    @Setup
    public void patterns() {
        patterns = kind.patterns(RULES);
    }

    /** Ours, parsing included. */
    @Benchmark
    public Object sluice() throws FilterException {
        return MatchBenchmark.matcher(patterns);
    }

    /** The peer, parsing included. */
    @Benchmark
    public Object eventRuler() throws Exception {
        return MatchBenchmark.machine(patterns);
    }
}
