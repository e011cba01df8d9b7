package dev.sluice.config.postgres;

import io.vertx.pgclient.PgConnectOptions;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the schema to this version's state. Flyway holds a lock meanwhile, so nodes may start together. */
public final class Migrations {
    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @param uri {@code postgresql://user:password@host:port/database} of a user that may create roles and tables
     * @return how many migrations were applied
     * @throws DatabaseUnavailableException if the database refuses or a migration fails
     */
    public static int migrate(String uri) throws DatabaseUnavailableException {
        PgConnectOptions options = PgConnectOptions.fromUri(uri);
        String url = "jdbc:postgresql://%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase());
        try {
            MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(url, options.getUser(), options.getPassword())
                    .locations("classpath:db/migration")
                    .connectRetries(5)
                    .load()
                    .migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseUnavailableException("cannot migrate the database at %s:%d/%s: %s"
                    .formatted(options.getHost(), options.getPort(), options.getDatabase(), e.getMessage()), e);
        }
    }
}
