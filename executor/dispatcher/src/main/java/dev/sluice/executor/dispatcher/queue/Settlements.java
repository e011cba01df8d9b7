package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.batch.Columns;
import dev.sluice.executor.dispatcher.queue.Settlement.Finished;
import dev.sluice.executor.dispatcher.queue.Settlement.Released;
import dev.sluice.executor.dispatcher.queue.Settlement.Retried;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes settlements in batches: one statement for each kind, refused for every execution whose lease is lost. */
final class Settlements {
    private static final String FINISH = """
            WITH settled AS (
                SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::int[], $6::timestamptz[],
                                     $7::float8[], $8::text[], $9::text[], $10::text[], $11::bool[])
                    AS s (id, lease, status, attempt, started_at, duration_ms, result, error, logs, dead_letter)
            ), gone AS (
                DELETE FROM queue USING settled
                WHERE queue.id = settled.id AND queue.node_id = $1 AND queue.lease = settled.lease
                RETURNING queue.created_at, queue.organization_id, queue.customer_id, queue.event_id,
                          queue.event_received_at, queue.trigger_id, queue.workflow_id, queue.workflow_slug,
                          queue.version, queue.tier, queue.triggered_by, queue.headers, queue.attempts, settled.*
            ), buried AS (
                INSERT INTO dead_letters (id, organization_id, customer_id, execution_id, event_id, trigger_id,
                                          workflow_id, workflow_slug, headers, payload, error, attempts)
                SELECT gone.id, gone.organization_id, gone.customer_id, gone.id, gone.event_id, gone.trigger_id,
                       gone.workflow_id, gone.workflow_slug, gone.headers,
                       coalesce((SELECT body FROM events
                                 WHERE events.received_at = gone.event_received_at AND events.id = gone.event_id), ''),
                       gone.error::json,
                       gone.attempts || jsonb_build_array(jsonb_build_object('attempt', gone.attempt,
                           'startedAt', gone.started_at, 'durationMs', gone.duration_ms, 'error', gone.error::jsonb))
                FROM gone WHERE gone.dead_letter
            )
            INSERT INTO executions (id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id,
                                    workflow_slug, version, tier, triggered_by, status, attempt, started_at, duration_ms,
                                    result, error, logs)
            SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id,
                   workflow_slug, version, tier, triggered_by, status, attempt, started_at, duration_ms,
                   result::json, error::json, logs::json
            FROM gone RETURNING id""";
    private static final String RETRY = """
            UPDATE queue SET node_id = NULL, leased_at = NULL, attempt = queue.attempt + 1,
                run_at = now() + s.delay_ms * interval '1 millisecond', attempts = attempts || s.attempt_json::jsonb
            FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[]) AS s (id, lease, delay_ms, attempt_json)
            WHERE queue.id = s.id AND queue.node_id = $1 AND queue.lease = s.lease RETURNING queue.id""";
    private static final String RELEASE = """
            UPDATE queue SET node_id = NULL, leased_at = NULL, run_at = now(), losses = losses + s.loss
            FROM unnest($2::uuid[], $3::bigint[], $4::int[]) AS s (id, lease, loss)
            WHERE queue.id = s.id AND queue.node_id = $1 AND queue.lease = s.lease RETURNING queue.id""";

    private final Pool pool;

    Settlements(Pool pool) {
        this.pool = pool;
    }

    /** Answers, for each settlement in order, whether the lease still held and it was written. */
    Future<List<Boolean>> write(UUID node, List<Settlement> batch) {
        List<Finished> finished = new ArrayList<>();
        List<Retried> retried = new ArrayList<>();
        List<Released> released = new ArrayList<>();
        for (Settlement settlement : batch) {
            switch (settlement) {
                case Finished end -> finished.add(end);
                case Retried again -> retried.add(again);
                case Released back -> released.add(back);
            }
        }
        List<Future<RowSet<Row>>> writes = new ArrayList<>();
        if (!finished.isEmpty()) {
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
            writes.add(pool.preparedQuery(FINISH).execute(tuple));
        }
        if (!retried.isEmpty()) {
            Tuple tuple = Tuple.of(node);
            leased(tuple, retried).bigint(again -> again.delay().toMillis()).text(Retried::attempt);
            writes.add(pool.preparedQuery(RETRY).execute(tuple));
        }
        if (!released.isEmpty()) {
            Tuple tuple = Tuple.of(node);
            leased(tuple, released).integer(back -> back.suspect() ? 1 : 0);
            writes.add(pool.preparedQuery(RELEASE).execute(tuple));
        }
        return Future.all(writes).map(done -> {
            Set<UUID> written = new HashSet<>();
            writes.forEach(write -> write.result().forEach(row -> written.add(row.getUUID(0))));
            return batch.stream().map(settlement -> written.contains(settlement.id())).toList();
        });
    }

    private static <S extends Settlement> Columns<S> leased(Tuple tuple, List<S> batch) {
        return new Columns<S>(batch, tuple).uuid(Settlement::id).bigint(Settlement::lease);
    }
}
