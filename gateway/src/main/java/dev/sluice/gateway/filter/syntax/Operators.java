package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Condition.Quantifier;
import dev.sluice.gateway.filter.ast.FieldPath;
import dev.sluice.gateway.filter.ast.JsonType;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.ast.Relation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operators of match-objects. */
final class Operators {
    /** Reads the operand of an operator that takes a condition. */
    @FunctionalInterface
    interface Conditions {
        Condition read(Place place) throws FilterException;
    }

    private static final int MAX_DIGITS = 1000;

    private final Compare compare;
    private final Conditions conditions;

    Operators(Compare compare, Conditions conditions) {
        this.compare = compare;
        this.conditions = conditions;
    }

    /** What an operator with its operand asks of the current value. */
    Condition read(String name, Place operand, boolean root) throws FilterException {
        return switch (name) {
            case "$and" -> new Condition.All(each(operand));
            case "$or" -> new Condition.Any(each(operand));
            case "$nor" -> new Condition.Not(new Condition.Any(each(operand)));
            case "$not" -> new Condition.Not(conditions.read(operand));
            case "$eq" -> equal(operand);
            case "$neq", "$ne" -> new Condition.Not(equal(operand));
            case "$in" -> oneOf(operand);
            case "$nin" -> new Condition.Not(oneOf(operand));
            case "$gt" -> ordered(Relation.GREATER, operand);
            case "$gte" -> ordered(Relation.GREATER_OR_EQUAL, operand);
            case "$lt" -> ordered(Relation.LESS, operand);
            case "$lte" -> ordered(Relation.LESS_OR_EQUAL, operand);
            case "$between" -> between(operand);
            case "$exists" -> operand.bool() ? test(new Predicate.Present()) : new Condition.Not(test(new Predicate.Present()));
            case "$type" -> test(new Predicate.HasType(types(operand)));
            case "$startsWith" -> test(new Predicate.StartsWith(texts(operand), Case.EXACT));
            case "$endsWith" -> test(new Predicate.EndsWith(texts(operand), Case.EXACT));
            case "$contains" -> contains(operand, Case.EXACT);
            case "$icontains" -> contains(operand, Case.IGNORED);
            case "$iequals" -> test(new Predicate.EqualsIgnoringCase(texts(operand)));
            case "$wildcard" -> test(Wildcards.parse(operand));
            case "$regex" -> test(Expressions.parse(operand));
            case "$cidr" -> test(new Predicate.InNetwork(Networks.blocks(operand)));
            case "$before" -> test(new Predicate.During(null, Times.instant(operand)));
            case "$after" -> test(new Predicate.During(Times.instant(operand), null));
            case "$size" -> test(Sizes.parse(operand));
            case "$mod" -> test(modulo(operand));
            case "$semver" -> test(new Predicate.InVersions(VersionRanges.parse(operand)));
            case "$ref" -> related(Relation.EQUAL, operand);
            case "$any", "$elemMatch" -> new Condition.Elements(Quantifier.ANY, conditions.read(operand));
            case "$none" -> new Condition.Not(new Condition.Elements(Quantifier.ANY, conditions.read(operand)));
            case "$all" -> operand.isArray() ? allOf(operand)
                    : new Condition.Elements(Quantifier.EVERY, conditions.read(operand));
            default -> throw operand.refuse("unknown operator " + name
                    + (root ? "" : "; a field whose name begins with a dollar sign is written with a backslash before it"));
        };
    }

    private static Condition test(Predicate predicate) {
        return new Condition.Test(predicate);
    }

    private List<Condition> each(Place operand) throws FilterException {
        List<Condition> all = new ArrayList<>();
        for (Place element : operand.someElements()) {
            all.add(conditions.read(element));
        }
        return all;
    }

    private Condition equal(Place operand) throws FilterException {
        return operand.isObject() ? related(Relation.EQUAL, reference(operand))
                : test(new Predicate.OneOf(List.of(operand.literal()), compare));
    }

    private Condition allOf(Place operand) throws FilterException {
        List<Condition> all = new ArrayList<>();
        for (Place element : operand.someElements()) {
            all.add(test(new Predicate.OneOf(List.of(element.literal()), compare)));
        }
        return all.size() == 1 ? all.getFirst() : new Condition.All(all);
    }

    private Condition oneOf(Place operand) throws FilterException {
        List<Literal> literals = new ArrayList<>();
        for (Place element : operand.elements()) {
            literals.add(element.literal());
        }
        return test(new Predicate.OneOf(literals, compare));
    }

    Condition ordered(Relation relation, Place operand) throws FilterException {
        if (operand.isObject()) {
            return related(relation, reference(operand));
        }
        Bound bound = bound(operand, relation == Relation.LESS_OR_EQUAL || relation == Relation.GREATER_OR_EQUAL);
        boolean upper = relation == Relation.LESS || relation == Relation.LESS_OR_EQUAL;
        return test(new Predicate.Within(upper ? null : bound, upper ? bound : null, compare));
    }

    private static Bound bound(Place operand, boolean inclusive) throws FilterException {
        if (!operand.isNumber() && !operand.isText()) {
            throw operand.refuse("must be a number or a string");
        }
        return new Bound(operand.literal(), inclusive);
    }

    private Condition between(Place operand) throws FilterException {
        List<Place> ends = operand.elements();
        if (ends.size() != 2) {
            throw operand.refuse("must be an array of the least and the greatest value");
        }
        Bound low = bound(ends.get(0), true);
        Bound high = bound(ends.get(1), true);
        if (low.value().getClass() != high.value().getClass()) {
            throw operand.refuse("both ends must be of one type");
        }
        return test(new Predicate.Within(low, high, compare));
    }

    private static Place reference(Place operand) throws FilterException {
        Map<String, Place> members = operand.members();
        Place path = members.get("$ref");
        if (path == null || members.size() > 1) {
            throw operand.refuse("must be a value or {\"$ref\": \"path\"}");
        }
        return path;
    }

    private Condition related(Relation relation, Place operand) throws FilterException {
        FieldPath path = FieldPaths.parse(operand.text(), operand);
        return test(new Predicate.Related(relation, path, compare));
    }

    private static Set<JsonType> types(Place operand) throws FilterException {
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (Place element : operand.oneOrMore()) {
            String keyword = element.text();
            JsonType found = null;
            for (JsonType type : JsonType.values()) {
                if (type.keyword().equals(keyword)) {
                    found = type;
                }
            }
            if (found == null) {
                throw element.refuse("must be null, boolean, number, integer, string, array or object");
            }
            types.add(found);
        }
        return types;
    }

    static List<String> texts(Place operand) throws FilterException {
        List<String> texts = new ArrayList<>();
        for (Place element : operand.oneOrMore()) {
            texts.add(element.text());
        }
        return texts;
    }

    /** A part of a string, or an element of an array. */
    Condition contains(Place operand, Case letters) throws FilterException {
        if (!operand.isText()) {
            if (letters == Case.IGNORED) {
                throw operand.refuse("must be a string");
            }
            return new Condition.Elements(Quantifier.ANY, test(new Predicate.OneOf(List.of(operand.literal()), compare)));
        }
        String text = operand.text();
        Predicate equal = letters == Case.EXACT ? new Predicate.OneOf(List.of(new Literal.Text(text)), compare)
                : new Predicate.EqualsIgnoringCase(List.of(text));
        Condition array = test(new Predicate.HasType(Set.of(JsonType.ARRAY)));
        return new Condition.Any(List.of(
                new Condition.Elements(Quantifier.ANY, test(equal)),
                new Condition.All(List.of(new Condition.Not(array), test(new Predicate.Contains(text, letters))))));
    }

    private static Predicate modulo(Place operand) throws FilterException {
        List<Place> numbers = operand.elements();
        if (numbers.size() != 2) {
            throw operand.refuse("must be an array of divisor and remainder");
        }
        BigInteger divisor = whole(numbers.get(0));
        if (divisor.signum() == 0) {
            throw numbers.get(0).refuse("must not be zero");
        }
        return new Predicate.Modulo(divisor, whole(numbers.get(1)));
    }

    private static BigInteger whole(Place place) throws FilterException {
        var number = place.number();
        if (number.scale() < number.digits().length() || number.scale() > MAX_DIGITS) {
            throw place.refuse("must be a whole number of at most " + MAX_DIGITS + " digits");
        }
        return new BigDecimal(number.toString()).toBigIntegerExact();
    }
}
