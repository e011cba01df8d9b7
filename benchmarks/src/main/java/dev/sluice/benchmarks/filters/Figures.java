package dev.sluice.benchmarks.filters;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The results of a JMH run by benchmark and parameters. */
final class Figures {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, Figure> byName = new HashMap<>();

    Figures(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
            byName.put(key(method, params.getParam("kind"), params.getParam("rules")), figure(result));
        }
    }

    private static Figure figure(RunResult result) {
        List<Double> samples = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                samples.add(iteration.getPrimaryResult().getScore());
            }
        }
        double allocated = Double.NaN;
        for (Map.Entry<String, ? extends Result<?>> secondary : secondary(result).entrySet()) {
            if (secondary.getKey().endsWith(ALLOCATED)) {
                allocated = secondary.getValue().getScore();
            }
        }
        return Figure.of(samples.stream().mapToDouble(Double::doubleValue).toArray(), allocated);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, ? extends Result<?>> secondary(RunResult result) {
        return (Map) result.getSecondaryResults();
    }

    Figure of(String method) {
        return find(key(method, null, null));
    }

    /** The figure of a benchmark with rules; 0 where their number is no parameter. */
    Figure of(String method, Rules kind, int rules) {
        return find(key(method, kind.name(), rules == 0 ? null : Integer.toString(rules)));
    }

    private Figure find(String key) {
        Figure figure = byName.get(key);
        if (figure == null) {
            throw new IllegalStateException("not measured: " + key);
        }
        return figure;
    }

    private static String key(String method, @Nullable String kind, @Nullable String rules) {
        return method + ' ' + kind + ' ' + rules;
    }
}
