package dev.sluice.executor.sandbox.protocol;

/** What becomes of a JavaScript context after an execution. */
public enum ContextMode {
    /** Kept for the next execution of the same customer and workflow version; module variables may survive. */
    WARM,
    /** Thrown away. */
    FRESH
}
