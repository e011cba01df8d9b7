package dev.sluice.executor.dispatcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Keeps everything that grows within bounds: makes the partitions of the days to come, drops those past retention, and
 * deletes what has expired, in small bites. Every node does it; all of it may be done twice.
 */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int DAYS_AHEAD = 7;
    private static final int BITE = 5000;
    private static final String EXPIRED_KEYS = """
            DELETE FROM deduplication WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM deduplication WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED))""";
    private static final String EXPIRED_STATE = """
            DELETE FROM workflow_state WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM workflow_state WHERE expires_at < now() LIMIT $1))""";
    private static final String OLD_DEAD_LETTERS = """
            DELETE FROM dead_letters WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM dead_letters WHERE created_at < now() - $2::int * interval '1 day' LIMIT $1))""";

    private final Vertx vertx;
    private final Pool pool;
    private final int retentionDays;
    private long timer = -1;

    /** Housekeeping that has not begun; events, executions and dead letters older than the retention go. */
    public Housekeeping(Vertx vertx, Pool pool, Duration retention) {
        this.vertx = vertx;
        this.pool = pool;
        this.retentionDays = Math.toIntExact(retention.toDays());
    }

    /** Does a round now, which makes sure that today has its partitions, and another every interval. */
    public Future<Void> start(Duration interval) {
        timer = vertx.setPeriodic(interval.toMillis(), tick -> round()
                .onFailure(failure -> LOG.warn("housekeeping failed and is tried again: {}", failure.getMessage())));
        return round();
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }

    private Future<Void> round() {
        return execute("SELECT ensure_partitions($1)", Tuple.of(DAYS_AHEAD))
                .compose(made -> execute("SELECT drop_partitions($1)", Tuple.of(retentionDays)))
                .onSuccess(dropped -> {
                    int count = dropped.iterator().next().getInteger(0);
                    if (count > 0) {
                        LOG.info("dropped {} partitions older than {} days", count, retentionDays);
                    }
                })
                .compose(dropped -> sweep(EXPIRED_KEYS, Tuple.of(BITE)))
                .compose(swept -> sweep(EXPIRED_STATE, Tuple.of(BITE)))
                .compose(swept -> sweep(OLD_DEAD_LETTERS, Tuple.of(BITE, retentionDays)));
    }

    private Future<Void> sweep(String sql, Tuple parameters) {
        return execute(sql, parameters).compose(rows ->
                rows.rowCount() == BITE ? sweep(sql, parameters) : Future.succeededFuture());
    }

    private Future<RowSet<Row>> execute(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters);
    }
}
