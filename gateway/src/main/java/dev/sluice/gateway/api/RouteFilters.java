package dev.sluice.gateway.api;

import dev.sluice.config.definition.Route;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.gateway.filter.Filter;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.review.Lint;
import dev.sluice.gateway.filter.review.Warning;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The filters of routes at the moment they are saved or tried. */
final class RouteFilters {
    /** Lint compares routes with each other; beyond this many it would take longer than a save should. */
    private static final int MAX_LINTED = 1000;

    /** What the filters of one trigger may weigh together, see {@link Filter#weight}: 25,000 of 20 are within it. */
    private static final long MAX_WEIGHT = 500_000;

    private RouteFilters() {}

    /** The filters in the routes' order, null where there is none; says which filter is wrong, where and why. */
    static List<@Nullable Filter> parse(List<Route> routes) {
        return parse(routes, MAX_WEIGHT);
    }

    private static List<@Nullable Filter> parse(List<Route> routes, long mostWeight) {
        List<@Nullable Filter> filters = new ArrayList<>();
        long weight = 0;
        for (int i = 0; i < routes.size(); i++) {
            String text = routes.get(i).filter();
            Filter filter = text == null ? null : parse(i, text);
            filters.add(filter);
            weight += filter == null ? 0 : filter.weight();
            if (weight > mostWeight) {
                throw new InvalidFieldException("routes", ("the filters up to route %d weigh %d together, of values and cost; "
                        + "at most %d are allowed for one trigger").formatted(i, weight, mostWeight));
            }
        }
        return filters;
    }

    /** What the filters weigh together. */
    static long weight(List<@Nullable Filter> filters) {
        return filters.stream().mapToLong(filter -> filter == null ? 0 : filter.weight()).sum();
    }

    private static Filter parse(int route, String text) {
        String field = "routes[%d].filter".formatted(route);
        try {
            return Filter.parse(text);
        } catch (FilterException e) {
            throw new InvalidFieldException(field + " at " + e.path(), e.reason());
        }
    }

    /** What is probably not meant: filters that never or always match, that another makes pointless, or that mislead. */
    static JsonArray warnings(List<Route> routes) {
        JsonArray warnings = new JsonArray();
        if (routes.size() > MAX_LINTED) {
            return warnings;
        }
        List<@Nullable Condition> conditions = new ArrayList<>();
        List<@Nullable Filter> filters = parse(routes, Long.MAX_VALUE);
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            conditions.add(filter == null ? null : filter.condition());
            for (String remark : filter == null ? List.<String>of() : filter.remarks()) {
                warnings.add(json(new Warning(i, Warning.Kind.AMBIGUOUS, remark)));
            }
        }
        Lint.check(conditions).forEach(warning -> warnings.add(json(warning)));
        return warnings;
    }

    private static JsonObject json(Warning warning) {
        return new JsonObject()
                .put("route", warning.route())
                .put("kind", warning.kind().name().toLowerCase(Locale.ROOT))
                .put("message", warning.message());
    }
}
