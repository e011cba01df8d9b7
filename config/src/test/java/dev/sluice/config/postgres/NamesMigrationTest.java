package dev.sluice.config.postgres;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.testing.TestServers;
import io.vertx.pgclient.PgConnectOptions;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names that were ids are names afterwards, and webhook ids that were used have their owner. */
class NamesMigrationTest {
    private static final Uuid7 IDS = new Uuid7();
    private final String uri = TestServers.freshDatabase();
    private final UUID organization = IDS.next();
    private final UUID other = IDS.next();
    private final UUID customer = IDS.next();
    private final UUID impostor = IDS.next();
    private final UUID webhook = IDS.next();
    private final UUID deleted = IDS.next();

    @BeforeEach
    void migrateWithWhatWasThereBefore() throws Exception {
        PgConnectOptions options = PgConnectOptions.fromUri(uri);
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource("jdbc:postgresql://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase()),
                        options.getUser(), options.getPassword())
                .locations("classpath:db/migration").target("4").load().migrate();
        for (UUID id : List.of(organization, other)) {
            execute("INSERT INTO organizations (organization_id, slug, name, plan_id) VALUES ('%s', 'o-%1$s', 'o', 'free')".formatted(id));
        }
        execute("INSERT INTO customers (id, organization_id, slug, name) VALUES ('%s', '%s', 'victim', 'v'), ('%s', '%2$s', '%1$s', 'i')"
                .formatted(customer, organization, impostor));
        execute("INSERT INTO workflows (id, organization_id, slug, name, draft) VALUES ('%s', '%s', '%s', 'w', '{}'), ('%3$s', '%2$s', 'w', 'w', '{}')"
                .formatted(IDS.next(), organization, customer));
        execute("""
                INSERT INTO triggers (id, organization_id, type, name, definition) VALUES ('%s', '%s', 'webhook', 't',
                    '{"routes": [{"workflow": "w"}, {"workflow": "%s", "filter": {"a": 1}}, {"workflow": "w", "filter": [1]}]}')"""
                .formatted(webhook, organization, customer));
        execute("""
                INSERT INTO deduplication (trigger_id, key, organization_id, event_id, expires_at)
                VALUES ('%s', sha256('a'), '%s', gen_random_uuid(), now() + interval '1 day'),
                       ('%s', sha256('a'), '%2$s', gen_random_uuid(), now() + interval '1 day')""".formatted(webhook, organization, deleted));
        UUID event = IDS.next();
        execute("""
                INSERT INTO event_pages (id, received_at, organization_id, trigger_id, triggered_by, ids, details, bodies)
                SELECT id, now(), o, t, 'webhook', ARRAY[id], ARRAY['{}'], ARRAY['\\x00'::bytea]
                FROM (VALUES ('%s'::uuid, '%s'::uuid, '%s'::uuid), ('%s', '%s', '%s')) v (id, o, t)"""
                .formatted(event, other, other, IDS.next(), organization, webhook));
        Migrations.migrate(uri);
    }

    @Test
    void aSlugThatWasAnIdHasSomethingBehindItInRoutesToo() throws Exception {
        assertThat(query("SELECT slug FROM customers WHERE id = '%s'".formatted(customer))).containsExactly("victim");
        assertThat(query("SELECT slug FROM customers WHERE id = '%s'".formatted(impostor))).singleElement().asString()
                .matches(customer + "-[0-9a-f]{8}");
        assertThat(query("""
                SELECT count(*) FROM triggers, jsonb_array_elements(definition -> 'routes') WITH ORDINALITY AS r (route, place)
                JOIN workflows ON slug = route ->> 'workflow'
                WHERE (place = 2) = (slug ~ '^[0-9a-f]{8}-') AND route -> 'filter' IS NOT DISTINCT FROM
                      (ARRAY[NULL, '{"a": 1}', '[1]'])[place]::jsonb""")).containsExactly("3");
        for (String table : List.of("customers", "workflows", "organizations")) {
            assertThatThrownBy(() -> execute("UPDATE %s SET slug = '%s'".formatted(table, IDS.next())))
                    .as(table).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
        }
    }

    @Test
    void everyWebhookIdThatWasUsedHasItsOwner() throws Exception {
        assertThat(query("SELECT id || ' ' || organization_id FROM webhook_ids")).containsExactlyInAnyOrder(
                webhook + " " + organization, deleted + " " + organization, other + " " + other);
        assertThat(query("SELECT trigger_id FROM deduplication")).containsExactly(webhook.toString());
    }

    @Test
    void theClaimIsWhatKeepsAnIdFromOthers() throws Exception {
        String taking = "INSERT INTO triggers (id, organization_id, type, name, definition) VALUES ('%s', '%s', 'webhook', 't', '{}')"
                .formatted(deleted, other);
        assertThatThrownBy(() -> execute(taking)).isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        execute("ALTER TABLE triggers DISABLE TRIGGER claim_webhook_id");
        execute(taking);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = TestServers.connect(uri); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
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
