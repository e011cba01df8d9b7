package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.json.JsonReader;
import dev.sluice.gateway.filter.json.MalformedJsonException;
import dev.sluice.gateway.filter.review.Cost;
import dev.sluice.gateway.filter.syntax.FilterReader;
import org.jspecify.annotations.Nullable;

/**
 * A route's filter, parsed and found correct.
 *
 * @param condition what the body must satisfy
 */
public record Filter(Condition condition) {

    /**
     * Parses a filter from its JSON text; the dialect is told from its shape.
     *
     * @throws FilterException with the place and the reason when it is not a correct filter
     */
    public static Filter parse(String json) throws FilterException {
        try {
            return of(JsonReader.read(json));
        } catch (MalformedJsonException e) {
            throw new FilterException("$", "not JSON: " + e.getMessage() + " at byte " + e.position());
        }
    }

    /**
     * Takes a filter from a tree of {@code Map}s with string keys, {@code Iterable}s, {@code CharSequence}s,
     * {@code Number}s, {@code Boolean}s and nulls, as JSON libraries make them.
     *
     * @throws FilterException with the place and the reason when it is not a correct filter
     */
    public static Filter of(@Nullable Object tree) throws FilterException {
        Filter filter = new Filter(FilterReader.read(tree));
        if (filter.cost() > Cost.BUDGET) {
            throw new FilterException("$", "costs up to " + filter.cost() + " units an event; at most " + Cost.BUDGET + " are allowed");
        }
        return filter;
    }

    /** The most that checking it against one event can cost, in units of {@link Cost}. */
    public int cost() {
        return Cost.of(condition);
    }
}
