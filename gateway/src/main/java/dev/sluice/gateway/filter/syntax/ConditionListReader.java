package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Condition lists: {@code {"field": "order.total", "op": "gte", "value": 100}}, joined by {@code and}, {@code or} and
 * {@code not}. A list at the top means {@code and}.
 */
final class ConditionListReader {
    private static final Set<String> OPERATORS = Set.of("eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "contains",
            "exists", "startsWith", "endsWith", "regex");

    private final Operators operators;

    ConditionListReader(Compare compare) {
        this.operators = new Operators(compare, place -> {
            throw place.refuse("must be a plain value");
        });
    }

    /** Whether a filter is meant as such a list and not as a match-object. */
    static boolean looksLikeOne(Place place) throws FilterException {
        if (place.isArray()) {
            return true;
        }
        if (!place.isObject()) {
            return false;
        }
        Map<String, Place> members = place.members();
        Place field = members.get("field");
        Place op = members.get("op");
        if (field != null && op != null) {
            return field.isText() && op.isText() && Set.of("field", "op", "value").containsAll(members.keySet());
        }
        if (members.size() != 1) {
            return false;
        }
        Map.Entry<String, Place> only = members.entrySet().iterator().next();
        return switch (only.getKey()) {
            case "and", "or" -> only.getValue().isArray() && only.getValue().elements().stream().anyMatch(Place::isObject);
            case "not" -> looksLikeOne(only.getValue());
            default -> false;
        };
    }

    Condition read(Place place) throws FilterException {
        if (place.isArray()) {
            return new Condition.All(each(place));
        }
        Map<String, Place> members = place.members();
        if (members.containsKey("field") || members.containsKey("op")) {
            return comparison(place, members);
        }
        if (members.size() != 1) {
            throw place.refuse("must have a field and an op, or one of and, or, not");
        }
        Map.Entry<String, Place> only = members.entrySet().iterator().next();
        Place inner = only.getValue();
        return switch (only.getKey()) {
            case "and" -> new Condition.All(each(inner));
            case "or" -> new Condition.Any(each(inner));
            case "not" -> new Condition.Not(read(inner));
            default -> throw inner.refuse("must be one of and, or, not");
        };
    }

    private List<Condition> each(Place place) throws FilterException {
        List<Condition> all = new ArrayList<>();
        for (Place element : place.someElements()) {
            all.add(read(element));
        }
        return all;
    }

    private Condition comparison(Place place, Map<String, Place> members) throws FilterException {
        Place field = member(place, members, "field");
        Place op = member(place, members, "op");
        for (Map.Entry<String, Place> member : members.entrySet()) {
            if (!Set.of("field", "op", "value").contains(member.getKey())) {
                throw member.getValue().refuse("a condition has field, op and value only");
            }
        }
        String operator = op.text();
        if (!OPERATORS.contains(operator)) {
            throw op.refuse("must be one of " + String.join(", ", OPERATORS.stream().sorted().toList()));
        }
        Condition test = operator.equals("exists") && !members.containsKey("value")
                ? new Condition.Test(new Predicate.Present())
                : operators.read('$' + operator, member(place, members, "value"), false);
        return FieldPaths.at(FieldPaths.parse(field.text(), field), test);
    }

    private static Place member(Place place, Map<String, Place> members, String name) throws FilterException {
        Place member = members.get(name);
        if (member == null) {
            throw place.refuse("needs a " + name);
        }
        return member;
    }
}
