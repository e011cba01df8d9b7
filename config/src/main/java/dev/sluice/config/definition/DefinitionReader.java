package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.config.postgres.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads organizations with all they have defined, each in one consistent transaction. */
final class DefinitionReader {
    private static final String ORGANIZATION = """
            SELECT plan_id, plans.limits::text AS plan_limits, organizations.limits::text AS limits, time_zone
            FROM organizations JOIN plans ON plans.id = plan_id WHERE organization_id = $1""";
    private static final String CUSTOMERS =
            "SELECT id, slug, status, limits::text AS limits FROM customers WHERE organization_id = $1";
    private static final String WORKFLOWS = """
            SELECT id, slug, version, definition::text AS definition
            FROM workflows JOIN workflow_versions ON workflow_id = id AND version = deployed_version
            WHERE workflows.organization_id = $1""";
    private static final String TRIGGERS = """
            SELECT id, customer_id, definition::text AS definition, auth_secret
            FROM triggers WHERE organization_id = $1""";
    private static final String API_KEYS = "SELECT id, mode, sha256 FROM api_keys WHERE organization_id = $1";

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionReader.class);

    private final Postgres postgres;

    DefinitionReader(Postgres postgres) {
        this.postgres = postgres;
    }

    /** The ids of all organizations. */
    Future<List<UUID>> organizations() {
        return postgres.snapshot().query("SELECT organization_id FROM organizations").execute().map(rows -> {
            List<UUID> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.getUUID(0)));
            return ids;
        });
    }

    /** One organization, or null if it is gone. */
    Future<@Nullable Organization> organization(UUID id) {
        return postgres.snapshot().withTransaction(connection -> {
            Future<RowSet<Row>> isolation =
                    connection.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").execute();
            Future<RowSet<Row>> organization = query(connection, ORGANIZATION, id);
            Future<RowSet<Row>> customers = query(connection, CUSTOMERS, id);
            Future<RowSet<Row>> workflows = query(connection, WORKFLOWS, id);
            Future<RowSet<Row>> triggers = query(connection, TRIGGERS, id);
            Future<RowSet<Row>> apiKeys = query(connection, API_KEYS, id);
            return Future.all(List.of(isolation, organization, customers, workflows, triggers, apiKeys))
                    .map(all -> organization.result().size() == 0
                            ? null
                            : assemble(id, organization.result().iterator().next(), customers.result(),
                                    workflows.result(), triggers.result(), apiKeys.result()));
        });
    }

    private static Future<RowSet<Row>> query(SqlConnection connection, String sql, UUID id) {
        return connection.preparedQuery(sql).execute(Tuple.of(id));
    }

    private static Organization assemble(UUID id, Row row, RowSet<Row> customerRows, RowSet<Row> workflowRows,
            RowSet<Row> triggerRows, RowSet<Row> keyRows) {
        Limits plan = Limits.fromJson(ExactJson.object(row.getString("plan_limits")));
        Limits own = Limits.fromJson(ExactJson.object(row.getString("limits")));
        Map<UUID, Customer> customers = new HashMap<>();
        Map<String, Customer> customersBySlug = new HashMap<>();
        for (Row customer : customerRows) {
            Customer read = customer(id, customer, plan);
            customers.put(read.id(), read);
            customersBySlug.put(read.slug(), read);
        }
        Map<String, WorkflowVersion> workflows = new HashMap<>();
        for (Row workflow : workflowRows) {
            workflows.put(workflow.getString("slug"),
                    WorkflowDraft.stored(ExactJson.object(workflow.getString("definition"))).version(
                            workflow.getUUID("id"), workflow.getString("slug"), workflow.getInteger("version")));
        }
        Map<UUID, Trigger> triggers = new HashMap<>();
        for (Row trigger : triggerRows) {
            try {
                triggers.put(trigger.getUUID("id"), trigger(id, trigger));
            } catch (InvalidFieldException e) {
                // One trigger that cannot be read must not take the others down.
                LOG.error("webhook {} of organization {} cannot be read and answers 404: {}", trigger.getUUID("id"), id, e.getMessage());
            }
        }
        Map<Sha256, ApiKey> keys = new HashMap<>();
        for (Row key : keyRows) {
            keys.put(new Sha256(key.getBuffer("sha256").getBytes()), new ApiKey(
                    key.getUUID("id"), id, key.getString("mode").equals("live") ? ApiKey.Mode.LIVE : ApiKey.Mode.TEST));
        }
        return new Organization(id, row.getString("plan_id"), ZoneId.of(row.getString("time_zone")), plan, own,
                customers, customersBySlug, workflows, triggers, keys);
    }

    private static Customer customer(UUID organizationId, Row row, Limits plan) {
        Limits override = Limits.fromJson(ExactJson.object(row.getString("limits")));
        return new Customer(row.getUUID("id"), organizationId, row.getString("slug"),
                row.getString("status").equals("active"), plan.overriddenBy(override));
    }

    private static Trigger trigger(UUID organizationId, Row row) {
        byte @Nullable [] secret =
                row.getBuffer("auth_secret") == null ? null : row.getBuffer("auth_secret").getBytes();
        return TriggerDraft.read(new Fields(ExactJson.object(row.getString("definition"))))
                .trigger(row.getUUID("id"), organizationId, row.getUUID("customer_id"), secret);
    }
}
