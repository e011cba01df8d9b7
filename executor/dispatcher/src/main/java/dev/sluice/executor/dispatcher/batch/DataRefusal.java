package dev.sluice.executor.dispatcher.batch;

import io.vertx.pgclient.PgException;

import java.util.Set;

/** Tells a write that the database refuses for what is written from one that it cannot do now. */
public final class DataRefusal {
    /**
     * Classes of SQLSTATE that say nothing of the data: connection, authorization, schema, rollback, overload, shutdown,
     * and faults of the server itself.
     */
    private static final Set<String> ABOUT_THE_DATABASE = Set.of(
            "08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "F0", "XX");

    private DataRefusal() {}

    /** Whether the same data would be refused again: a value out of range, a constraint, JSON too deep, and the like. */
    public static boolean isAboutContent(Throwable failure) {
        return failure instanceof PgException refused
                && refused.getSqlState() != null
                && refused.getSqlState().length() == 5
                && !ABOUT_THE_DATABASE.contains(refused.getSqlState().substring(0, 2));
    }

    /** What may be logged of a failure: the data that PostgreSQL quotes belongs to a tenant. */
    public static String inWords(Throwable failure) {
        return failure instanceof PgException refused
                ? "%s (SQLSTATE %s)".formatted(refused.getErrorMessage(), refused.getSqlState())
                : String.valueOf(failure.getMessage());
    }
}
