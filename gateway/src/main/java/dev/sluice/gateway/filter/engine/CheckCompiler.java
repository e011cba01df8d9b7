package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.FieldPath;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.HasType;
import dev.sluice.gateway.filter.ast.Predicate.Present;
import dev.sluice.gateway.filter.ast.Predicate.Related;
import dev.sluice.gateway.filter.ast.Predicate.Size;

import java.util.List;

/** Compiles conditions for the tape and makes the nodes of the paths they name. */
final class CheckCompiler {
    private final PathNode.Builder body;
    private final PartNodes parts;

    CheckCompiler(PathNode.Builder body, PartNodes parts) {
        this.body = body;
        this.parts = parts;
    }

    Check compile(Condition condition, PathNode.Builder node) {
        return switch (condition) {
            case Condition.All(var inner) -> inner.size() == 1 ? compile(inner.getFirst(), node) : new Check.All(compile(inner, node));
            case Condition.Any(var inner) -> inner.size() == 1 ? compile(inner.getFirst(), node) : new Check.Any(compile(inner, node));
            case Condition.Not(var inner) -> new Check.Not(compile(inner, node));
            case Condition.Field(String name, var inner) -> {
                PathNode.Builder member = node.member(name);
                yield new Check.Member(member.id, compile(inner, member));
            }
            case Condition.Scoped(var scope, String name, var inner) -> {
                PathNode.Builder part = parts.of(scope, name);
                yield new Check.Scoped(part.id, compile(inner, part));
            }
            case Condition.Some(var inner) -> new Check.Some(compile(inner, node));
            case Condition.Elements(var quantifier, var inner) ->
                new Check.Elements(quantifier == Condition.Quantifier.EVERY, compile(inner, node));
            case Condition.Test(var predicate) -> looksAtArrays(predicate)
                    ? new Check.WholeTest(test(predicate)) : new Check.EachTest(test(predicate));
        };
    }

    private List<Check> compile(List<Condition> conditions, PathNode.Builder node) {
        return conditions.stream().map(condition -> compile(condition, node)).toList();
    }

    private static boolean looksAtArrays(Predicate predicate) {
        return switch (predicate) {
            case Present present -> true;
            case HasType type -> true;
            case Size size -> true;
            default -> false;
        };
    }

    ValueTest test(Predicate predicate) {
        return predicate instanceof Related related
                ? new RelatedTest(related.relation(), related.other().scope() != null, nodes(related.other()), related.compare())
                : ValueTests.of(predicate);
    }

    private int[] nodes(FieldPath path) {
        if (path.scope() != null) {
            return new int[] {parts.of(path.scope(), path.names().isEmpty() ? "" : path.names().getFirst()).id};
        }
        int[] nodes = new int[path.names().size()];
        PathNode.Builder node = body;
        for (int i = 0; i < nodes.length; i++) {
            node = node.member(path.names().get(i));
            nodes[i] = node.id;
        }
        return nodes;
    }
}
