package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;

/** What is being asked for; each kind takes one from each of its dimensions. */
public enum Kind {
    EVENT(Dimension.EVENTS_PER_DAY, Dimension.EVENTS_PER_MINUTE),
    API_CALL(Dimension.API_CALLS_PER_DAY, Dimension.API_CALLS_PER_MINUTE);

    private final Dimension perDay;
    private final Dimension perMinute;

    Kind(Dimension perDay, Dimension perMinute) {
        this.perDay = perDay;
        this.perMinute = perMinute;
    }

    /** The kind that a dimension counts. */
    public static Kind of(Dimension dimension) {
        return switch (dimension) {
            case EVENTS_PER_DAY, EVENTS_PER_MINUTE -> EVENT;
            case API_CALLS_PER_DAY, API_CALLS_PER_MINUTE -> API_CALL;
        };
    }

    public Dimension perDay() {
        return perDay;
    }

    public Dimension perMinute() {
        return perMinute;
    }
}
