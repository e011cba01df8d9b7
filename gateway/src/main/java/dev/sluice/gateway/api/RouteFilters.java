package dev.sluice.gateway.api;

import dev.sluice.config.definition.Route;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.gateway.filter.Filter;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.review.Cost;
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

    private RouteFilters() {}

    /** The filters in the routes' order, null where there is none; says which filter is wrong, where and why. */
    static List<@Nullable Filter> parse(List<Route> routes) {
        List<@Nullable Filter> filters = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            String text = routes.get(i).filter();
            filters.add(text == null ? null : parse(i, text));
        }
        return filters;
    }

    private static Filter parse(int route, String text) {
        String field = "routes[%d].filter".formatted(route);
        try {
            Filter filter = Filter.parse(text);
            if (filter.cost() > Cost.BUDGET) {
                throw new InvalidFieldException(field, "costs %d to check, more than the budget of %d; split it into routes"
                        .formatted(filter.cost(), Cost.BUDGET));
            }
            return filter;
        } catch (FilterException e) {
            throw new InvalidFieldException(field + " at " + e.path(), e.reason());
        }
    }

    /** What is probably not meant: filters that never or always match, or that another makes pointless. */
    static JsonArray warnings(List<Route> routes) {
        JsonArray warnings = new JsonArray();
        if (routes.size() > MAX_LINTED) {
            return warnings;
        }
        List<@Nullable Condition> conditions = new ArrayList<>();
        for (Filter filter : parse(routes)) {
            conditions.add(filter == null ? null : filter.condition());
        }
        for (Warning warning : Lint.check(conditions)) {
            warnings.add(new JsonObject()
                    .put("route", warning.route())
                    .put("kind", warning.kind().name().toLowerCase(Locale.ROOT))
                    .put("message", warning.message()));
        }
        return warnings;
    }
}
