package dev.sluice.gateway.filter.explain;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Scope;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One test of a filter taken by itself, with the way to its value.
 *
 * @param scope null for the body
 * @param names members on the way from the root of the body; the name within the scope, if it has names
 * @param test the test in words
 * @param negated whether it stands under an odd number of negations
 * @param alone the condition that holds when just this test holds
 */
public record Statement(@Nullable Scope scope, List<String> names, String test, boolean negated, Condition alone) {

    /** Where the value is, as a filter would name it. */
    public String path() {
        String below = String.join(".", names);
        return scope == null ? below.isEmpty() ? "(body)" : below
                : scope.named() ? scope.keyword() + '.' + below : scope.keyword();
    }

    /** The tests of a condition, in the order they were written. */
    public static List<Statement> of(Condition condition) {
        List<Statement> statements = new ArrayList<>();
        new Collector(statements).collect(condition, null, List.of(), false, List.of());
        return statements;
    }

    private record Collector(List<Statement> into) {

        void collect(Condition condition, @Nullable Scope scope, List<String> names, boolean negated, List<Condition> around) {
            switch (condition) {
                case Condition.All(var parts) -> parts.forEach(part -> collect(part, scope, names, negated, around));
                case Condition.Any(var parts) -> parts.forEach(part -> collect(part, scope, names, negated, around));
                case Condition.Not(var inner) -> collect(inner, scope, names, !negated, around);
                case Condition.Field(String name, var inner) -> collect(inner, scope, with(names, name), negated, with(around, condition));
                case Condition.Scoped(var part, String name, var inner) ->
                    collect(inner, part, part.named() ? List.of(name) : List.of(), negated, with(around, condition));
                case Condition.Some(var inner) -> collect(inner, scope, names, negated, with(around, condition));
                case Condition.Elements(var quantifier, var inner) -> collect(inner, scope, names, negated, with(around, condition));
                case Condition.Test(var predicate) -> into.add(
                        new Statement(scope, names, Words.of(predicate), negated, wrap(condition, around)));
            }
        }

        private static <T> List<T> with(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }

        private static Condition wrap(Condition test, List<Condition> around) {
            Condition wrapped = test;
            for (Condition each : around.reversed()) {
                wrapped = switch (each) {
                    case Condition.Field(String name, var inner) -> new Condition.Field(name, wrapped);
                    case Condition.Scoped(var scope, String name, var inner) -> new Condition.Scoped(scope, name, wrapped);
                    case Condition.Elements(var quantifier, var inner) -> new Condition.Elements(quantifier, wrapped);
                    default -> new Condition.Some(wrapped);
                };
            }
            return wrapped;
        }
    }
}
