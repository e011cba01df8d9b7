package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.ast.Scope;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Match-objects: an object with the shape of the body, in which a value is what the body's must be and a name that
 * begins with a dollar sign is an operator.
 */
final class MatchObjectReader {
    private final Compare compare;
    private final Operators operators;

    MatchObjectReader(Compare compare) {
        this.compare = compare;
        this.operators = new Operators(compare, this::condition);
    }

    Condition read(Place root) throws FilterException {
        if (!root.isObject()) {
            throw root.refuse("a filter must be an object");
        }
        return object(root, true);
    }

    /** What a value written in a filter asks of the value in the body. */
    private Condition condition(Place place) throws FilterException {
        if (place.isObject()) {
            return object(place, false);
        }
        if (place.isArray()) {
            List<Condition> all = new ArrayList<>();
            for (Place element : place.elements()) {
                all.add(equal(element));
            }
            if (all.isEmpty()) {
                throw place.refuse("an empty array would match everything; use {\"$size\": 0} for an empty one");
            }
            if (all.size() > 1) {
                place.remark("all of these values must be there, in an array; one of them is {\"$in\": [...]}");
            }
            return all(all);
        }
        return equal(place);
    }

    private Condition equal(Place place) throws FilterException {
        Literal literal = place.literal();
        return new Condition.Test(new Predicate.OneOf(List.of(literal), compare));
    }

    private Condition object(Place place, boolean root) throws FilterException {
        List<Condition> parts = new ArrayList<>();
        List<Condition> fields = new ArrayList<>();
        for (Map.Entry<String, Place> member : place.members().entrySet()) {
            String name = member.getKey();
            Place value = member.getValue();
            if (!name.startsWith("$")) {
                List<String> names = FieldPaths.names(name, value);
                fields.add(FieldPaths.at(names, condition(value.below(names))));
                continue;
            }
            int dot = name.indexOf('.');
            Scope scope = Scope.of(dot < 0 ? name : name.substring(0, dot));
            if (scope == null) {
                parts.add(operators.read(name, value, root));
            } else {
                parts.add(scoped(scope, dot < 0 ? null : name.substring(dot + 1), value));
            }
        }
        if (!fields.isEmpty()) {
            parts.add(new Condition.Some(all(fields)));
        }
        if (parts.isEmpty() && !root) {
            throw place.refuse("an empty object asks for nothing; use {\"$exists\": true} or {\"$type\": \"object\"}");
        }
        return all(parts);
    }

    private Condition scoped(Scope scope, @Nullable String name, Place place) throws FilterException {
        if (!scope.named()) {
            if (name != null) {
                throw place.refuse(scope.keyword() + " has nothing below it");
            }
            return new Condition.Scoped(scope, "", condition(place));
        }
        if (name != null) {
            return new Condition.Scoped(scope, name, condition(place));
        }
        List<Condition> all = new ArrayList<>();
        for (Map.Entry<String, Place> member : place.members().entrySet()) {
            all.add(new Condition.Scoped(scope, member.getKey(), condition(member.getValue())));
        }
        if (all.isEmpty()) {
            throw place.refuse("must name at least one");
        }
        return all(all);
    }

    private static Condition all(List<Condition> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }
}
