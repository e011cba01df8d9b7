package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.explain.Explanation.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What became of one route, in short.
 *
 * @param route index of the route
 * @param matched whether it matched
 * @param because the first condition that was not as the route wants it; null when it matched, or when each condition
 *     by itself was but no single array element satisfied them together
 */
public record RouteOutcome(int route, boolean matched, @Nullable Finding because) {}
