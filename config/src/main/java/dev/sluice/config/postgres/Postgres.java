package dev.sluice.config.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** The pools of a node, one for each {@link Role}. A connection takes its role when it is opened. */
public final class Postgres implements AutoCloseable {
    /** The journal writes with so many at a time. */
    public static final int JOURNAL_CONNECTIONS = 2;

    private static final int PIPELINING = 64;
    /** The client does not cache longer statements by default, and parses, plans and asks twice for each use of one. */
    private static final int CACHED_STATEMENT_CHARACTERS = 16_384;

    private final PgConnectOptions options;
    private final Pool app;
    private final Pool pipeline;
    private final Pool journal;
    private final Pool snapshot;

    /** Opens no connection yet; sizes are the most connections of each pool. */
    public Postgres(Vertx vertx, String uri, int appConnections, int pipelineConnections) {
        options = PgConnectOptions.fromUri(uri)
                .setCachePreparedStatements(true)
                .setPipeliningLimit(PIPELINING)
                .setReconnectAttempts(0);
        options.setPreparedStatementCacheSqlLimit(CACHED_STATEMENT_CHARACTERS);
        app = pool(vertx, Role.APP, appConnections);
        pipeline = pool(vertx, Role.PIPELINE, pipelineConnections);
        journal = pool(vertx, Role.PIPELINE, JOURNAL_CONNECTIONS);
        snapshot = pool(vertx, Role.SNAPSHOT, 2);
    }

    /** For reads and writes of one tenant; use it through {@link Tenant}. */
    Pool app() {
        return app;
    }

    /** For the queue. */
    public Pool pipeline() {
        return pipeline;
    }

    /** For the journal alone, whose connections live on the event loop from which it uses them. */
    public Pool journal() {
        return journal;
    }

    /** For reading definitions of every tenant. */
    public Pool snapshot() {
        return snapshot;
    }

    /** Connection options without a role, for listening to notifications. */
    public PgConnectOptions options() {
        return new PgConnectOptions(options);
    }

    /** Answers once the database has. */
    public Future<Void> ping() {
        return pipeline.query("SELECT 1").execute().mapEmpty();
    }

    /** Whether a commit survives a power cut: what 202 promises holds only then. */
    public Future<Boolean> isDurable() {
        return pipeline.query("""
                        SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
                           AND current_setting('synchronous_commit') <> 'off'""")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    @Override
    public void close() {
        Future.all(app.close(), pipeline.close(), journal.close(), snapshot.close()).await();
    }

    private Pool pool(Vertx vertx, Role role, int size) {
        // As a start-up parameter: a connection that cannot take its role fails instead of keeping the owner's rights.
        PgConnectOptions asRole = new PgConnectOptions(options).addProperty("role", role.sqlName());
        if (role == Role.PIPELINE) {
            // Its plans are made while the queue is small and kept: a scan chosen then reads all dead rows of a busy one.
            asRole.addProperty("enable_seqscan", "off");
        }
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(asRole)
                .with(new PoolOptions().setMaxSize(size).setName(role.sqlName()))
                .build();
    }
}
