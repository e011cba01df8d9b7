package dev.sluice.config.definition;

import java.time.Duration;
import java.util.Locale;

/** How long a workflow may run, and whether the caller waits for its result. */
public enum Tier {
    /** The caller gets the result inline. */
    INSTANT(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)),
    /** Runs in the background. */
    STANDARD(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofMinutes(1)),
    /** Runs in the background, for large data volumes. */
    LONG(Duration.ofSeconds(30), Duration.ofHours(6), Duration.ofHours(1));

    private final Duration minimum;
    private final Duration maximum;
    private final Duration standard;

    Tier(Duration minimum, Duration maximum, Duration standard) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.standard = standard;
    }

    /** The shortest timeout a workflow of this tier may have. */
    public Duration minimum() {
        return minimum;
    }

    /** The longest timeout a workflow of this tier may have. */
    public Duration maximum() {
        return maximum;
    }

    /** The timeout of a workflow that names none. */
    public Duration standard() {
        return standard;
    }

    /** The name in the API and the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
