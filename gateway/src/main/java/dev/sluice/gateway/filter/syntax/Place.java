package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a filter's tree together with where it is, so that every complaint can name the place.
 *
 * @param value a {@code Map}, {@code Iterable}, {@code CharSequence}, {@code Number}, {@link Decimal}, {@code Boolean} or null
 * @param path where, from {@code $}
 */
record Place(@Nullable Object value, String path, int depth) {
    private static final int MAX_DEPTH = 64;

    static Place root(@Nullable Object value) {
        return new Place(value, "$", 0);
    }

    FilterException refuse(String reason) {
        return new FilterException(path, reason);
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isArray() {
        return value instanceof Iterable;
    }

    boolean isText() {
        return value instanceof CharSequence;
    }

    boolean isNumber() {
        return value instanceof Number || value instanceof Decimal;
    }

    boolean isScalar() {
        return value == null || value instanceof Boolean || isText() || isNumber();
    }

    /** The members in their order, or a complaint that this is no object. */
    Map<String, Place> members() throws FilterException {
        if (!(value instanceof Map<?, ?> map)) {
            throw refuse("must be an object");
        }
        Map<String, Place> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            members.put(name, below(entry.getValue(), path + '.' + name));
        }
        return members;
    }

    /** The elements, or a complaint that this is no array. */
    List<Place> elements() throws FilterException {
        if (!(value instanceof Iterable<?> iterable)) {
            throw refuse("must be an array");
        }
        List<Place> elements = new ArrayList<>();
        for (Object element : iterable) {
            elements.add(below(element, path + '[' + elements.size() + ']'));
        }
        return elements;
    }

    private Place below(@Nullable Object child, String childPath) throws FilterException {
        if (depth == MAX_DEPTH) {
            throw refuse("nested too deeply: more than " + MAX_DEPTH + " levels");
        }
        return new Place(child, childPath, depth + 1);
    }

    /** The elements, of which there must be at least one. */
    List<Place> someElements() throws FilterException {
        List<Place> elements = elements();
        if (elements.isEmpty()) {
            throw refuse("must not be empty");
        }
        return elements;
    }

    /** The elements of an array, or the value itself as the only one. */
    List<Place> oneOrMore() throws FilterException {
        return isArray() ? someElements() : List.of(this);
    }

    String text() throws FilterException {
        if (!(value instanceof CharSequence text)) {
            throw refuse("must be a string");
        }
        return text.toString();
    }

    boolean bool() throws FilterException {
        if (!(value instanceof Boolean bool)) {
            throw refuse("must be true or false");
        }
        return bool;
    }

    Decimal number() throws FilterException {
        if (value instanceof Decimal decimal) {
            return decimal;
        }
        if ((value instanceof Double real && !Double.isFinite(real)) || (value instanceof Float single && !Float.isFinite(single))) {
            throw refuse("must be a finite number");
        }
        if (value instanceof Number number) {
            return Decimal.of(number.toString());
        }
        throw refuse("must be a number");
    }

    /** A whole number that fits an {@code int} and is not negative. */
    int count() throws FilterException {
        Decimal number = number();
        if (!number.isLong() || number.toLong() < 0 || number.toLong() > Integer.MAX_VALUE) {
            throw refuse("must be a whole number from 0 to " + Integer.MAX_VALUE);
        }
        return (int) number.toLong();
    }

    Literal literal() throws FilterException {
        if (value == null) {
            return Literal.NULL;
        }
        if (value instanceof Boolean bool) {
            return new Literal.Bool(bool);
        }
        if (isText()) {
            return new Literal.Text(text());
        }
        if (isNumber()) {
            return new Literal.Numeral(number());
        }
        throw refuse("must be a string, a number, true, false or null");
    }
}
