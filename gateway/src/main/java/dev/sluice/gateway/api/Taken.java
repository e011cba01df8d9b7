package dev.sluice.gateway.api;

import dev.sluice.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** A name or an id that another thing has already. */
final class Taken {
    private static final String UNIQUE_VIOLATION = "23505";

    private Taken() {}

    /** Waits for a write; if what it names is taken, says which field and which name that is. */
    static <T extends @Nullable Object> T await(Future<T> writing, String field, String name) {
        try {
            return writing.await();
        } catch (PgException refused) {
            if (isTaken(refused)) {
                throw new Problem(409, "the %s '%s' is taken; choose another".formatted(field, name),
                        Map.of("field", field, "reason", "is taken")).asException();
            }
            throw refused;
        }
    }

    static boolean isTaken(PgException refused) {
        return UNIQUE_VIOLATION.equals(refused.getSqlState());
    }
}
