package dev.sluice.config.json;

/** A field is not what it should be; the caller must act. An expected outcome, so it carries no stack trace. */
public final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * Names a field and what is wrong with it.
     *
     * @param path where it is, such as {@code routes[0].filter}
     * @param reason what is wrong and what is allowed, fit to be shown to the caller
     */
    public InvalidFieldException(String path, String reason) {
        super(path + ": " + reason, null, false, false);
        this.path = path;
        this.reason = reason;
    }

    /** Where the field is. */
    public String path() {
        return path;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}
