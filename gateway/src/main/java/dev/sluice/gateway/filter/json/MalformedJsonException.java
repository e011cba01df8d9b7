package dev.sluice.gateway.filter.json;

/** A text is not JSON. Expected where people type, so it carries no stack trace. */
public final class MalformedJsonException extends Exception {
    private final int position;

    /** Refuses a text for a reason at a byte position. */
    public MalformedJsonException(String reason, int position) {
        super(reason, null, false, false);
        this.position = position;
    }

    /** Byte offset from the start of the text. */
    public int position() {
        return position;
    }
}
