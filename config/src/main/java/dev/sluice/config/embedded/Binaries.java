package dev.sluice.config.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;

/**
 * The bundled servers' programs, unpacked into a folder of their own version.
 *
 * <p>A folder appears under its final name only when it is complete, so an interrupted start leaves none half unpacked.
 */
final class Binaries {
    private static final String POSTGRES_ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String REDIS_PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";

    private final Path folder;
    private final Properties versions = new Properties();

    Binaries(Path folder) throws IOException {
        this.folder = folder;
        try (InputStream in = Bundled.open("versions.properties")) {
            versions.load(in);
        }
    }

    /** Refuses a platform for which no servers are bundled. */
    static void requireSupportedPlatform() throws EmbeddedServerException {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)")) {
            throw new EmbeddedServerException.Unsupported(
                    "servers are bundled for Linux on x86-64, and this is " + system);
        }
    }

    /** The major version of the bundled PostgreSQL, as in its {@code PG_VERSION} file. */
    String postgresMajor() {
        return version("postgres").replaceFirst("\\..*", "");
    }

    /** The folder that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
    Path postgres() throws IOException {
        return unpacked("postgres-" + version("postgres"), target -> {
            try (InputStream in = new BufferedInputStream(Bundled.open(POSTGRES_ARCHIVE), 1 << 16)) {
                TarXz.unpack(in, target);
            }
        });
    }

    /** The Redis server program. */
    Path redisServer() throws IOException {
        return unpacked("redis-" + version("redis"), target -> {
            Path program = target.resolve("redis-server");
            try (InputStream in = Bundled.open(REDIS_PROGRAM)) {
                Files.copy(in, program);
            }
            Files.setPosixFilePermissions(program, OwnerOnly.DIRECTORY);
        }).resolve("redis-server");
    }

    private Path unpacked(String name, Unpacking unpacking) throws IOException {
        Path complete = folder.resolve(name);
        if (Files.isDirectory(complete)) {
            return complete;
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempDirectory(folder, name + ".partial-");
        try {
            unpacking.into(partial);
            Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process that shares the folder was faster.
            FileTree.delete(partial);
        } catch (IOException e) {
            FileTree.delete(partial);
            throw e;
        }
        return complete;
    }

    private String version(String server) {
        return versions.getProperty(server);
    }

    @FunctionalInterface
    private interface Unpacking {
        void into(Path target) throws IOException;
    }
}
