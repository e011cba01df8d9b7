package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.IpAddress;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The values and match expressions of EventBridge patterns. */
final class EventBridgeTests {
    private static final String IGNORE_CASE = "equals-ignore-case";

    private EventBridgeTests() {}

    static Predicate read(Place place) throws FilterException {
        if (!place.isObject()) {
            return value(place);
        }
        Map.Entry<String, Place> only = only(place);
        Place operand = only.getValue();
        return switch (only.getKey()) {
            case "exactly" -> new Predicate.OneOf(List.of(new Literal.Text(operand.text())), Compare.STRICT);
            case "prefix" -> new Predicate.StartsWith(List.of(affix(operand)), letters(operand));
            case "suffix" -> new Predicate.EndsWith(List.of(affix(operand)), letters(operand));
            case IGNORE_CASE -> new Predicate.EqualsIgnoringCase(List.of(operand.text()));
            case "wildcard" -> Wildcards.parse(operand);
            case "anything-but" -> new Predicate.AnythingBut(excluded(operand));
            case "numeric" -> numeric(operand);
            case "cidr" -> cidr(operand);
            case "exists" -> {
                if (!operand.bool()) {
                    throw operand.refuse("false stands alone among its alternatives or in them, not inside an operator");
                }
                yield new Predicate.Leaf();
            }
            default -> throw operand.refuse("unknown match expression " + only.getKey());
        };
    }

    private static Map.Entry<String, Place> only(Place place) throws FilterException {
        Map<String, Place> members = place.members();
        if (members.size() != 1) {
            throw place.refuse("a match expression has exactly one member");
        }
        return members.entrySet().iterator().next();
    }

    private static Predicate value(Place place) throws FilterException {
        Literal literal = place.literal();
        // An address matches in every way of writing it.
        if (literal instanceof Literal.Text(String text) && isAddress(text)) {
            return new Predicate.InNetwork(List.of(Networks.block(place)));
        }
        return new Predicate.OneOf(List.of(literal), Compare.STRICT);
    }

    private static boolean isAddress(String text) {
        byte[] bytes = Utf8.bytes(text);
        return IpAddress.parse(bytes, 0, bytes.length, new byte[IpAddress.BYTES]);
    }

    private static String affix(Place operand) throws FilterException {
        if (!operand.isObject()) {
            return operand.text();
        }
        Map.Entry<String, Place> only = only(operand);
        if (!only.getKey().equals(IGNORE_CASE)) {
            throw only.getValue().refuse("must be " + IGNORE_CASE);
        }
        return only.getValue().text();
    }

    private static Case letters(Place operand) {
        return operand.isObject() ? Case.IGNORED : Case.EXACT;
    }

    /** What "anything-but" leaves out. */
    private static Predicate excluded(Place operand) throws FilterException {
        if (!operand.isObject()) {
            return scalars(operand);
        }
        Map.Entry<String, Place> only = only(operand);
        Place inner = only.getValue();
        return switch (only.getKey()) {
            case "prefix" -> new Predicate.StartsWith(affixes(inner), Case.EXACT);
            case "suffix" -> new Predicate.EndsWith(affixes(inner), Case.EXACT);
            case IGNORE_CASE -> new Predicate.EqualsIgnoringCase(Operators.texts(inner));
            case "wildcard" -> wildcards(inner);
            default -> throw inner.refuse("must be prefix, suffix, wildcard or " + IGNORE_CASE);
        };
    }

    private static Predicate scalars(Place operand) throws FilterException {
        List<Literal> literals = new ArrayList<>();
        for (Place element : operand.oneOrMore()) {
            if (!element.isText() && !element.isNumber()) {
                throw element.refuse("must be a string or a number");
            }
            literals.add(element.literal());
        }
        if (literals.stream().map(Object::getClass).distinct().count() > 1) {
            throw operand.refuse("must be all strings or all numbers");
        }
        return new Predicate.OneOf(literals, Compare.STRICT);
    }

    private static List<String> affixes(Place operand) throws FilterException {
        List<String> affixes = Operators.texts(operand);
        if (affixes.contains("")) {
            throw operand.refuse("must not be empty");
        }
        return affixes;
    }

    private static Predicate wildcards(Place operand) throws FilterException {
        List<Predicate> all = new ArrayList<>();
        for (Place element : operand.oneOrMore()) {
            all.add(Wildcards.parse(element));
        }
        return all.size() == 1 ? all.getFirst() : new Predicate.Either(all);
    }

    private static Predicate numeric(Place operand) throws FilterException {
        List<Place> parts = operand.elements();
        if (parts.size() != 2 && parts.size() != 4) {
            throw operand.refuse("must be one or two comparisons such as [\">\", 0, \"<=\", 5]");
        }
        Bound low = null;
        Bound high = null;
        for (int i = 0; i < parts.size(); i += 2) {
            Place number = parts.get(i + 1);
            String relation = parts.get(i).text();
            boolean inclusive = relation.endsWith("=");
            Bound bound = new Bound(new Literal.Numeral(number.number()), inclusive);
            switch (relation) {
                case "=" -> {
                    if (parts.size() != 2) {
                        throw parts.get(i).refuse("stands alone");
                    }
                    return new Predicate.OneOf(List.of(bound.value()), Compare.STRICT);
                }
                case ">", ">=" -> low = once(low, bound, parts.get(i));
                case "<", "<=" -> high = once(high, bound, parts.get(i));
                default -> throw parts.get(i).refuse("must be =, <, <=, > or >=");
            }
        }
        Predicate.Within within = new Predicate.Within(low, high, Compare.STRICT);
        if (within.isEmpty()) {
            throw operand.refuse("no number is within these bounds");
        }
        return within;
    }

    private static Bound once(@Nullable Bound known, Bound bound, Place place) throws FilterException {
        if (known != null) {
            throw place.refuse("bounds the same side twice");
        }
        return bound;
    }

    private static Predicate cidr(Place operand) throws FilterException {
        if (operand.text().indexOf('/') < 0) {
            throw operand.refuse("must be a block such as 10.0.0.0/24");
        }
        return new Predicate.InNetwork(List.of(Networks.block(operand)));
    }
}
