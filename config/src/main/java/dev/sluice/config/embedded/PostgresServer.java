package dev.sluice.config.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The embedded PostgreSQL. Its role owns the database and may create further roles. */
final class PostgresServer implements EmbeddedServer {
    /** Fast shutdown: clients are cut off, then a checkpoint. */
    private static final String STOP_SIGNAL = "INT";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int STATUS_LINE = 7;

    private static final String NAME = "PostgreSQL";
    private final Path home;
    private final Path data;
    private final Path log;
    private final Path pidFile;
    private final Path endpointFile;
    private final Binaries binaries;

    PostgresServer(Path home, Binaries binaries) {
        this.home = home;
        this.data = data(home);
        this.log = home.resolve("postgres.log");
        this.pidFile = pidFile(home);
        this.endpointFile = home.resolve("postgres.endpoint");
        this.binaries = binaries;
    }

    static OrphanedServer orphan(Path home) {
        return new OrphanedServer(NAME, pidFile(home), data(home), STOP_SIGNAL);
    }

    private static Path data(Path home) {
        return home.resolve("postgres");
    }

    private static Path pidFile(Path home) {
        return data(home).resolve("postmaster.pid");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RunningServer start() throws EmbeddedServerException, IOException, InterruptedException {
        requireCompatibleData();
        orphan(home).stop();
        Path programs = binaries.postgres();
        List<String> prefix = UserNamespace.prefix();
        Endpoint endpoint = Endpoint.load(endpointFile);
        if (!Files.exists(data)) {
            new PostgresCluster(programs, prefix).create(data, endpoint.password());
        }
        OwnerOnly.write(data.resolve("postgresql.conf"), Bundled.text("postgresql.conf"));
        return launch(programs, prefix, endpoint);
    }

    private RunningServer launch(Path programs, List<String> prefix, Endpoint endpoint)
            throws EmbeddedServerException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(programs.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(endpoint.port())));
        ServerProcess process = ServerProcess.start(command, home, log);
        Readiness.await(name(), process, STOP_SIGNAL, () -> isReady(process), START_LIMIT, log);
        String uri = "postgresql://%s:%s@%s:%d/%s".formatted(
                PostgresCluster.USER, endpoint.password(), Endpoint.HOST, endpoint.port(), PostgresCluster.DATABASE);
        return new RunningServer(name(), uri, process, STOP_SIGNAL, log);
    }

    /** PostgreSQL itself says in its pid file when it accepts clients. */
    private boolean isReady(ServerProcess process) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.size() > STATUS_LINE
                    && lines.getFirst().equals(Long.toString(process.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void requireCompatibleData() throws EmbeddedServerException, IOException {
        Path versionFile = data.resolve("PG_VERSION");
        if (!Files.exists(data)) {
            return;
        }
        String found = Files.exists(versionFile) ? Files.readString(versionFile).strip() : "unknown";
        if (!found.equals(binaries.postgresMajor())) {
            throw new EmbeddedServerException.Incompatible(
                    "%s holds data of PostgreSQL %s, and the embedded server is PostgreSQL %s. Upgrade the data with "
                            .formatted(data, found, binaries.postgresMajor())
                            + "pg_upgrade, or start with another data-dir");
        }
    }
}
