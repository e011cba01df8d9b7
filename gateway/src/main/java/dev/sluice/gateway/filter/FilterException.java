package dev.sluice.gateway.filter;

/**
 * A filter cannot be used as it is written. Expected where people type, so it carries no stack trace; both parts are
 * fit for the caller's eyes.
 */
public final class FilterException extends Exception {
    private final String path;
    private final String reason;

    /** Refuses what is at a path of the filter, written like {@code $.total.$gte}, for a reason. */
    public FilterException(String path, String reason) {
        super(path + ": " + reason, null, false, false);
        this.path = path;
        this.reason = reason;
    }

    /** Where in the filter, from {@code $}, its root. */
    public String path() {
        return path;
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }
}
