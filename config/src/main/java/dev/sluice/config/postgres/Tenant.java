package dev.sluice.config.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Function;

/**
 * One organization, or one of its customers, as the database sees it: row-level security lets a transaction made here
 * read and write the rows of that tenant and no other.
 */
public record Tenant(UUID organizationId, @Nullable UUID customerId) {
    private static final String BIND =
            "SELECT set_config('sluice.organization_id', $1, true), set_config('sluice.customer_id', $2, true)";

    /** The organization with all its customers. */
    public static Tenant of(UUID organizationId) {
        return new Tenant(organizationId, null);
    }

    /** Runs the work in one transaction bound to this tenant; a failed future rolls back. */
    @SuppressWarnings("NullAway") // the client declares every result nullable; here the work decides
    public <T extends @Nullable Object> Future<T> transaction(Postgres postgres, Function<SqlConnection, Future<T>> work) {
        Tuple ids = Tuple.of(organizationId.toString(), customerId == null ? "" : customerId.toString());
        return postgres.app().withTransaction(connection ->
                connection.preparedQuery(BIND).execute(ids).compose(bound -> work.apply(connection)));
    }
}
