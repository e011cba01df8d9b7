package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds for a condition the places in the index that it can be found from: values at least one of which every
 * matching event has. Among several choices it takes the one that the fewest events and routes share.
 */
final class AccessPlanner {
    /**
     * A value that routes name at a path, whether as a whole, a beginning or an ending, in upper or lower case. What many
     * routes name, many events have: events are not known yet, but routes are written for them.
     */
    private record Named(PathNode.Builder node, Object value) {
        static Named of(Access access) {
            return new Named(access.node(), switch (access.key()) {
                case AccessKey.Equal(Literal.Text(String text)) -> Folding.fold(text);
                case AccessKey.EqualFolded(String text) -> text;
                case AccessKey.Prefix(String text) -> Folding.fold(text);
                case AccessKey.Suffix(String text) -> Folding.fold(text);
                case AccessKey other -> other;
            });
        }
    }

    private final PartNodes parts;
    private final Map<Named, Integer> named = new HashMap<>();

    AccessPlanner(PartNodes parts) {
        this.parts = parts;
    }

    /** Takes note of a condition, so that later choices know what many routes share. */
    void count(Condition condition, PathNode.Builder node) {
        switch (condition) {
            case Condition.All(var inner) -> inner.forEach(part -> count(part, node));
            case Condition.Any(var inner) -> inner.forEach(part -> count(part, node));
            case Condition.Field(String name, var inner) -> count(inner, node.member(name));
            case Condition.Scoped(var scope, String name, var inner) -> count(inner, parts.of(scope, name));
            case Condition.Some(var inner) -> count(inner, node);
            case Condition.Elements(var quantifier, var inner) when quantifier == Condition.Quantifier.ANY -> count(inner, node);
            case Condition.Test(var predicate) -> {
                for (Access access : of(predicate, node)) {
                    named.merge(Named.of(access), 1, Integer::sum);
                }
            }
            default -> { }
        }
    }

    /** The best places, an empty list when the condition can never hold, or null when no value leads to it. */
    @Nullable List<Access> choose(Condition condition, PathNode.Builder node) {
        return switch (condition) {
            case Condition.All(var inner) -> best(inner, node);
            case Condition.Any(var inner) -> union(inner, node);
            case Condition.Not not -> null;
            case Condition.Field(String name, var inner) -> choose(inner, node.member(name));
            case Condition.Scoped(var scope, String name, var inner) -> choose(inner, parts.of(scope, name));
            case Condition.Some(var inner) -> choose(inner, node);
            case Condition.Elements(var quantifier, var inner) ->
                quantifier == Condition.Quantifier.ANY ? necessaryOnly(choose(inner, node)) : null;
            case Condition.Test(var predicate) -> of(predicate, node);
        };
    }

    private @Nullable List<Access> best(List<Condition> conditions, PathNode.Builder node) {
        List<Access> best = null;
        double least = Double.MAX_VALUE;
        for (Condition condition : conditions) {
            List<Access> access = choose(condition, node);
            if (access != null && (best == null || cost(access) < least)) {
                best = access;
                least = cost(access);
            }
        }
        return conditions.size() == 1 ? best : necessaryOnly(best);
    }

    private @Nullable List<Access> union(List<Condition> conditions, PathNode.Builder node) {
        List<Access> union = new ArrayList<>();
        for (Condition condition : conditions) {
            List<Access> access = choose(condition, node);
            if (access == null) {
                return null;
            }
            union.addAll(access);
        }
        return union;
    }

    private static @Nullable List<Access> necessaryOnly(@Nullable List<Access> access) {
        return access == null ? null : access.stream().map(Access::necessaryOnly).toList();
    }

    private double cost(List<Access> access) {
        double cost = 0;
        for (Access way : access) {
            cost += way.key().frequency() * named.getOrDefault(Named.of(way), 1);
        }
        return cost;
    }

    /** The places of one test, which every value that passes it meets at least one of. */
    static List<Access> of(Predicate predicate, PathNode.Builder node) {
        return switch (predicate) {
            case Predicate.OneOf(var values, Compare compare) -> values.stream()
                    .map(value -> new Access(node, compare == Compare.LOOSE
                            ? new AccessKey.EqualLoosely(LooseForm.of(value)) : new AccessKey.Equal(value), true))
                    .distinct().toList();
            case Predicate.Within within -> ofRange(within, node);
            case Predicate.StartsWith(var prefixes, Case letters) when letters == Case.EXACT ->
                prefixes.stream().map(prefix -> new Access(node, new AccessKey.Prefix(prefix), true)).toList();
            case Predicate.EndsWith(var suffixes, Case letters) when letters == Case.EXACT ->
                suffixes.stream().map(suffix -> new Access(node, new AccessKey.Suffix(suffix), true)).toList();
            case Predicate.EqualsIgnoringCase(var values) -> values.stream()
                    .map(value -> new Access(node, new AccessKey.EqualFolded(Folding.fold(value)), true)).distinct().toList();
            case Predicate.Wildcard(var pieces) -> ofWildcard(pieces, node);
            case Predicate.Leaf() -> List.of(new Access(node, new AccessKey.Leaf(), true));
            case Predicate.Present() -> List.of(new Access(node, new AccessKey.Present(), true));
            default -> List.of(new Access(node, new AccessKey.Present(), false));
        };
    }

    private static List<Access> ofRange(Predicate.Within within, PathNode.Builder node) {
        if (within.compare() == Compare.LOOSE || !isNumber(within.low()) || !isNumber(within.high())) {
            return List.of(new Access(node, new AccessKey.Present(), false));
        }
        return within.isEmpty() ? List.of() : List.of(new Access(node, new AccessKey.Range(within), true));
    }

    private static boolean isNumber(@Nullable Bound bound) {
        return bound == null || bound.value() instanceof Literal.Numeral;
    }

    private static List<Access> ofWildcard(List<String> pieces, PathNode.Builder node) {
        String first = pieces.getFirst();
        String last = pieces.getLast();
        AccessKey key = first.isEmpty() && last.isEmpty() ? new AccessKey.Present()
                : first.length() >= last.length() ? new AccessKey.Prefix(first) : new AccessKey.Suffix(last);
        return List.of(new Access(node, key, false));
    }
}
