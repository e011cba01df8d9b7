package dev.sluice.config.postgres;

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

import static org.assertj.core.api.Assertions.assertThat;

/** What was journalled and queued before events were stored by the page is there afterwards. */
class EventPagesMigrationTest {
    private static final String EVENT = "01890000-0000-7000-8000-000000000001";
    private final String uri = TestServers.freshDatabase();

    @BeforeEach
    void migrateWithWhatWasThereBefore() throws Exception {
        PgConnectOptions options = PgConnectOptions.fromUri(uri);
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource("jdbc:postgresql://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase()),
                        options.getUser(), options.getPassword())
                .locations("classpath:db/migration").target("2").load().migrate();
        execute("CREATE TABLE events_20230628 PARTITION OF events FOR VALUES FROM ('2023-06-28Z') TO ('2023-06-29Z')");
        execute("ALTER TABLE events NO FORCE ROW LEVEL SECURITY");
        execute("ALTER TABLE queue NO FORCE ROW LEVEL SECURITY");
        execute("""
                INSERT INTO events (id, received_at, organization_id, triggered_by, method, path, query, headers, body, receipt)
                VALUES ('%s', uuid_extract_timestamp('%1$s'::uuid), gen_random_uuid(), 'webhook', 'POST', '/a"b', 'q=1',
                        '[["X","1"]]', '\\x00ff', '{"n":1.10}')""".formatted(EVENT));
        execute("""
                INSERT INTO queue (id, created_at, organization_id, tenant_id, event_id, event_received_at, workflow_id,
                                   workflow_slug, version, tier, triggered_by, headers, dead_letter, run_at)
                SELECT gen_random_uuid(), now(), o, o, '%s', uuid_extract_timestamp('%1$s'::uuid), gen_random_uuid(), 'w', 1,
                       'standard', 'webhook', '{}', true, now() FROM (SELECT gen_random_uuid() AS o) organization""".formatted(EVENT));
        execute("ALTER TABLE events FORCE ROW LEVEL SECURITY");
        execute("ALTER TABLE queue FORCE ROW LEVEL SECURITY");

        Migrations.migrate(uri);
        for (String table : List.of("event_pages", "queue")) {
            execute("ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY");
        }
    }

    @Test
    void anEventIsAPageOfItsOwnWithEverythingItHad() throws Exception {
        assertThat(query("""
                SELECT concat_ws(' ', id, page_id, received_at = page_received_at, method, path, query, headers, body, body_size,
                                 remote_address, receipt) FROM events"""))
                .containsExactly(EVENT + " " + EVENT + " t POST /a\"b q=1 [[\"X\",\"1\"]] \\x00ff 2 {\"n\":1.10}");
        assertThat(query("SELECT one::json ->> 'bodySize' FROM event_pages, unnest(details) AS one"))
                .containsExactly("2");
        assertThat(query("SELECT tableoid::regclass FROM event_pages")).containsExactly("event_pages_20230628");
    }

    @Test
    void whatWaitsStillKnowsItsEvent() throws Exception {
        assertThat(query("SELECT page.id FROM queue JOIN event_pages page ON page.id = queue.event_page_id"))
                .containsExactly(EVENT);
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
