package dev.sluice.config.settings;

/**
 * The process log.
 *
 * @param level least severe level that is logged
 */
public record LogSettings(Level level) {
    /** Severity of a message. */
    public enum Level {
        /** Something failed and needs a person. */
        ERROR,
        /** Something is wrong and was dealt with. */
        WARN,
        /** What the node is doing. */
        INFO,
        /** How it is doing it. */
        DEBUG,
        /** Every step. */
        TRACE
    }
}
