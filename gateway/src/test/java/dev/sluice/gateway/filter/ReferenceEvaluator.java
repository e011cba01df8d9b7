package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The meaning of match-objects, written down once more as plainly as possible, over trees: no index, no bytes, nothing
 * shared with what it judges.
 */
final class ReferenceEvaluator {
    private static final Object MISSING = new Object();

    private final boolean loose;
    private final @Nullable Object root;

    ReferenceEvaluator(@Nullable Object root, boolean loose) {
        this.root = root;
        this.loose = loose;
    }

    boolean matches(Object filter) {
        return holds(filter, root);
    }

    private boolean holds(@Nullable Object filter, @Nullable Object value) {
        if (filter instanceof List<?> all) {
            return all.stream().allMatch(each -> contains(value, x -> equal(x, each)));
        }
        if (!(filter instanceof Map<?, ?> map)) {
            return contains(value, x -> equal(x, filter));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!name.startsWith("$")) {
                fields.put(name, entry);
            } else if (!operator(name, entry.getValue(), value)) {
                return false;
            }
        }
        return fields.isEmpty() || one(value, element -> fields.values().stream().allMatch(field -> {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) field;
            return at(List.of(String.valueOf(entry.getKey()).split("\\.", -1)), element, entry.getValue());
        }));
    }

    private boolean at(List<String> path, @Nullable Object value, @Nullable Object filter) {
        Object member = value instanceof Map<?, ?> map && map.containsKey(path.getFirst()) ? map.get(path.getFirst()) : MISSING;
        return path.size() == 1 ? holds(filter, member)
                : one(member, element -> at(path.subList(1, path.size()), element, filter));
    }

    /** The value itself, or one element of an array; nothing of an empty one. */
    private static boolean one(@Nullable Object value, Predicate<@Nullable Object> test) {
        if (!(value instanceof List<?> list)) {
            return test.test(value);
        }
        List<@Nullable Object> flat = flat(list);
        return flat.isEmpty() ? test.test(MISSING) : flat.stream().anyMatch(test);
    }

    private static boolean contains(@Nullable Object value, Predicate<@Nullable Object> test) {
        return value instanceof List<?> list ? flat(list).stream().anyMatch(test) : value != MISSING && test.test(value);
    }

    private static List<@Nullable Object> flat(List<?> list) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof List<?> inner) {
                flat.addAll(flat(inner));
            } else {
                flat.add(element);
            }
        }
        return flat;
    }

    private boolean operator(String name, @Nullable Object operand, @Nullable Object value) {
        return operand == null ? (name.equals("$ne") || name.equals("$none") || name.equals("$not")) != withNull(name, value)
                : withOperand(name, operand, value);
    }

    /** The operators that take null, without their negation. */
    private boolean withNull(String name, @Nullable Object value) {
        return switch (name) {
            case "$eq", "$ne", "$not" -> contains(value, Objects::isNull);
            case "$contains", "$any", "$none", "$elemMatch" -> value instanceof List<?> list && flat(list).stream().anyMatch(Objects::isNull);
            case "$all" -> value instanceof List<?> list && flat(list).stream().allMatch(Objects::isNull);
            default -> throw new AssertionError(name);
        };
    }

    private boolean withOperand(String name, Object operand, @Nullable Object value) {
        return switch (name) {
            case "$eq" -> compares(operand, value, order -> order == 0);
            case "$ne" -> !compares(operand, value, order -> order == 0);
            case "$gt" -> compares(operand, value, order -> order > 0);
            case "$gte" -> compares(operand, value, order -> order >= 0);
            case "$lt" -> compares(operand, value, order -> order < 0);
            case "$lte" -> compares(operand, value, order -> order <= 0);
            case "$between" -> contains(value, x -> ordered(x, list(operand).getFirst(), o -> o >= 0)
                    && ordered(x, list(operand).getLast(), o -> o <= 0));
            case "$in" -> list(operand).stream().anyMatch(each -> contains(value, x -> equal(x, each)));
            case "$nin" -> list(operand).stream().noneMatch(each -> contains(value, x -> equal(x, each)));
            case "$exists" -> operand.equals(value != MISSING);
            case "$type" -> String.valueOf(operand).equals(type(value));
            case "$startsWith" -> contains(value, x -> x instanceof String text && text.startsWith((String) operand));
            case "$endsWith" -> contains(value, x -> x instanceof String text && text.endsWith((String) operand));
            case "$contains" -> value instanceof List<?> list ? flat(list).stream().anyMatch(x -> equal(x, operand))
                    : value instanceof String text && operand instanceof String part && text.contains(part);
            case "$iequals" -> contains(value, x -> x instanceof String text && text.equalsIgnoreCase((String) operand));
            case "$icontains" -> value instanceof List<?> list
                    ? flat(list).stream().anyMatch(x -> x instanceof String text && text.equalsIgnoreCase((String) operand))
                    : value instanceof String text && lower(text).contains(lower((String) operand));
            case "$size" -> size(value) == (Integer) operand;
            case "$mod" -> contains(value, x -> x instanceof Integer number
                    && number % (Integer) list(operand).getFirst() == (Integer) list(operand).getLast());
            case "$ref" -> compares(Map.of("$ref", operand), value, order -> order == 0);
            case "$any", "$elemMatch" -> value instanceof List<?> list && flat(list).stream().anyMatch(x -> holds(operand, x));
            case "$none" -> !(value instanceof List<?> list && flat(list).stream().anyMatch(x -> holds(operand, x)));
            case "$all" -> operand instanceof List<?> ? holds(operand, value)
                    : value instanceof List<?> list && flat(list).stream().allMatch(x -> holds(operand, x));
            case "$not" -> !holds(operand, value);
            case "$and" -> list(operand).stream().allMatch(each -> holds(each, value));
            case "$or" -> list(operand).stream().anyMatch(each -> holds(each, value));
            case "$nor" -> list(operand).stream().noneMatch(each -> holds(each, value));
            default -> throw new AssertionError(name);
        };
    }

    private static List<?> list(Object operand) {
        return (List<?>) operand;
    }

    private boolean compares(@Nullable Object operand, @Nullable Object value, Predicate<Integer> relation) {
        if (operand instanceof Map<?, ?> reference) {
            String path = String.valueOf(reference.get("$ref"));
            return contains(value, x -> referred(List.of(path.split("\\.", -1)), root, x, relation));
        }
        return contains(value, x -> (relation.test(0) && isUnordered(operand)) ? equal(x, operand) : ordered(x, operand, relation));
    }

    private static boolean isUnordered(@Nullable Object value) {
        return value == null || value instanceof Boolean;
    }

    private boolean referred(List<String> path, @Nullable Object at, @Nullable Object x, Predicate<Integer> relation) {
        if (at instanceof List<?> list) {
            return flat(list).stream().anyMatch(element -> referred(path, element, x, relation));
        }
        if (!path.isEmpty()) {
            return at instanceof Map<?, ?> map && map.containsKey(path.getFirst())
                    && referred(path.subList(1, path.size()), map.get(path.getFirst()), x, relation);
        }
        boolean onlyEqual = relation.test(0) && !relation.test(1) && !relation.test(-1);
        return onlyEqual ? !(at instanceof Map) && equal(x, at) : ordered(x, at, relation);
    }

    private boolean equal(@Nullable Object left, @Nullable Object right) {
        Object mine = form(left);
        Object theirs = form(right);
        if (mine instanceof Map || theirs instanceof Map) {
            return false;
        }
        return mine == null ? theirs == null
                : (mine instanceof BigDecimal number && theirs instanceof BigDecimal other) ? number.compareTo(other) == 0
                : mine.equals(theirs);
    }

    private boolean ordered(@Nullable Object left, @Nullable Object right, Predicate<Integer> relation) {
        Object mine = form(left);
        Object theirs = form(right);
        if (mine instanceof BigDecimal number && theirs instanceof BigDecimal other) {
            return relation.test(number.compareTo(other));
        }
        return mine instanceof String text && theirs instanceof String other && relation.test(text.compareTo(other));
    }

    /** Numbers as decimals; in loose comparison also what counts as a number. */
    private @Nullable Object form(@Nullable Object value) {
        if (value instanceof Integer number) {
            return new BigDecimal(number);
        }
        if (!loose) {
            return value;
        }
        if (value instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof String text) {
            return text.equals("true") ? BigDecimal.ONE : text.equals("false") ? BigDecimal.ZERO
                    : text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?") ? new BigDecimal(text) : text;
        }
        return value;
    }

    private static String type(@Nullable Object value) {
        return value == MISSING ? "missing" : value == null ? "null" : value instanceof Boolean ? "boolean"
                : value instanceof Integer ? "number" : value instanceof String ? "string"
                : value instanceof List ? "array" : "object";
    }

    private static int size(@Nullable Object value) {
        return value instanceof List<?> list ? list.size() : value instanceof Map<?, ?> map ? map.size()
                : value instanceof String text ? text.codePointCount(0, text.length()) : -1;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
