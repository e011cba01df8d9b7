package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Enforcement;
import dev.sluice.config.definition.Limit;
import dev.sluice.quota.Count;
import dev.sluice.quota.Scope;

/** One limit that a request has to pass, with the count it is held against. */
public record Slot(Account account, Cell cell, Scope scope, Dimension dimension, Limit limit) {
    public boolean isHardBlock() {
        return limit.enforcement() == Enforcement.HARD_BLOCK;
    }

    /** How the limit stands when that much of the window is used. */
    public Count count(DayWindows windows, long window, long used) {
        return new Count(scope, dimension, limit, window, used, windows.seconds(dimension.window(), window),
                windows.end(dimension.window(), window));
    }
}
