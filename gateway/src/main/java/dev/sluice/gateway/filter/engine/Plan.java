package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Scope;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What all routes of a webhook compile into. Immutable. */
public final class Plan {

    /** Gives parts of a request. */
    @FunctionalInterface
    public interface Parts {
        /** The value of a part, or null. */
        @Nullable String get(Scope scope, String name);
    }

    /** A part of the request that some filter looks at, and its node. */
    record Part(Scope scope, String name, int node) {}

    final PathNode[] nodes;
    final PathNode body;
    final int request;
    final List<Part> parts;
    /** By route; null lets every event through. */
    final @Nullable Check[] checks;
    /** Routes that no value leads to, because they hold for what is missing or different. */
    final int[] unindexed;
    /** Routes without a filter. */
    final int[] open;

    Plan(PathNode[] nodes, PathNode body, int request, List<Part> parts, @Nullable Check[] checks, int[] unindexed, int[] open) {
        this.nodes = nodes;
        this.body = body;
        this.request = request;
        this.parts = parts;
        this.checks = checks;
        this.unindexed = unindexed;
        this.open = open;
    }
}
