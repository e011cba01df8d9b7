package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Scope;
import dev.sluice.gateway.filter.explain.Statement;
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

    /** A test of a filter by itself, and the node of its value. */
    record StatementCheck(Statement statement, Check check, int node) {}

    /** Number of routes whose outcome is explained with every event. */
    public static final int BRIEFLY_EXPLAINED = 32;

    /** A part of the request that some filter looks at, and its node. */
    record Part(Scope scope, String name, int node) {}

    /** By number. */
    final PathNode[] nodes;
    final int body;
    final int request;
    final List<Part> parts;
    /** By node; null where nothing but strings is looked up. */
    final @Nullable ValueIndex[] indexes;
    final Looks strings;
    final KeyPostings postings;
    final RouteChecks checks;
    /** By route, for the first {@link #BRIEFLY_EXPLAINED}: its tests, each by itself. */
    final List<List<StatementCheck>> statements;
    /** Postings that every event has: of routes without a filter, and of those that hold for what is missing or different. */
    final int[] always;
    /** The way to the event's key, from the root of the body; empty when no key is wanted. */
    final List<KeyLevel> key;

    Plan(PathNode[] nodes, int body, int request, List<Part> parts, @Nullable ValueIndex[] indexes, Looks strings, KeyPostings postings,
            RouteChecks checks, List<List<StatementCheck>> statements, int[] always, List<KeyLevel> key) {
        this.nodes = nodes;
        this.body = body;
        this.request = request;
        this.parts = parts;
        this.indexes = indexes;
        this.strings = strings;
        this.postings = postings;
        this.checks = checks;
        this.statements = statements;
        this.always = always;
        this.key = key;
    }
}
