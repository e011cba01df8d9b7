package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.engine.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The result of matching one event, and the room that matching works in. Keep one for each thread and reuse it for
 * any matchers; after some events it has grown to its size and matching allocates nothing. Not thread-safe.
 */
public final class Match {
    final Workspace workspace = new Workspace();

    /** Whether the body was one JSON value within the limits. When it was not, no route has matched. */
    public boolean valid() {
        return workspace.fault() >= 0;
    }

    /** Where and why the body was refused, or null when it was not. */
    public @Nullable JsonError error() {
        return valid() ? null : new JsonError(workspace.faultOffset(), workspace.faultReason());
    }

    /** Number of routes that matched. */
    public int count() {
        return workspace.count();
    }

    /** Index of a route that matched, in ascending order for {@code i} from 0 to {@link #count}. */
    public int route(int i) {
        return workspace.route(i);
    }

    /** The indices of all routes that matched, ascending; a new array. */
    public int[] routes() {
        return workspace.routes();
    }
}
