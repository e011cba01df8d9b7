package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a request besides its body that filters can look at. Asked only for what some filter names, once for
 * each event.
 */
public interface RequestScope {
    /** A request without anything. */
    RequestScope NONE = new RequestScope() { };

    /** The first value of a header, whose name is given in lower case; null without it. */
    default @Nullable String header(String lowerCaseName) {
        return null;
    }

    /** The first value of a query parameter, decoded; null without it. */
    default @Nullable String query(String name) {
        return null;
    }

    /** The path below the webhook's own, starting with a slash. */
    default @Nullable String path() {
        return null;
    }

    /** The HTTP method in upper case. */
    default @Nullable String method() {
        return null;
    }

    /** The client's address in its text form. */
    default @Nullable String ip() {
        return null;
    }

    /** The slug of the customer that the event belongs to. */
    default @Nullable String customer() {
        return null;
    }
}
