package dev.sluice.config.testing;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.Statement;

import static org.assertj.core.api.Assertions.assertThat;

class TestServersTest {
    @Test
    void everyCallerGetsADatabaseOfItsOwn() throws Exception {
        String one = TestServers.freshDatabase();
        String other = TestServers.freshDatabase();
        assertThat(one).isNotEqualTo(other);
        for (String uri : new String[] {one, other}) {
            try (Connection connection = TestServers.connect(uri);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE same_name (id int)");
            }
        }
        assertThat(TestServers.freshRedis()).startsWith("redis://").isNotEqualTo(TestServers.freshRedis());
    }
}
