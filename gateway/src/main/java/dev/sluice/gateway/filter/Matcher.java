package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.ValuePath;
import dev.sluice.gateway.filter.engine.Plan;
import dev.sluice.gateway.filter.engine.PlanCompiler;
import dev.sluice.gateway.filter.explain.Explanation;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** All routes of a webhook compiled into one. Immutable and safe for use by many threads. */
public final class Matcher {
    private final List<@Nullable Filter> filters;
    private final Limits limits;
    private final Plan plan;

    private Matcher(List<@Nullable Filter> filters, Limits limits, @Nullable ValuePath key) {
        this.filters = filters;
        this.limits = limits;
        List<@Nullable Condition> conditions = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            conditions.add(filter == null ? null : filter.condition());
        }
        this.plan = PlanCompiler.compile(conditions, key);
    }

    /** Compiles the filters of routes, in their order; null lets every event through. */
    public static Matcher compile(List<? extends @Nullable Filter> routes) {
        return compile(routes, Limits.DEFAULT);
    }

    /** Compiles with other limits on bodies. */
    public static Matcher compile(List<? extends @Nullable Filter> routes, Limits limits) {
        return new Matcher(new ArrayList<@Nullable Filter>(routes), limits, null);
    }

    /** Compiles filters and the path of a value that tells events apart, see {@link #key}; null for none. */
    public static Matcher compile(List<? extends @Nullable Filter> routes, @Nullable ValuePath key) {
        return new Matcher(new ArrayList<@Nullable Filter>(routes), Limits.DEFAULT, key);
    }

    /** Number of routes. */
    public int routes() {
        return filters.size();
    }

    /** The filter of a route, null when it lets everything through. */
    public @Nullable Filter filter(int route) {
        return filters.get(route);
    }

    /** Matches a body that fills its array. */
    public void match(byte[] body, RequestScope request, Match into) {
        match(body, 0, body.length, request, into);
    }

    /**
     * Matches one event and leaves the result in {@code into}. The whole body is validated, whatever the filters say.
     *
     * <p>The array must not change until the result and its explanations have been read.
     */
    public void match(byte[] body, int offset, int length, RequestScope request, Match into) {
        Objects.checkFromIndexSize(offset, length, body.length);
        into.workspace.match(plan, body, offset, length, limits.maxBytes(), limits.maxDepth(), parts(request));
    }

    /**
     * The SHA-256 of the event's key, which is the value at the key's path: equal for equal values, however they are written,
     * and of the last one where a member occurs twice. Null for an event without it, and for one whose value is null, empty
     * or blank. Asked of the event just matched.
     */
    public byte @Nullable [] key(Match match) {
        return match.workspace.key(plan);
    }

    /**
     * Why a route did or did not match an event. For questions that people ask: it compiles the route anew.
     *
     * @return null when the body is not acceptable JSON
     */
    public @Nullable Explanation explain(int route, byte[] body, int offset, int length, RequestScope request) {
        Matcher alone = new Matcher(Collections.singletonList(filters.get(route)), limits, null);
        Match match = new Match();
        alone.match(body, offset, length, request, match);
        return match.valid() ? match.workspace.explain(alone.plan, 0) : null;
    }

    /**
     * The outcome of the event just matched, for its receipt: for each of the first {@value Plan#BRIEFLY_EXPLAINED}
     * routes that it matched, or the first condition that was not as the route wants it. Cheap enough for every event.
     */
    public List<RouteOutcome> outcomes(Match match) {
        List<RouteOutcome> outcomes = new ArrayList<>();
        for (int route = 0; match.valid() && route < Math.min(filters.size(), Plan.BRIEFLY_EXPLAINED); route++) {
            boolean matched = match.workspace.matched(route);
            outcomes.add(new RouteOutcome(route, matched, matched ? null : match.workspace.obstacle(plan, route)));
        }
        return outcomes;
    }

    private static Plan.Parts parts(RequestScope request) {
        return (scope, name) -> switch (scope) {
            case HEADERS -> request.header(name);
            case QUERY -> request.query(name);
            case PATH -> request.path();
            case METHOD -> request.method();
            case IP -> request.ip();
            case CUSTOMER -> request.customer();
        };
    }
}
