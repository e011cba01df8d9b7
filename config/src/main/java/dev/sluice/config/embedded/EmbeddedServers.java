package dev.sluice.config.embedded;

import dev.sluice.config.datadirectory.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The embedded servers of one node, running until closed. */
public final class EmbeddedServers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

    private final @Nullable RunningServer postgres;
    private final @Nullable RunningServer redis;

    private EmbeddedServers(@Nullable RunningServer postgres, @Nullable RunningServer redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /**
     * Starts the wanted servers side by side and returns when all of them answer. Servers that an earlier owner of the
     * data directory left running are stopped first. If one server cannot be had, none is left running.
     *
     * @throws EmbeddedServerException with a message for the operator
     * @throws InterruptedException if the caller is interrupted; no server is left running
     */
    public static EmbeddedServers start(DataDirectory dataDirectory, EmbeddedOptions options)
            throws EmbeddedServerException, InterruptedException {
        if (!options.postgres() && !options.redis()) {
            return new EmbeddedServers(null, null);
        }
        Binaries.requireSupportedPlatform();
        Path home = dataDirectory.path().resolve("embedded");
        Binaries binaries = prepare(home, options.binaries());
        ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
        Future<@Nullable RunningServer> postgres =
                starters.submit(starting(options.postgres(), new PostgresServer(home, binaries)));
        Future<@Nullable RunningServer> redis =
                starters.submit(starting(options.redis(), new RedisServer(home, binaries)));
        try {
            return new EmbeddedServers(postgres.get(), redis.get());
        } catch (ExecutionException e) {
            abandon(starters, List.of(postgres, redis));
            switch (e.getCause()) {
                case EmbeddedServerException expected -> throw expected;
                case null, default -> throw new IllegalStateException("starting the embedded servers", e.getCause());
            }
        } catch (InterruptedException e) {
            abandon(starters, List.of(postgres, redis));
            throw e;
        } finally {
            starters.close();
        }
    }

    /**
     * Stops the servers that an earlier owner of the data directory left running.
     *
     * @return the names of the servers that were stopped
     * @throws EmbeddedServerException.Storage if a pid file cannot be read
     * @throws InterruptedException if the caller is interrupted while a server stops
     */
    public static List<String> stopOrphans(DataDirectory dataDirectory)
            throws EmbeddedServerException, InterruptedException {
        Path home = dataDirectory.path().resolve("embedded");
        List<String> stopped = new ArrayList<>();
        for (OrphanedServer orphan : List.of(PostgresServer.orphan(home), RedisServer.orphan(home))) {
            try {
                if (orphan.stop()) {
                    stopped.add(orphan.name());
                }
            } catch (IOException e) {
                throw new EmbeddedServerException.Storage(orphan.name(), e);
            }
        }
        return stopped;
    }

    /** {@code postgresql://user:password@host:port/database} of the embedded PostgreSQL, if it was wanted. */
    public Optional<String> postgresUri() {
        return Optional.ofNullable(postgres).map(RunningServer::uri);
    }

    /** {@code redis://:password@host:port} of the embedded Redis, if it was wanted. */
    public Optional<String> redisUri() {
        return Optional.ofNullable(redis).map(RunningServer::uri);
    }

    /** The process ids of the servers, for tests that kill them. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        if (postgres != null) {
            pids.add(postgres.pid());
        }
        if (redis != null) {
            pids.add(redis.pid());
        }
        return pids;
    }

    /** Stops the servers cleanly: clients are cut off, everything accepted is on disk. */
    @Override
    public void close() {
        stop(redis);
        stop(postgres);
    }

    private static Binaries prepare(Path home, @Nullable Path binaries) throws EmbeddedServerException {
        try {
            OwnerOnly.createDirectories(home);
            return new Binaries(binaries == null ? home.resolve("bin") : binaries.toAbsolutePath());
        } catch (IOException e) {
            throw new EmbeddedServerException.Storage("servers", e);
        }
    }

    private static Callable<@Nullable RunningServer> starting(boolean wanted, EmbeddedServer server) {
        return () -> {
            if (!wanted) {
                return null;
            }
            try {
                return server.start();
            } catch (IOException e) {
                throw new EmbeddedServerException.Storage(server.name(), e);
            }
        };
    }

    /** Interrupts what still starts, waits until it has cleaned up after itself, and stops what did start. */
    private static void abandon(ExecutorService starters, List<Future<@Nullable RunningServer>> servers) {
        starters.shutdownNow();
        starters.close();
        servers.stream()
                .filter(server -> server.state() == Future.State.SUCCESS)
                .forEach(server -> stop(server.resultNow()));
    }

    private static void stop(@Nullable RunningServer server) {
        if (server == null) {
            return;
        }
        try {
            server.stop();
        } catch (IOException e) {
            LOG.warn("stopping an embedded server: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
