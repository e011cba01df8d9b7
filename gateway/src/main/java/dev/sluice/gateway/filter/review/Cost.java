package dev.sluice.gateway.filter.review;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Predicate;

import java.util.List;

/**
 * The most that checking a filter against one event can cost, in units of about one comparison of short values. What
 * the index finds costs less; this is the bound that a budget needs.
 */
public final class Cost {
    /** Most that a filter may cost: some hundred microseconds for an event that was made to hurt. */
    public static final int BUDGET = 10_000;

    private static final int FIELD = 1;
    private static final int SEARCH = 4;
    private static final int PARSED = 8;
    private static final int EXPRESSION = 20;
    /** Elements that an array is reckoned to have. */
    private static final int ELEMENTS = 8;

    private Cost() {}

    /** The cost of a condition; saturates far above the budget. */
    public static int of(Condition condition) {
        return (int) Math.min(Integer.MAX_VALUE, units(condition));
    }

    /** The cost of a test of one short value. */
    public static long of(Predicate predicate) {
        return units(predicate);
    }

    private static long units(Condition condition) {
        return switch (condition) {
            case Condition.All(var parts) -> sum(parts);
            case Condition.Any(var parts) -> sum(parts);
            case Condition.Not(var inner) -> units(inner);
            case Condition.Field(String name, var inner) -> FIELD + units(inner);
            case Condition.Scoped(var scope, String name, var inner) -> FIELD + units(inner);
            case Condition.Some(var inner) -> units(inner);
            case Condition.Elements(var quantifier, var inner) -> Math.min(Integer.MAX_VALUE, ELEMENTS * units(inner));
            case Condition.Test(var predicate) -> units(predicate);
        };
    }

    private static long sum(List<Condition> parts) {
        return parts.stream().mapToLong(Cost::units).sum();
    }

    private static long units(Predicate predicate) {
        return switch (predicate) {
            case Predicate.StartsWith(var texts, var letters) -> texts.size();
            case Predicate.EndsWith(var texts, var letters) -> texts.size();
            case Predicate.EqualsIgnoringCase(var texts) -> texts.size();
            case Predicate.Contains(String part, var letters) -> SEARCH + part.length() / SEARCH;
            case Predicate.Wildcard(var pieces) -> (long) SEARCH * pieces.size()
                    + pieces.stream().mapToInt(String::length).sum() / SEARCH;
            case Predicate.Regex(var pattern) -> EXPRESSION + (long) EXPRESSION * pattern.programSize() / SEARCH;
            case Predicate.InNetwork(var blocks) -> PARSED + (long) blocks.size();
            case Predicate.InVersions(var range) -> PARSED + (long) PARSED * range.alternatives().stream().mapToLong(List::size).sum();
            case Predicate.During during -> PARSED;
            case Predicate.Modulo modulo -> PARSED;
            case Predicate.Related related -> FIELD + (long) related.other().names().size();
            case Predicate.AnythingBut(var inner) -> 1 + units(inner);
            case Predicate.Either(var tests) -> tests.stream().mapToLong(Cost::units).sum();
            // A set of scalars is one lookup, however many there are.
            default -> 1;
        };
    }
}
