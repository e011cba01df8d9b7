package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension;
import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/** The counts of one customer, or of the organization itself. Not thread-safe. */
public final class Account {
    private final EnumMap<Dimension, Cell> cells = new EnumMap<>(Dimension.class);
    private final String key;

    Account(String key) {
        this.key = key;
    }

    /** The name of the account among those of its organization. */
    public String key() {
        return key;
    }

    Cell cell(Dimension dimension) {
        return cells.computeIfAbsent(dimension, absent -> new Cell());
    }

    @Nullable Cell existing(Dimension dimension) {
        return cells.get(dimension);
    }

    /** The counts kept so far; the map is the account's own. */
    public Map<Dimension, Cell> cells() {
        return cells;
    }

    /** Whether every count belongs to a window that is over and has nothing left to report. */
    boolean isOver(DayWindows windows, long epochSecond) {
        for (Map.Entry<Dimension, Cell> entry : cells.entrySet()) {
            Cell cell = entry.getValue();
            if (cell.unreported() != 0
                    || cell.window() >= windows.windowAt(entry.getKey().window(), epochSecond)) {
                return false;
            }
        }
        return true;
    }
}
