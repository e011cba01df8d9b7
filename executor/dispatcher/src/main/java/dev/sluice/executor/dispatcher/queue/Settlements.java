package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.batch.Columns;
import dev.sluice.executor.dispatcher.queue.Settlement.Finished;
import dev.sluice.executor.dispatcher.queue.Settlement.Released;
import dev.sluice.executor.dispatcher.queue.Settlement.Retried;
import dev.sluice.executor.dispatcher.queue.Settlement.TakenOut;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes settlements in batches: one statement for each kind, refused for every execution whose lease is lost. */
final class Settlements {
    // IS NOT DISTINCT FROM keeps the planner from the index on node_id, which it takes for more selective than the ids.
    private static final String FINISH = """
            WITH settled AS (
                SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::int[], $6::timestamptz[],
                                     $7::float8[], $8::text[], $9::text[], $10::text[], $11::bool[])
                    AS s (id, lease, status, attempt, started_at, duration_ms, result, error, logs, dead_letter)
            ), gone AS (
                DELETE FROM queue USING settled
                WHERE queue.id = settled.id AND queue.node_id IS NOT DISTINCT FROM $1::uuid AND queue.lease = settled.lease
                RETURNING queue.created_at, queue.organization_id, queue.customer_id, queue.event_id,
                          queue.event_page_id, queue.trigger_id, queue.workflow_id, queue.workflow_slug,
                          queue.version, queue.tier, queue.triggered_by, queue.headers, queue.dead_letter AS wanted,
                          CASE WHEN queue.attempts = '[]' THEN queue.past_attempts
                               ELSE ARRAY(SELECT value::text FROM jsonb_array_elements(queue.attempts)) || queue.past_attempts
                          END AS past, settled.*
            ), buried AS (
                INSERT INTO dead_letters (id, organization_id, customer_id, execution_id, event_id, trigger_id, workflow_id,
                                          workflow_slug, headers, payload, payload_size, event_details, error, attempts)
                SELECT gone.id, gone.organization_id, gone.customer_id, gone.id, gone.event_id, gone.trigger_id,
                       gone.workflow_id, gone.workflow_slug, gone.headers, coalesce(event.body, ''),
                       substring(right(event.details, 64) FROM '"bodySize":([0-9]+),"bodyCompression":"lz4"}$')::int,
                       event.details, gone.error::json,
                       ('[' || array_to_string(past || json_build_object('attempt', gone.attempt, 'status', gone.status,
                           'startedAt', to_char(gone.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                           'durationMs', gone.duration_ms, 'error', gone.error::json, 'logs', gone.logs::json)::text, ',')
                           || ']')::json
                FROM gone LEFT JOIN LATERAL (
                    SELECT bodies[array_position(ids, gone.event_id)] AS body,
                           details[array_position(ids, gone.event_id)] AS details
                    FROM event_pages page
                    WHERE page.received_at = uuid_extract_timestamp(gone.event_page_id) AND page.id = gone.event_page_id
                ) event ON true
                WHERE gone.dead_letter AND gone.wanted
            ), recorded AS (
                INSERT INTO executions (id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id,
                                        workflow_slug, version, tier, triggered_by, status, attempt, started_at,
                                        duration_ms, result, error, logs, attempts)
                SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id,
                       workflow_slug, version, tier, triggered_by, status, attempt, started_at, duration_ms,
                       result::json, error::json, logs::json,
                       CASE WHEN past = '{}' THEN '[]' ELSE ('[' || array_to_string(past, ',') || ']')::json END
                FROM gone
            )
            SELECT id, lease FROM gone""";
    private static final String TAKE_OUT = """
            WITH gone AS (
                DELETE FROM queue USING unnest($2::uuid[], $3::bigint[]) AS s (id, lease)
                WHERE queue.id = s.id AND queue.node_id IS NOT DISTINCT FROM $1::uuid AND queue.lease = s.lease
                RETURNING queue.*
            ), buried AS (
                INSERT INTO dead_letters (id, organization_id, customer_id, execution_id, event_id, trigger_id, workflow_id,
                                          workflow_slug, headers, payload, error, attempts)
                SELECT id, organization_id, customer_id, id, event_id, trigger_id, workflow_id, workflow_slug, '{}', '',
                       $4::text::json, '[]'
                FROM gone WHERE dead_letter
                ON CONFLICT DO NOTHING
            ), recorded AS (
                INSERT INTO executions (id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id,
                                        workflow_slug, version, tier, triggered_by, status, attempt, duration_ms, error, logs)
                SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug,
                       version, tier, triggered_by, 'failed', attempt, 0, $4::text::json, '[]'
                FROM gone
                ON CONFLICT DO NOTHING
            )
            SELECT id, lease FROM gone""";
    private static final String RETRY = """
            UPDATE queue SET node_id = NULL, leased_at = NULL, attempt = queue.attempt + 1,
                run_at = now() + s.delay_ms * interval '1 millisecond', past_attempts = past_attempts || s.attempt_json,
                last_error = s.error::json
            FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
                AS s (id, lease, delay_ms, attempt_json, error)
            WHERE queue.id = s.id AND queue.node_id IS NOT DISTINCT FROM $1::uuid AND queue.lease = s.lease RETURNING queue.id, queue.lease""";
    /** An execution may be released without end; what is told of that is not. */
    private static final String RELEASE = """
            UPDATE queue SET node_id = NULL, leased_at = NULL, run_at = now() + s.delay_ms * interval '1 millisecond',
                losses = losses + s.loss,
                past_attempts = CASE WHEN s.attempt_json IS NULL OR cardinality(past_attempts) >= 20 THEN past_attempts
                                     ELSE past_attempts || s.attempt_json END
            FROM unnest($2::uuid[], $3::bigint[], $4::int[], $5::bigint[], $6::text[])
                AS s (id, lease, loss, delay_ms, attempt_json)
            WHERE queue.id = s.id AND queue.node_id IS NOT DISTINCT FROM $1::uuid AND queue.lease = s.lease RETURNING queue.id, queue.lease""";

    private final Pool pool;

    Settlements(Pool pool) {
        this.pool = pool;
    }

    /** Which lease of which execution. */
    private record Held(UUID id, long lease) {}

    /** Answers, for each settlement in order, whether the lease still held and it was written. All are of one kind. */
    Future<List<Boolean>> write(UUID node, List<Settlement> batch) {
        return switch (batch.getFirst()) {
            case Finished first -> finish(node, batch);
            case Retried first -> retry(node, batch);
            case Released first -> release(node, batch);
            case TakenOut first -> takeOut(node, batch);
        };
    }

    private Future<List<Boolean>> finish(UUID node, List<Settlement> batch) {
        List<Finished> finished = batch.stream().map(Finished.class::cast).toList();
        Tuple tuple = Tuple.of(node);
        leased(tuple, finished)
                .text(Finished::status)
                .integer(Finished::attempt)
                .time(Finished::startedAt)
                .real(end -> (double) end.duration().toNanos() / 1e6)
                .text(Finished::result)
                .text(Finished::error)
                .text(Finished::logs)
                .bool(Finished::deadLetter);
        return execute(FINISH, tuple, batch);
    }

    private Future<List<Boolean>> retry(UUID node, List<Settlement> batch) {
        List<Retried> retried = batch.stream().map(Retried.class::cast).toList();
        Tuple tuple = Tuple.of(node);
        leased(tuple, retried).bigint(again -> again.delay().toMillis()).text(Retried::attempt).text(Retried::error);
        return execute(RETRY, tuple, batch);
    }

    private Future<List<Boolean>> release(UUID node, List<Settlement> batch) {
        List<Released> released = batch.stream().map(Released.class::cast).toList();
        Tuple tuple = Tuple.of(node);
        leased(tuple, released).integer(back -> back.suspect() ? 1 : 0).bigint(back -> back.delay().toMillis())
                .text(Released::attempt);
        return execute(RELEASE, tuple, batch);
    }

    private Future<List<Boolean>> takeOut(UUID node, List<Settlement> batch) {
        Tuple tuple = Tuple.of(node);
        leased(tuple, batch);
        return execute(TAKE_OUT, tuple.addString(Settlement.UNSTORABLE), batch);
    }

    private Future<List<Boolean>> execute(String sql, Tuple parameters, List<Settlement> batch) {
        return pool.preparedQuery(sql).execute(parameters).map(rows -> {
            Set<Held> written = new HashSet<>();
            rows.forEach(row -> written.add(new Held(row.getUUID(0), row.getLong(1))));
            return batch.stream()
                    .map(settlement -> written.contains(new Held(settlement.id(), settlement.lease())))
                    .toList();
        });
    }

    private static <S extends Settlement> Columns<S> leased(Tuple tuple, List<S> batch) {
        return new Columns<S>(batch, tuple).uuid(Settlement::id).bigint(Settlement::lease);
    }
}
