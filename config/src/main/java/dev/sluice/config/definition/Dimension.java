package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a limit counts, and over which calendar window. The order of the constants is the order of presentation. */
public enum Dimension {
    EVENTS_PER_DAY(Window.DAY),
    EVENTS_PER_MINUTE(Window.MINUTE),
    API_CALLS_PER_DAY(Window.DAY),
    API_CALLS_PER_MINUTE(Window.MINUTE);

    /** The calendar unit after which a count starts again at zero. */
    public enum Window {
        /** A minute of the clock, the same in every time zone in use. */
        MINUTE,
        /** A day of the organization's time zone: 23 or 25 hours long when its clocks change. */
        DAY
    }

    private static final Map<String, Dimension> BY_KEY = new HashMap<>();

    static {
        for (Dimension dimension : values()) {
            BY_KEY.put(dimension.key, dimension);
        }
    }

    private final String key = name().toLowerCase(Locale.ROOT);
    private final Window window;

    Dimension(Window window) {
        this.window = window;
    }

    /** The name used in JSON, responses and storage, such as {@code events_per_day}. */
    public String key() {
        return key;
    }

    public Window window() {
        return window;
    }

    /** The dimension of that {@link #key()}, or null when there is none. */
    public static @Nullable Dimension ofKey(String key) {
        return BY_KEY.get(key);
    }
}
