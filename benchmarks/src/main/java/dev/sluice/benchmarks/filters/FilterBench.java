package dev.sluice.benchmarks.filters;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.filter.Matcher;
import dev.sluice.gateway.filter.RequestScope;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./sluice bench filters [FORKS] [SET ...]}: our matcher, event-ruler and Jackson on the same bodies and rules in one run.
 * Each figure is the median of all iterations of all forks, with the lowest and the highest behind it.
 */
public final class FilterBench {
    private static final List<Integer> RULES = List.of(5, 100, 1_000, 10_000);
    private static final int ITERATIONS = 4;
    private static final int COMPILE_FORKS = 3;

    private FilterBench() {}

    /** Measures and prints; takes some minutes. */
    public static void run(List<String> arguments) throws RunnerException, FilterException {
        FilterArguments chosen = FilterArguments.of(arguments);
        measure(chosen.forks(), chosen.kinds());
    }

    private static void measure(int forks, List<Rules> kinds) throws RunnerException, FilterException {
        String[] names = kinds.stream().map(Rules::name).toArray(String[]::new);
        Figures matching = new Figures(run(new OptionsBuilder().include(MatchBenchmark.class.getName() + "\\.")
                .param("kind", names).forks(forks).warmupIterations(3).warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS).measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)));
        Figures compiling = new Figures(run(new OptionsBuilder().include(CompileBenchmark.class.getName() + "\\.")
                .param("kind", names).forks(COMPILE_FORKS).warmupIterations(0).measurementIterations(1)));
        int size = Bodies.read().stream().mapToInt(body -> body.length).sum() / Bodies.read().size();
        System.out.printf(Locale.ROOT, "%nRoute filters on GitHub's webhook bodies, %,d bytes on average; events a second, "
                + "median (lowest – highest) of %d iterations in %d processes%n", size, forks * ITERATIONS, forks);
        for (Rules kind : kinds) {
            printMatching(kind, matching);
        }
        if (kinds.contains(Rules.ROUTING)) {
            printSpeed(matching, size);
        }
        for (Rules kind : kinds) {
            Figure ours = compiling.of("sluice", kind, 0);
            Figure peer = compiling.of("eventRuler", kind, 0);
            System.out.printf(Locale.ROOT, "%n10,000 %s rules from text to matcher in a new process: sluice %s s, event-ruler %s s%n",
                    kind.name().toLowerCase(Locale.ROOT), ours.seconds(), peer.seconds());
        }
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        Options built = options.shouldFailOnError(true).verbosity(VerboseMode.SILENT).build();
        return new Runner(built).run();
    }

    private static void printMatching(Rules kind, Figures figures) throws FilterException {
        System.out.printf("%n%s rules%n%8s  %-32s %-32s %7s %8s %11s%n", kind.name().toLowerCase(Locale.ROOT), "rules",
                "sluice", "event-ruler", "ratio", "B/event", "hits/event");
        for (int rules : RULES) {
            Figure ours = figures.of("sluice", kind, rules);
            Figure peer = figures.of("eventRuler", kind, rules);
            System.out.printf(Locale.ROOT, "%,8d  %-32s %-32s %6.1fx %8.1f %11.1f%n", rules, ours.rate(), peer.rate(),
                    ours.median() / peer.median(), ours.allocated(), hits(kind, rules));
        }
        System.out.printf(Locale.ROOT, "from 100 to 10,000 rules with the same hits: %.2f times slower%n",
                figures.of("sluice", kind, 100).median() / figures.of("sluice", kind, 10_000).median());
    }

    private static double hits(Rules kind, int rules) throws FilterException {
        Matcher matcher = MatchBenchmark.matcher(kind.patterns(rules));
        Match match = new Match();
        List<byte[]> bodies = Bodies.read();
        int hits = 0;
        for (byte[] body : bodies) {
            matcher.match(body, RequestScope.NONE, match);
            hits += match.count();
        }
        return (double) hits / bodies.size();
    }

    private static void printSpeed(Figures figures, int size) {
        Figure ours = figures.of("sluice", Rules.ROUTING, RULES.getFirst());
        Figure tokens = figures.of("jacksonTokens");
        Figure bytes = figures.of("readBytes");
        System.out.printf(Locale.ROOT, "%nJackson's token stream: %s, ratio %.1fx%n", tokens.rate(), ours.median() / tokens.median());
        System.out.printf(Locale.ROOT, "merely adding up the bytes: %s; one pass of ours reaches %.0f %% of it, %.2f GB/s%n", bytes.rate(),
                100 * ours.median() / bytes.median(), ours.median() * size / 1e9);
    }
}
