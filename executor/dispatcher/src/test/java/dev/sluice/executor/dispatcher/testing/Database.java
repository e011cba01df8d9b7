package dev.sluice.executor.dispatcher.testing;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Migrations;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.testing.TestServers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A migrated database of a test's own, an event loop to use it from, and a superuser's view of what is in it. */
public final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String uri = TestServers.freshDatabase();
    private final Vertx vertx = Vertx.vertx();
    private final Postgres postgres;
    private final Context loop = vertx.getOrCreateContext();
    private final Uuid7 ids = new Uuid7();

    public Database() throws Exception {
        Migrations.migrate(uri);
        postgres = new Postgres(vertx, uri, 4, 4);
    }

    public Vertx vertx() {
        return vertx;
    }

    public Postgres postgres() {
        return postgres;
    }

    public Pool pipeline() {
        return postgres.pipeline();
    }

    public Context loop() {
        return loop;
    }

    public Uuid7 ids() {
        return ids;
    }

    /** Starts work on the event loop; its outcome may be awaited anywhere. */
    public <T> Future<T> start(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(ignored -> work.get().onComplete(done));
        return done.future();
    }

    /** Does work on the event loop and waits for it. */
    public <T> T call(Supplier<Future<T>> work) {
        return await(start(work));
    }

    /** The outcome, soon. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came for " + PATIENCE, e);
        }
    }

    /** The first column of every row as text. */
    public List<@Nullable String> column(String sql, Object... parameters) {
        List<@Nullable String> found = new ArrayList<>();
        try (Connection connection = TestServers.connect(uri);
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The only value of the only row as text. */
    public @Nullable String value(String sql, Object... parameters) {
        List<@Nullable String> found = column(sql, parameters);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " rows: " + sql);
        }
        return found.getFirst();
    }

    /** The only row's only number. */
    public long count(String sql, Object... parameters) {
        return Long.parseLong(String.valueOf(value(sql, parameters)));
    }

    /** The bytes in the only row. */
    public byte[] bytes(String sql, Object... parameters) {
        try (Connection connection = TestServers.connect(uri);
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBytes(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Changes something behind everybody's back; answers how many rows. */
    public int update(String sql, Object... parameters) {
        return update(uri, sql, parameters);
    }

    /** Nobody can connect any more, and who was connected is not. */
    public void goAway() {
        allowConnections(false);
        update(maintenance(), "DO $$ BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
                + name() + "'; END $$");
    }

    public void comeBack() {
        allowConnections(true);
    }

    @Override
    public void close() {
        postgres.close();
        await(vertx.close());
    }

    private void allowConnections(boolean allowed) {
        update(maintenance(), "ALTER DATABASE " + name() + " ALLOW_CONNECTIONS " + allowed);
    }

    private String name() {
        return URI.create(uri).getPath().substring(1);
    }

    private String maintenance() {
        return uri.substring(0, uri.lastIndexOf('/')) + "/postgres";
    }

    private static int update(String where, String sql, Object... parameters) {
        try (Connection connection = TestServers.connect(where);
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
