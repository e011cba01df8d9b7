package dev.sluice.config.embedded;

import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import static org.assertj.core.api.Assertions.assertThat;

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
                EmbeddedServers servers = EmbeddedServers.start(directory, EmbeddedOptions.of(true, false))) {
            assertThat(query(servers, "SHOW fsync")).isEqualTo("on");
            assertThat(query(servers, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(servers, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(servers, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(servers.redisUri()).isEmpty();
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
