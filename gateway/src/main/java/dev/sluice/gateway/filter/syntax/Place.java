package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a filter's tree together with where it is, so that every complaint can name the place.
 *
 * @param value a {@code Map}, {@code Iterable}, {@code CharSequence}, {@code Number}, {@link Decimal}, {@code Boolean} or null
 * @param above null for the root
 * @param step from the place above to this one, as a path has it
 * @param depth levels above it, the steps of dotted paths included
 * @param remarks what is said of the filter besides
 */
record Place(@Nullable Object value, @Nullable Place above, String step, int depth, List<String> remarks) {
    /** Most levels of a filter, the steps of dotted paths included. */
    static final int MAX_DEPTH = 64;

    private static final int MAX_REMARKS = 10;
    private static final int LONGEST_SHOWN = 200;

    static Place root(@Nullable Object value) {
        return new Place(value, null, "$", 0, new ArrayList<>());
    }

    /** Where, from {@code $}. Put together when it is asked for: names are long, and many places have them in common. */
    String path() {
        Deque<String> steps = new ArrayDeque<>();
        for (Place place = this; place != null; place = place.above) {
            steps.push(place.step);
        }
        return String.join("", steps);
    }

    FilterException refuse(String reason) {
        return new FilterException(path(), reason);
    }

    /** Notes that the value is legal but probably means something else than its author thinks. */
    void remark(String message) {
        if (remarks.size() < MAX_REMARKS) {
            String path = path();
            remarks.add((path.length() <= LONGEST_SHOWN ? path : path.substring(0, LONGEST_SHOWN) + '…') + ": " + message);
        }
    }

    /** This place, below some more names. */
    Place below(List<String> names) throws FilterException {
        return deeper(value, above, step, names.size() - 1);
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
            members.put(name, deeper(entry.getValue(), this, '.' + name, 1));
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
            elements.add(deeper(element, this, "[" + elements.size() + ']', 1));
        }
        return elements;
    }

    private Place deeper(@Nullable Object child, @Nullable Place from, String by, int levels) throws FilterException {
        if (depth + levels > MAX_DEPTH) {
            throw refuse("nested too deeply: more than " + MAX_DEPTH + " levels");
        }
        return new Place(child, from, by, depth + levels, remarks);
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
            Times.remarkLeapSecond(this, text());
            return new Literal.Text(text());
        }
        if (isNumber()) {
            return new Literal.Numeral(number());
        }
        throw refuse("must be a string, a number, true, false or null");
    }
}
