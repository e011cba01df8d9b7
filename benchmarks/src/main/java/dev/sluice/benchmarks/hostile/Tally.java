package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.input.Kind;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts requests by kind and outcome. */
final class Tally {
    private final Map<Kind, Map<String, Long>> counts = new EnumMap<>(Kind.class);
    private long requests;

    synchronized void add(Kind kind, String outcome) {
        counts.computeIfAbsent(kind, any -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
        requests++;
    }

    synchronized long requests() {
        return requests;
    }

    /** A line a kind. */
    synchronized String table() {
        StringBuilder table = new StringBuilder();
        counts.forEach((kind, outcomes) -> {
            table.append(String.format(Locale.ROOT, "  %-13s %9d ", kind.label(), outcomes.values().stream().mapToLong(Long::longValue).sum()));
            outcomes.forEach((outcome, count) -> table.append(' ').append(outcome).append(": ").append(count).append(';'));
            table.append('\n');
        });
        return table.toString();
    }
}
