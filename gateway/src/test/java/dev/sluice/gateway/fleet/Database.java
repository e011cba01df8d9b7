package dev.sluice.gateway.fleet;

import dev.sluice.config.testing.TestServers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The fleet's database, asked directly. */
record Database(String uri) {
    /** The one number that a query answers. */
    long number(String query, Object... parameters) throws SQLException {
        return ((Number) value(query, parameters)).longValue();
    }

    /** The one id that a query answers. */
    UUID id(String query, Object... parameters) throws SQLException {
        return (UUID) value(query, parameters);
    }

    private Object value(String query, Object... parameters) throws SQLException {
        try (Connection connection = TestServers.connect(uri);
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1);
            }
        }
    }
}
