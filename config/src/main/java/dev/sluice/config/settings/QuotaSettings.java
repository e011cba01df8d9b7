package dev.sluice.config.settings;

/**
 * Quota enforcement.
 *
 * @param onRedisFailure what happens while Redis cannot be reached
 */
public record QuotaSettings(OnRedisFailure onRedisFailure) {
    /** What happens to requests while Redis cannot be reached. */
    public enum OnRedisFailure {
        /** This node counts for itself. */
        LOCAL,
        /** Everything is admitted. */
        OPEN,
        /** Everything is refused. */
        CLOSED
    }
}
