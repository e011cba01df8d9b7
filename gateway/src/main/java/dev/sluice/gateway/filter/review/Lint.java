package dev.sluice.gateway.filter.review;

import dev.sluice.gateway.filter.ast.Condition;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for filters that are legal but hardly meant. It never finds what is not so; it does not find everything. */
public final class Lint {
    /** Beyond so many routes, only equal filters are found to shadow each other: the rest compares every pair. */
    private static final int MOST_PAIRWISE = 200;

    private Lint() {}

    /** Warnings about the routes of a webhook, in their order; a null condition lets everything through on purpose. */
    public static List<Warning> check(List<? extends @Nullable Condition> routes) {
        List<Warning> warnings = new ArrayList<>();
        Map<Condition, Integer> first = new HashMap<>();
        List<Set<Condition>> demands = routes.size() > MOST_PAIRWISE ? List.of() : routes.stream()
                .map(route -> route == null || Outcome.of(route) != Outcome.DEPENDS ? Set.<Condition>of() : demands(route))
                .toList();
        for (int i = 0; i < routes.size(); i++) {
            Condition condition = routes.get(i);
            if (condition == null) {
                continue;
            }
            switch (Outcome.of(condition)) {
                case NEVER -> warnings.add(new Warning(i, Warning.Kind.NEVER_MATCHES, "no event can match this filter"));
                case ALWAYS -> warnings.add(new Warning(i, Warning.Kind.ALWAYS_MATCHES, "every event matches this filter"));
                case DEPENDS -> {
                    Integer same = first.putIfAbsent(condition, i);
                    int other = same != null ? same : routes.size() <= MOST_PAIRWISE ? wider(i, demands) : -1;
                    if (other >= 0) {
                        warnings.add(new Warning(i, Warning.Kind.SHADOWED, "route " + other + " matches whatever this one matches"));
                    }
                }
            }
        }
        return warnings;
    }

    /** A route that asks for some of what this one asks for and for nothing else, or -1. */
    private static int wider(int route, List<Set<Condition>> demands) {
        Set<Condition> all = demands.get(route);
        for (int i = 0; i < demands.size(); i++) {
            Set<Condition> fewer = demands.get(i);
            if (i != route && !fewer.isEmpty() && fewer.size() < all.size() && all.containsAll(fewer)) {
                return i;
            }
        }
        return -1;
    }

    /** Conditions that must all hold, each with the way to its value, so that two filters can be compared. */
    private static Set<Condition> demands(Condition condition) {
        Set<Condition> demands = new HashSet<>();
        collect(condition, demands);
        return demands;
    }

    private static void collect(Condition condition, Set<Condition> into) {
        switch (condition) {
            case Condition.All(var parts) -> parts.forEach(part -> collect(part, into));
            // Fields of one object are demands on one and the same element, so that a part alone is the wider demand.
            case Condition.Some(Condition.All(var parts)) -> parts.forEach(part -> into.add(new Condition.Some(part)));
            default -> into.add(condition);
        }
    }
}
