package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Predicate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A route's condition taken apart into tests of single values, all of which must pass, and the rest. They say the same
 * as the condition for an event in which none of the values is an array or lies in the element of one.
 *
 * @param rest what must hold besides, null for nothing
 */
record Clauses(List<Clause> clauses, @Nullable Condition rest) {

    /** Of the value at a node, one of these must hold. */
    record Clause(PathNode.Builder node, List<Predicate> alternatives) {}

    /** Takes a condition on the body apart. */
    static Clauses of(Condition condition, PathNode.Builder body, PartNodes parts) {
        return split(condition, body, body, parts);
    }

    private static Clauses split(Condition condition, PathNode.Builder node, PathNode.Builder body, PartNodes parts) {
        return switch (condition) {
            case Condition.Test(var predicate) -> node == body ? nothing(condition)
                    : new Clauses(List.of(new Clause(node, List.of(predicate))), null);
            case Condition.Field(String name, var inner) -> {
                Clauses below = split(inner, node.member(name), body, parts);
                yield new Clauses(below.clauses, below.rest == null ? null : new Condition.Field(name, below.rest));
            }
            case Condition.Scoped(var scope, String name, var inner) -> {
                Clauses below = split(inner, parts.of(scope, name), body, parts);
                yield new Clauses(below.clauses, below.rest == null ? null : new Condition.Scoped(scope, name, below.rest));
            }
            case Condition.Some(var inner) -> {
                Clauses below = split(inner, node, body, parts);
                yield new Clauses(below.clauses, below.rest == null ? null : new Condition.Some(below.rest));
            }
            case Condition.All(var inner) -> all(inner, node, body, parts);
            case Condition.Any(var inner) -> any(condition, inner, node, body, parts);
            case Condition.Not not -> nothing(condition);
            case Condition.Elements elements -> nothing(condition);
        };
    }

    private static Clauses nothing(Condition rest) {
        return new Clauses(List.of(), rest);
    }

    private static Clauses all(List<Condition> conditions, PathNode.Builder node, PathNode.Builder body, PartNodes parts) {
        List<Clause> clauses = new ArrayList<>();
        List<Condition> rest = new ArrayList<>();
        for (Condition condition : conditions) {
            Clauses part = split(condition, node, body, parts);
            clauses.addAll(part.clauses);
            if (part.rest != null) {
                rest.add(part.rest);
            }
        }
        return new Clauses(clauses, rest.isEmpty() ? null : rest.size() == 1 ? rest.getFirst() : new Condition.All(rest));
    }

    /** One clause, when all parts are tests of one and the same value. */
    private static Clauses any(Condition whole, List<Condition> conditions, PathNode.Builder node, PathNode.Builder body,
            PartNodes parts) {
        PathNode.Builder common = null;
        List<Predicate> alternatives = new ArrayList<>();
        for (Condition condition : conditions) {
            Clauses part = split(condition, node, body, parts);
            Clause clause = part.rest == null && part.clauses.size() == 1 ? part.clauses.getFirst() : null;
            if (clause == null || (common != null && common != clause.node)) {
                return nothing(whole);
            }
            common = clause.node;
            alternatives.addAll(clause.alternatives);
        }
        return common == null ? nothing(whole) : new Clauses(List.of(new Clause(common, alternatives)), null);
    }
}
