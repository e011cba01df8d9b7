package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.json.JsonReader;
import dev.sluice.gateway.filter.json.MalformedJsonException;
import dev.sluice.gateway.filter.review.Cost;
import dev.sluice.gateway.filter.syntax.FilterReader;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A route's filter, parsed and found correct.
 *
 * @param condition what the body must satisfy
 * @param remarks what is correct but probably means something else than its author thinks, each with its place
 * @param values number of values in its JSON, objects and arrays included
 */
public record Filter(Condition condition, List<String> remarks, int values) {
    /** The longest JSON text of a filter, in characters. */
    public static final int MAX_LENGTH = 256 << 10;

    public Filter {
        remarks = List.copyOf(remarks);
    }

    /**
     * Parses a filter from its JSON text; the dialect is told from its shape.
     *
     * @throws FilterException with the place and the reason when it is not a correct filter
     */
    public static Filter parse(String json) throws FilterException {
        if (json.length() > MAX_LENGTH) {
            throw new FilterException("$", "is longer than " + MAX_LENGTH + " characters; split it into routes");
        }
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
        FilterReader.Reading reading = FilterReader.read(tree);
        Filter filter = new Filter(reading.condition(), reading.remarks(), reading.values());
        if (filter.cost() > Cost.BUDGET) {
            throw new FilterException("$", "costs up to " + filter.cost() + " units an event; at most " + Cost.BUDGET + " are allowed");
        }
        return filter;
    }

    /** What it takes of the room that the filters of a webhook share: for its values and for checking them. */
    public long weight() {
        return (long) values + cost();
    }

    /** The most that checking it against one event can cost, in units of {@link Cost}. */
    public int cost() {
        return Cost.of(condition);
    }
}
