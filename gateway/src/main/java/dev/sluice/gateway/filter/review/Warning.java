package dev.sluice.gateway.filter.review;

/**
 * Something about a route's filter that is legal but hardly meant.
 *
 * @param route index of the route
 * @param kind what it is
 * @param message the same for people
 */
public record Warning(int route, Kind kind, String message) {

    /** What can be odd about a filter. */
    public enum Kind {
        /** No event can match. */
        NEVER_MATCHES,
        /** Every event matches, though a filter was written. */
        ALWAYS_MATCHES,
        /** Another route matches whatever this one matches. */
        SHADOWED,
        /** It probably means something else than its author thinks. */
        AMBIGUOUS
    }
}
