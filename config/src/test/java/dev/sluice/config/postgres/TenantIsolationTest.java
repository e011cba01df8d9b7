package dev.sluice.config.postgres;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.testing.TestServers;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tenants are kept apart by the database itself. */
@SuppressWarnings("NullAway.Init") // opened before all tests
class TenantIsolationTest {
    private static final Uuid7 IDS = new Uuid7();
    private static String uri = "";
    private static Vertx vertx = Vertx.vertx();
    private static Postgres postgres;

    @BeforeAll
    static void open() throws Exception {
        uri = TestServers.freshDatabase();
        Migrations.migrate(uri);
        postgres = new Postgres(vertx, uri, 2, 2);
    }

    @AfterAll
    static void close() {
        postgres.close();
        vertx.close().await();
    }

    @Test
    void everyTenantTableHasForcedRowSecurityAndAPolicy() throws Exception {
        List<String> open = query("""
                SELECT c.relname FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('organization_id', 'customer_id', 'tenant_id')
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)""");
        List<String> unprotected = query("""
                SELECT c.relname FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
                  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                                  AND 'sluice_app'::regrole = ANY (p.polroles))""");
        List<String> tenantTables = query("""
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace""");

        assertThat(open).as("tenant tables without forced row-level security").isEmpty();
        assertThat(unprotected).as("tenant tables without a policy").isEmpty();
        assertThat(tenantTables).contains("event_pages", "backlog", "queue", "executions", "dead_letters", "workflow_state");
    }

    @Test
    void noRoleOfThePoolsMayBypassRowSecurityOrOwnsATable() throws Exception {
        assertThat(query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'sluice\\_%' AND (rolbypassrls OR rolsuper OR rolcanlogin)"))
                .isEmpty();
        assertThat(query("SELECT tablename FROM pg_tables WHERE tableowner LIKE 'sluice\\_%'")).isEmpty();
    }

    @Test
    void partitionsCannotBeReadPastTheirParent() throws Exception {
        assertThat(query("""
                SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'
                  AND has_table_privilege('sluice_app', c.oid, 'SELECT')""")).isEmpty();
    }

    @Test
    void aTransactionSeesItsOwnTenantAndNothingElse() {
        UUID one = organization("one");
        UUID two = organization("two");
        UUID customer = customer(one, "a");
        customer(one, "b");
        customer(two, "c");

        assertThat(slugs(Tenant.of(one))).containsExactlyInAnyOrder("a", "b");
        assertThat(slugs(Tenant.of(two))).containsExactly("c");
        assertThat(slugs(Tenant.of(IDS.next()))).isEmpty();
        // A connection that served a tenant has forgotten it.
        assertThat(postgres.app().query("SELECT FROM customers").execute().await().size()).isZero();
        assertThat(customer).isNotNull();
    }

    @Test
    void aTenantCannotWriteForAnother() {
        UUID one = organization("writer");
        UUID two = organization("victim");

        assertThatThrownBy(() -> Tenant.of(one).transaction(postgres, connection -> connection
                        .preparedQuery("INSERT INTO customers (id, organization_id, slug, name) VALUES ($1, $2, 'x', 'x')")
                        .execute(Tuple.of(IDS.next(), two)))
                .await())
                .isInstanceOfSatisfying(PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
    }

    @Test
    void thePipelineCannotReadDefinitions() {
        assertThatThrownBy(() -> postgres.pipeline().query("SELECT FROM triggers").execute().await())
                .isInstanceOfSatisfying(PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
    }

    @Test
    void aWebhookIdStaysWithItsOrganizationWhichAloneSeesIt() {
        UUID one = organization("keeper");
        UUID two = organization("taker");
        UUID id = IDS.next();
        trigger(one, id);
        delete(one, id);

        assertThatThrownBy(() -> trigger(two, id)).isInstanceOfSatisfying(PgException.class, refused -> {
            assertThat(refused.getSqlState()).isEqualTo("23505");
            assertThat(refused.getConstraint()).isEqualTo("triggers_pkey");
            assertThat(refused.getDetail()).as("what another organization is told").isNull();
        });
        assertThat(webhookIds(two)).isEmpty();
        assertThat(webhookIds(one)).containsExactly(id);
        trigger(one, id);
        assertThatThrownBy(() -> Tenant.of(one).transaction(postgres, connection ->
                connection.query("DELETE FROM webhook_ids").execute()).await())
                .isInstanceOfSatisfying(PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
    }

    @Test
    void deduplicationKeysGoWithTheirTriggerAndDoNotComeBackWithIt() {
        UUID one = organization("forgetful");
        UUID id = IDS.next();
        trigger(one, id);
        key(one, id);
        delete(one, id);
        assertThat(keys(id)).isZero();
        key(one, id); // of an event that was under way
        trigger(one, id);
        assertThat(keys(id)).isZero();
    }

    private static void trigger(UUID organization, UUID id) {
        Tenant.of(organization).transaction(postgres, connection -> connection
                .preparedQuery("INSERT INTO triggers (id, organization_id, type, name, definition) VALUES ($1, $2, 'webhook', 't', '{}')")
                .execute(Tuple.of(id, organization))).await();
    }

    private static void delete(UUID organization, UUID id) {
        assertThat(Tenant.of(organization).transaction(postgres, connection -> connection
                .preparedQuery("DELETE FROM triggers WHERE id = $1").execute(Tuple.of(id))).await().rowCount()).isEqualTo(1);
    }

    private static List<UUID> webhookIds(UUID organization) {
        return Tenant.of(organization).transaction(postgres, connection -> connection.query("SELECT id FROM webhook_ids").execute())
                .map(rows -> {
                    List<UUID> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getUUID(0)));
                    return found;
                }).await();
    }

    private static void key(UUID organization, UUID trigger) {
        postgres.pipeline().preparedQuery("""
                INSERT INTO deduplication (trigger_id, key, organization_id, event_id, expires_at)
                VALUES ($1, sha256('k'), $2, $1, now() + interval '1 day')""").execute(Tuple.of(trigger, organization)).await();
    }

    private static int keys(UUID trigger) {
        return postgres.pipeline().preparedQuery("SELECT FROM deduplication WHERE trigger_id = $1")
                .execute(Tuple.of(trigger)).await().size();
    }

    private static UUID organization(String slug) {
        UUID id = IDS.next();
        Tenant.of(id).transaction(postgres, connection -> connection
                .preparedQuery("INSERT INTO organizations (organization_id, slug, name, plan_id) VALUES ($1, $2, $2, 'free')")
                .execute(Tuple.of(id, slug))).await();
        return id;
    }

    private static UUID customer(UUID organization, String slug) {
        UUID id = IDS.next();
        Tenant.of(organization).transaction(postgres, connection -> connection
                .preparedQuery("INSERT INTO customers (id, organization_id, slug, name) VALUES ($1, $2, $3, $3)")
                .execute(Tuple.of(id, organization, slug))).await();
        return id;
    }

    private static List<String> slugs(Tenant tenant) {
        return tenant.transaction(postgres, connection -> connection.query("SELECT slug FROM customers").execute())
                .map(rows -> {
                    List<String> slugs = new ArrayList<>();
                    rows.forEach(row -> slugs.add(row.getString(0)));
                    return slugs;
                }).await();
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestServers.connect(uri);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
