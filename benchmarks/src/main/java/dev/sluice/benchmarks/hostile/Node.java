package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.ingress.SluiceUnderTest;
import dev.sluice.config.StartupException;
import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.OrganizationStore.NewKey;
import dev.sluice.config.embedded.EmbeddedServers;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Postgres;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The node under attack, in a process of its own. Its log stays when it ends, its data do not. */
final class Node implements AutoCloseable {
    private final SluiceUnderTest sluice;

    private Node(SluiceUnderTest sluice) {
        this.sluice = sluice;
    }

    static Node start(Path folder) throws IOException, InterruptedException {
        return new Node(SluiceUnderTest.start(folder, Map.of()));
    }

    int port() {
        return sluice.port();
    }

    Path log() {
        return sluice.log();
    }

    long pid() {
        return sluice.pid();
    }

    boolean isAlive() {
        return sluice.isAlive();
    }

    /** The key of the organization that it began with. */
    String liveKey() {
        return sluice.liveKey();
    }

    /** Makes a further organization without limits, for which the API has no way; answers its live key. */
    String newOrganization() throws IOException {
        List<String> endpoint = Files.readAllLines(sluice.data().resolve("embedded/postgres.endpoint"));
        String uri = "postgresql://sluice:%s@127.0.0.1:%s/sluice".formatted(endpoint.get(1), endpoint.get(0));
        Vertx vertx = Vertx.vertx();
        Uuid7 ids = new Uuid7();
        UUID id = ids.next();
        String live = "fsk_live_" + UUID.randomUUID();
        try (Postgres postgres = new Postgres(vertx, uri, 1, 1)) {
            new OrganizationStore(postgres).create(id, "o-" + id, "An attacker", "unlimited",
                    new NewKey(ids.next(), ApiKey.Mode.LIVE, live),
                    new NewKey(ids.next(), ApiKey.Mode.TEST, "fsk_test_" + UUID.randomUUID())).await();
            return live;
        } finally {
            vertx.close().await();
        }
    }

    /** Ends it, and whatever it leaves behind if it has to be killed. */
    @Override
    public void close() throws IOException, InterruptedException {
        sluice.close();
        try (DataDirectory owned = DataDirectory.open(sluice.data())) {
            EmbeddedServers.stopOrphans(owned);
        } catch (StartupException e) {
            throw new IOException("servers are left in " + sluice.data(), e);
        }
        try (Stream<Path> paths = Files.walk(sluice.data())) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
