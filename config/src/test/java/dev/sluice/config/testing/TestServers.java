package dev.sluice.config.testing;

import dev.sluice.config.StartupException;
import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.datadirectory.DataDirectoryException;
import dev.sluice.config.embedded.EmbeddedOptions;
import dev.sluice.config.embedded.EmbeddedServers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One embedded PostgreSQL and one embedded Redis for all tests of a JVM, started by the first that asks and stopped at
 * the JVM's end.
 *
 * <p>They live under the module's {@code target} directory. Servers left by a killed test run are stopped by the next.
 */
public final class TestServers {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int REDIS_DATABASES = 16;
    private static final AtomicInteger NEXT_DATABASE = new AtomicInteger();
    private static final AtomicInteger NEXT_REDIS_DATABASE = new AtomicInteger();

    private TestServers() {}

    /** A new, empty database: {@code postgresql://user:password@host:port/name}, the user being a superuser. */
    public static String freshDatabase() {
        String name = "test_" + ProcessHandle.current().pid() + "_" + NEXT_DATABASE.incrementAndGet()
                + "_" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        URI server = URI.create(Running.POSTGRES_URI);
        try (Connection connection = connect(Running.POSTGRES_URI);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
        } catch (SQLException e) {
            throw new IllegalStateException("creating database " + name, e);
        }
        return "postgresql://" + server.getRawUserInfo() + "@" + server.getAuthority().replaceFirst(".*@", "")
                + "/" + name;
    }

    /** A JDBC connection to a database named as this class names it. */
    public static Connection connect(String postgresUri) throws SQLException {
        URI uri = URI.create(postgresUri);
        String[] login = uri.getUserInfo().split(":", 2);
        Properties properties = new Properties();
        properties.setProperty("user", login[0]);
        properties.setProperty("password", login[1]);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), properties);
    }

    /** The Redis server, database 0: {@code redis://:password@host:port}. Its content is whatever tests left there. */
    public static String redisUri() {
        return Running.REDIS_URI;
    }

    /** One of the Redis server's other databases, in turn; the fifteenth caller shares with the first. */
    public static String freshRedis() {
        return Running.REDIS_URI + "/" + (1 + NEXT_REDIS_DATABASE.getAndIncrement() % (REDIS_DATABASES - 1));
    }

    /** Holds the running servers; loading the class starts them. */
    private static final class Running {
        static final String POSTGRES_URI;
        static final String REDIS_URI;

        static {
            try {
                DataDirectory directory = openFree();
                EmbeddedOptions options = new EmbeddedOptions(true, true, TARGET.resolve("embedded-binaries"));
                Path data = directory.path().resolve("embedded");
                if (Files.exists(data)) {
                    // Left by a killed run, perhaps with servers on it: starting takes those over.
                    EmbeddedServers.start(directory, options).close();
                    delete(data);
                }
                EmbeddedServers servers = EmbeddedServers.start(directory, options);
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                    servers.close();
                    delete(data);
                    directory.close();
                }));
                POSTGRES_URI = servers.postgresUri().orElseThrow();
                REDIS_URI = servers.redisUri().orElseThrow();
            } catch (StartupException e) {
                throw new ExceptionInInitializerError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ExceptionInInitializerError(e);
            }
        }

        /** Test JVMs of one module may run side by side, so the first directory that nobody owns is taken. */
        private static DataDirectory openFree() throws DataDirectoryException {
            for (int number = 0; ; number++) {
                try {
                    return DataDirectory.open(TARGET.resolve("test-servers-" + number));
                } catch (DataDirectoryException.InUse e) {
                    // The next one, then.
                }
            }
        }

        private static void delete(Path tree) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
