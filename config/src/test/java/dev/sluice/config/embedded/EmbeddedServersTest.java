package dev.sluice.config.embedded;

import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedServersTest {
    private static final EmbeddedOptions OPTIONS =
            new EmbeddedOptions(true, true, Path.of("target", "embedded-binaries"));

    @TempDir
    private Path data;

    @Test
    void aRestartKeepsTheData() throws Exception {
        try (DataDirectory directory = DataDirectory.open(data)) {
            try (EmbeddedServers servers = EmbeddedServers.start(directory, OPTIONS)) {
                execute(servers, "CREATE TABLE kept AS SELECT 'postgres' AS value");
                assertThat(RedisCommands.send(servers.redisUri().orElseThrow(), "SET kept redis")).isEqualTo("+OK");
            }
            try (EmbeddedServers servers = EmbeddedServers.start(directory, OPTIONS)) {
                assertThat(query(servers, "SELECT value FROM kept")).isEqualTo("postgres");
                assertThat(RedisCommands.send(servers.redisUri().orElseThrow(), "STRLEN kept")).isEqualTo(":5");
            }
        }
    }

    @Test
    void aCommitIsOnDisk() throws Exception {
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedServers servers = EmbeddedServers.start(
                        directory, new EmbeddedOptions(true, false, OPTIONS.binaries()))) {
            assertThat(query(servers, "SHOW fsync")).isEqualTo("on");
            assertThat(query(servers, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(servers, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(servers, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(servers.redisUri()).isEmpty();
        }
    }

    @Test
    void aPortThatSomethingElseTookIsReplaced() throws Exception {
        EmbeddedOptions redisOnly = new EmbeddedOptions(false, true, OPTIONS.binaries());
        try (DataDirectory directory = DataDirectory.open(data)) {
            int port;
            try (EmbeddedServers servers = EmbeddedServers.start(directory, redisOnly)) {
                port = URI.create(servers.redisUri().orElseThrow()).getPort();
            }
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral(Endpoint.HOST));
                    EmbeddedServers servers = EmbeddedServers.start(directory, redisOnly)) {
                assertThat(URI.create(servers.redisUri().orElseThrow()).getPort()).isNotEqualTo(taken.getLocalPort());
            }
        }
    }

    @Test
    void theServersRefuseClientsWithoutThePassword() throws Exception {
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedServers servers = EmbeddedServers.start(directory, OPTIONS)) {
            String postgres = servers.postgresUri().orElseThrow().replaceFirst(":[0-9a-f]{20,}@", ":wrong@");
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> TestServers.connect(postgres).close())
                    .withMessageContaining("password authentication failed");
            String redis = servers.redisUri().orElseThrow().replaceFirst(":[0-9a-f]{20,}@", ":wrong@");
            assertThat(RedisCommands.send(redis, "PING")).startsWith("-NOAUTH");
            for (String secret : List.of("postgres.endpoint", "redis.endpoint", "redis.conf")) {
                assertThat(Files.getPosixFilePermissions(data.resolve("embedded").resolve(secret)))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void dataOfAnotherPostgresVersionIsRefusedUntouched() throws Exception {
        Path version = data.resolve("embedded/postgres/PG_VERSION");
        Files.createDirectories(version.resolveSibling(""));
        Files.writeString(version, "15\n");
        try (DataDirectory directory = DataDirectory.open(data)) {
            assertThatExceptionOfType(EmbeddedServerException.Incompatible.class)
                    .isThrownBy(() -> EmbeddedServers.start(directory, OPTIONS).close())
                    .withMessageContaining("holds data of PostgreSQL 15, and the embedded server is PostgreSQL 18");
            assertThat(version.resolveSibling("")).isDirectoryContaining("glob:**PG_VERSION");
            assertThat(EmbeddedServers.stopOrphans(directory)).as("Redis is not left running").isEmpty();
        }
    }

    @Test
    void aServerThatEndsWhileStartingSaysWhatItsLogSays() throws Exception {
        Files.createDirectories(data.resolve("embedded/redis"));
        Files.writeString(data.resolve("embedded/redis/appendonly.aof"), "*3\r\n$3\r\nSET\r\nnonsense");
        try (DataDirectory directory = DataDirectory.open(data)) {
            assertThatExceptionOfType(EmbeddedServerException.StartFailed.class)
                    .isThrownBy(() -> EmbeddedServers.start(
                            directory, new EmbeddedOptions(false, true, OPTIONS.binaries())).close())
                    .withMessageContaining("embedded Redis ended while starting. Its log says:")
                    .withMessageContaining("Bad file format reading the append only file");
        }
    }

    private static void execute(EmbeddedServers servers, String sql) throws SQLException {
        try (Connection connection = TestServers.connect(servers.postgresUri().orElseThrow());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedServers servers, String sql) throws SQLException {
        try (Connection connection = TestServers.connect(servers.postgresUri().orElseThrow());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
