package dev.sluice.executor.dispatcher.state;

import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.sandbox.HostServices;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves {@code fastn.state}. Every call runs in a transaction bound to the tenant of the execution that asks. */
public final class WorkflowState implements HostServices {
    /** As JavaScript counts, in UTF-16 units; that many take at most 1,536 bytes of the table's index. */
    private static final int MAX_KEY = 512;
    private static final Duration MAX_TTL = Duration.ofDays(36_500);
    /** Nobody is told when an execution is over, and none goes on for as long as this. */
    private static final Duration INVOCATION_TTL = Duration.ofDays(30);
    private static final UUID SHARED = new UUID(0, 0);
    private static final String GET = """
            SELECT value::text FROM workflow_state
            WHERE tenant_id = $1 AND scope = $2 AND scope_id = $3 AND key = $4
              AND (expires_at IS NULL OR expires_at > now())""";
    private static final String SET = """
            INSERT INTO workflow_state (tenant_id, scope, scope_id, key, organization_id, customer_id, value, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7::text::json, now() + $8::bigint * interval '1 millisecond')
            ON CONFLICT (tenant_id, scope, scope_id, key)
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at""";
    private static final String DELETE =
            "DELETE FROM workflow_state WHERE tenant_id = $1 AND scope = $2 AND scope_id = $3 AND key = $4";

    private final Postgres postgres;

    /** State in this database. */
    public WorkflowState(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public CompletionStage<HostReply> call(Invocation of, HostCall call) {
        String key = switch (call) {
            case HostCall.StateGet get -> get.key();
            case HostCall.StateSet set -> set.key();
            case HostCall.StateDelete delete -> delete.key();
        };
        if (key.isEmpty() || key.length() > MAX_KEY || !isStorable(key)) {
            HostReply refused = new HostReply.Refused("RangeError",
                    "a state key has 1 to %d characters, no NUL and no half of a surrogate pair".formatted(MAX_KEY));
            return Future.succeededFuture(refused).toCompletionStage();
        }
        UUID customerId = of.tenant().customer() == null ? null : of.tenant().customer().id();
        Tenant tenant = new Tenant(of.tenant().organizationId(), customerId);
        return tenant.transaction(postgres, connection -> serve(connection, tenant, of, call)).toCompletionStage();
    }

    /** Half a surrogate pair would be stored as a question mark, whichever half it was. */
    private static boolean isStorable(String key) {
        return key.codePoints().noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static Future<HostReply> serve(SqlConnection connection, Tenant tenant, Invocation of, HostCall call) {
        return switch (call) {
            case HostCall.StateGet(var scope, var key) -> connection.preparedQuery(GET)
                    .execute(address(tenant, of, scope, key))
                    .map(rows -> value(rows.size() == 0 ? null : rows.iterator().next().getString(0)));
            case HostCall.StateSet(var scope, var key, var json, var ttl) -> connection.preparedQuery(SET)
                    .execute(address(tenant, of, scope, key)
                            .addUUID(tenant.organizationId())
                            .addUUID(tenant.customerId())
                            .addString(json)
                            .addLong(millis(scope, ttl)))
                    .map(rows -> value(null));
            case HostCall.StateDelete(var scope, var key) -> connection.preparedQuery(DELETE)
                    .execute(address(tenant, of, scope, key))
                    .map(rows -> value(rows.rowCount() == 1 ? "true" : "false"));
        };
    }

    private static Tuple address(Tenant tenant, Invocation of, HostCall.StateScope scope, String key) {
        UUID tenantId = tenant.customerId() == null ? tenant.organizationId() : tenant.customerId();
        UUID scopeId = scope == HostCall.StateScope.ORG ? SHARED : of.executionId();
        return Tuple.of(tenantId, scope.name(), scopeId, key);
    }

    private static @Nullable Long millis(HostCall.StateScope scope, @Nullable Duration ttl) {
        Duration longest = scope == HostCall.StateScope.INVOCATION ? INVOCATION_TTL : MAX_TTL;
        if (ttl == null) {
            return scope == HostCall.StateScope.INVOCATION ? longest.toMillis() : null;
        }
        return (ttl.compareTo(longest) > 0 ? longest : ttl).toMillis();
    }

    private static HostReply value(@Nullable String json) {
        return new HostReply.Value(json);
    }
}
