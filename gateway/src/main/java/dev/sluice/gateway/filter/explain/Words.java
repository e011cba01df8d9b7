package dev.sluice.gateway.filter.explain;

import dev.sluice.gateway.filter.ast.FieldPath;
import dev.sluice.gateway.filter.ast.JsonType;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Relation;
import dev.sluice.gateway.filter.ast.Scope;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Predicates in the words of match-objects, whichever dialect they came from. */
final class Words {
    private static final int MOST_LISTED = 5;
    private static final int LONGEST = 200;

    private Words() {}

    static String of(Predicate predicate) {
        return switch (predicate) {
            case Predicate.OneOf(var values, var compare) -> values.size() == 1 ? "$eq " + literal(values.getFirst())
                    : "$in " + list(values.stream().map(Words::literal).toList());
            case Predicate.Within within -> Stream.of(bound("$gt", within.low()), bound("$lt", within.high()))
                    .filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
            case Predicate.Related(Relation relation, FieldPath other, var compare) -> relation(relation) + " $ref " + path(other);
            case Predicate.Present() -> "$exists true";
            case Predicate.Leaf() -> "exists true";
            case Predicate.HasType(var types) -> "$type " + list(types.stream().map(JsonType::keyword).sorted().toList());
            case Predicate.StartsWith(var texts, Case letters) -> "$startsWith " + texts(texts) + letters(letters);
            case Predicate.EndsWith(var texts, Case letters) -> "$endsWith " + texts(texts) + letters(letters);
            case Predicate.Contains(String part, Case letters) -> (letters == Case.EXACT ? "$contains " : "$icontains ") + quote(part);
            case Predicate.EqualsIgnoringCase(var texts) -> "$iequals " + texts(texts);
            case Predicate.Wildcard(var pieces) -> "$wildcard " + quote(String.join("*", pieces));
            case Predicate.Regex(var pattern) -> "$regex " + quote(pattern.pattern());
            case Predicate.InNetwork network -> "$cidr";
            case Predicate.During(var after, var before) -> (after == null ? "" : "$after " + after) + (before == null ? "" : "$before " + before);
            case Predicate.Size(int least, int most) -> least == most ? "$size " + least : "$size from " + least + " to " + most;
            case Predicate.Modulo(var divisor, var remainder) -> "$mod [" + divisor + "," + remainder + "]";
            case Predicate.InVersions versions -> "$semver";
            case Predicate.AnythingBut(var inner) -> "anything but " + of(inner);
            case Predicate.Either(var tests) -> tests.stream().map(Words::of).collect(Collectors.joining(" or "));
        };
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.Text(String text) -> quote(text);
            case Literal.Numeral(var number) -> number.toString();
            case Literal.Bool(boolean value) -> Boolean.toString(value);
            case Literal.Null() -> "null";
        };
    }

    private static String list(List<String> items) {
        String more = items.size() > MOST_LISTED ? ", and " + (items.size() - MOST_LISTED) + " more" : "";
        return '[' + String.join(", ", items.subList(0, Math.min(items.size(), MOST_LISTED))) + more + ']';
    }

    private static String texts(List<String> texts) {
        return texts.size() == 1 ? quote(texts.getFirst()) : list(texts.stream().map(Words::quote).toList());
    }

    private static String letters(Case letters) {
        return letters == Case.EXACT ? "" : " in any case";
    }

    private static String bound(String operator, @Nullable Bound bound) {
        return bound == null ? "" : operator + (bound.inclusive() ? "e " : " ") + literal(bound.value());
    }

    private static String relation(Relation relation) {
        return switch (relation) {
            case EQUAL -> "$eq";
            case LESS -> "$lt";
            case LESS_OR_EQUAL -> "$lte";
            case GREATER -> "$gt";
            case GREATER_OR_EQUAL -> "$gte";
        };
    }

    private static String path(FieldPath path) {
        Scope scope = path.scope();
        String names = String.join(".", path.names());
        return scope == null ? names : names.isEmpty() ? scope.keyword() : scope.keyword() + '.' + names;
    }

    /** What goes into the receipt of every event is short. */
    private static String quote(String whole) {
        String text = whole.length() <= LONGEST ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, LONGEST / 2)) + "\u2026";
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
