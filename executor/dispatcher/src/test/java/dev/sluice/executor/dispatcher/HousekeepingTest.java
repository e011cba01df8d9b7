package dev.sluice.executor.dispatcher;

import dev.sluice.executor.dispatcher.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init") // opened before each test
class HousekeepingTest {
    private static final String EVENT = """
            INSERT INTO event_pages (id, received_at, organization_id, triggered_by, ids, details, bodies)
            VALUES ('00000000-0000-7000-8000-000000000001', now() + ?::interval, ?, 'webhook',
                    ARRAY['00000000-0000-7000-8000-000000000001'::uuid], ARRAY['{}'], ARRAY[''::bytea])""";
    private final UUID organization = new UUID(1, 1);
    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = new Database();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void thisWeeksPartitionsAreMadeAndThosePastRetentionDropped() {
        database.update("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'event_pages_' || to_char(now() AT TIME ZONE 'UTC' + interval '7 days', 'YYYYMMDD')); END $$");
        database.update("CREATE TABLE event_pages_20200101 PARTITION OF event_pages FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')");
        assertThat(partitions("event_pages")).isEqualTo(8);

        round(Duration.ofDays(30));

        assertThat(partitions("event_pages")).isEqualTo(8);
        assertThat(partitions("executions")).isEqualTo(8);
        assertThat(database.column("SELECT relname FROM pg_class WHERE relname = 'event_pages_20200101'")).isEmpty();
        assertThat(database.count("SELECT count(*) FROM pg_class WHERE relname ~ '^(event_pages|executions)_' AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)"))
                .as("partitions without forced row-level security").isZero();
    }

    @Test
    void aDayWhoseEventsTheDefaultPartitionHasCaughtGetsItsPartitionAllTheSame() {
        database.update("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'event_pages_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD')); END $$");
        database.update(EVENT, "0 s", organization);
        database.update(EVENT, "90 days", organization);

        round(Duration.ofDays(30));

        assertThat(partitions("event_pages")).isEqualTo(8);
        assertThat(database.column("SELECT tableoid::regclass FROM event_pages WHERE received_at < now() + interval '1 day'"))
                .singleElement().asString().matches("event_pages_\\d{8}");
        assertThat(database.count("SELECT count(*) FROM event_pages_default")).as("of a day to come").isEqualTo(1);
    }

    @Test
    void whatHasExpiredIsSweptHoweverMuchItIs() {
        database.update("""
                INSERT INTO deduplication (trigger_id, key, organization_id, event_id, expires_at)
                SELECT gen_random_uuid(), sha256(g::text::bytea), ?, gen_random_uuid(),
                       now() + CASE WHEN g <= 12000 THEN -interval '1 s' ELSE interval '1 h' END
                FROM generate_series(1, 12005) g""", organization);
        database.update("""
                INSERT INTO workflow_state (organization_id, tenant_id, scope, scope_id, key, value, expires_at)
                SELECT t, t, 'ORG', t, k, '1', now() + e::interval
                FROM (VALUES (?::uuid, 'old', '-1 s'), (?::uuid, 'new', '1 h'), (?::uuid, 'kept', NULL)) v (t, k, e)""",
                organization, organization, organization);
        database.update("""
                INSERT INTO dead_letters (id, created_at, organization_id, execution_id, event_id, workflow_id, workflow_slug,
                                          headers, payload, error, attempts)
                SELECT id, now() - age, ?, id, id, id, 'w', '{}', '', '{}', '[]'
                FROM (SELECT gen_random_uuid() AS id, age FROM (VALUES (interval '31 d'), (interval '29 d')) a (age)) v""",
                organization);

        round(Duration.ofDays(30));

        assertThat(database.count("SELECT count(*) FROM deduplication")).isEqualTo(5);
        assertThat(database.column("SELECT key FROM workflow_state ORDER BY key")).containsExactly("kept", "new");
        assertThat(database.count("SELECT count(*) FROM dead_letters")).isEqualTo(1);
    }

    private void round(Duration retention) {
        try (Housekeeping housekeeping = new Housekeeping(database.vertx(), database.pipeline(), retention)) {
            database.call(() -> housekeeping.start(Duration.ofHours(1)));
        }
    }

    private long partitions(String parent) {
        return database.count("SELECT count(*) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = ?::regclass AND relname ~ '[0-9]{8}$'", parent);
    }
}
