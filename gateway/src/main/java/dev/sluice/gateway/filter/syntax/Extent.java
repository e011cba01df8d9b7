package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Counts the values of a filter before it is read: what they are turned into takes many times the room of their text. */
final class Extent {
    private static final int MAX_VALUES = 10_000;

    private int values;

    private Extent() {}

    static int of(@Nullable Object tree) throws FilterException {
        Extent extent = new Extent();
        extent.count(tree, 0);
        return extent.values;
    }

    private void count(@Nullable Object value, int depth) throws FilterException {
        if (++values > MAX_VALUES) {
            throw new FilterException("$", "has more than " + MAX_VALUES + " values; split it into routes");
        }
        if (depth > Place.MAX_DEPTH) {
            return; // refused by the reader, with its place
        }
        Iterable<?> inside = value instanceof Map<?, ?> map ? map.values() : value instanceof Iterable<?> array ? array : null;
        if (inside != null) {
            for (Object child : inside) {
                count(child, depth + 1);
            }
        }
    }
}
