package dev.sluice.gateway.fleet;

import dev.sluice.config.testing.TestServers;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.quota.testing.RedisClusterProcesses;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Three gateway processes on one PostgreSQL database and one Redis Cluster of three masters with replicas. */
public final class ThreeGateways implements AutoCloseable {
    private static final int NUMBER = 3;
    private static final Duration HEARTBEATS = Duration.ofSeconds(30);

    private final String postgresUri = TestServers.freshDatabase();
    private final RedisClusterProcesses redis = RedisClusterProcesses.start();
    private final List<RunningSluice> gateways = new ArrayList<>();
    private final List<ShiftedClock> clocks;

    private ThreeGateways() throws IOException, InterruptedException {
        Path folder = Path.of("target", "fleet", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();
        clocks = ShiftedClock.create(Files.createDirectories(folder), NUMBER);
    }

    /** Starts them; each knows of the others. */
    public static ThreeGateways start() throws IOException, InterruptedException {
        ThreeGateways fleet = new ThreeGateways();
        try {
            // The first has the credentials.
            fleet.gateways.add(fleet.startGateway(0));
            CompletableFuture<RunningSluice> second = CompletableFuture.supplyAsync(() -> fleet.startGateway(1));
            fleet.gateways.add(fleet.startGateway(2));
            fleet.gateways.add(1, second.join());
            fleet.awaitHeartbeats();
            return fleet;
        } catch (Throwable e) {
            fleet.close();
            throw e;
        }
    }

    private RunningSluice startGateway(int number) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("SLUICE_POSTGRES_URI", postgresUri);
        settings.put("SLUICE_REDIS_URIS", String.join(",", redis.uris()));
        if (canShiftClocks()) {
            settings.putAll(clocks.get(number).environment());
        }
        try {
            RunningSluice gateway = RunningSluice.start(settings);
            // Lettuce's, with a stack trace, when it looks for a master that was killed.
            gateway.expect("DefaultClusterTopologyRefresh: Unable to connect to");
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until its next heartbeat a node does not know that others have joined it. */
    private void awaitHeartbeats() {
        Database database = new Database(postgresUri);
        Awaitility.await("heartbeats").atMost(HEARTBEATS).until(() -> database.number("""
                SELECT count(*) FROM nodes WHERE heartbeat_at > (SELECT max(started_at) FROM nodes)""") == NUMBER);
    }

    public List<RunningSluice> gateways() {
        return gateways;
    }

    public RedisClusterProcesses redis() {
        return redis;
    }

    Database database() {
        return new Database(postgresUri);
    }

    /** Whether there is what it takes to shift the clocks of processes. */
    public boolean canShiftClocks() {
        return !clocks.isEmpty();
    }

    /** Sets one gateway's wall clock so far ahead of the machine's, from now on. */
    public void shiftClock(int gateway, Duration ahead) {
        clocks.get(gateway).shift(ahead);
    }

    @Override
    public void close() {
        List<AutoCloseable> parts = new ArrayList<>(gateways);
        parts.add(redis);
        AssertionError failures = new AssertionError("parts of the fleet did not end well");
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception | AssertionError e) {
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
