package dev.sluice.config.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes PostgreSQL's data directory with the product's role and database in it. */
final class PostgresCluster {
    static final String USER = "sluice";
    static final String DATABASE = "sluice";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path binaries;
    private final List<String> prefix;

    /**
     * Uses the programs of one PostgreSQL.
     *
     * @param prefix words to put before each command, see {@link UserNamespace}
     */
    PostgresCluster(Path binaries, List<String> prefix) {
        this.binaries = binaries;
        this.prefix = prefix;
    }

    /** Makes the cluster; it appears under its name only when complete. */
    void create(Path data, String password) throws EmbeddedServerException, IOException, InterruptedException {
        Path parent = data.resolveSibling("");
        Path partial = data.resolveSibling(data.getFileName() + ".partial");
        Path passwordFile = parent.resolve("initdb.password");
        FileTree.delete(partial);
        OwnerOnly.write(passwordFile, password + "\n");
        try {
            run(parent, "", "initdb", "--pgdata=" + partial, "--username=" + USER, "--pwfile=" + passwordFile,
                    "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256");
            run(parent, "CREATE DATABASE " + DATABASE + ";\n", "postgres", "--single", "-D", partial.toString(),
                    "-c", "exit_on_error=true", "postgres");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
        Disk.syncDirectory(parent);
    }

    private void run(Path directory, String input, String program, String... arguments)
            throws EmbeddedServerException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path log = directory.resolve("initdb.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        ServerProcess.restrictEnvironment(builder.environment());
        Process process = builder.start();
        try {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new EmbeddedServerException.StartFailed("embedded PostgreSQL: " + program
                        + " took longer than " + LIMIT.toSeconds() + " s" + LogTail.of(log));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new EmbeddedServerException.StartFailed("embedded PostgreSQL: " + program + " failed with exit code "
                    + process.exitValue() + LogTail.of(log));
        }
    }
}
