package dev.sluice.config.embedded;

import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.datadirectory.DataDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OrphanedServersTest {
    private static final Path BINARIES = Path.of("target", "embedded-binaries").toAbsolutePath();
    private static final EmbeddedOptions OPTIONS = new EmbeddedOptions(true, true, BINARIES);

    @TempDir
    private Path data;

    @Test
    void theNextStartReplacesServersThatAKilledProcessLeft() throws Exception {
        List<ProcessHandle> orphans = orphans();
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedServers servers = EmbeddedServers.start(directory, OPTIONS)) {
            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            assertThat(RedisCommands.send(servers.redisUri().orElseThrow(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void orphansCanBeStoppedWithoutStarting() throws Exception {
        List<ProcessHandle> orphans = orphans();
        try (DataDirectory directory = DataDirectory.open(data)) {
            assertThat(EmbeddedServers.stopOrphans(directory)).containsExactly("PostgreSQL", "Redis");
            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            assertThat(EmbeddedServers.stopOrphans(directory)).isEmpty();
        }
    }

    @Test
    void aForeignProcessWithTheRecordedIdIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try (DataDirectory directory = DataDirectory.open(data)) {
            Files.createDirectories(data.resolve("embedded"));
            Files.writeString(data.resolve("embedded/redis.pid"), stranger.pid() + "\n");
            try (EmbeddedServers servers =
                    EmbeddedServers.start(directory, new EmbeddedOptions(false, true, BINARIES))) {
                assertThat(servers.redisUri()).isPresent();
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsServersKeepRunning() throws Exception {
        Process owner = start();
        List<ProcessHandle> servers = servers(owner);
        assertThatExceptionOfType(DataDirectoryException.InUse.class)
                .isThrownBy(() -> DataDirectory.open(data))
                .withMessageContaining(data.toRealPath().toString())
                .withMessageContaining("in use by another running Sluice");
        assertThat(servers).allMatch(ProcessHandle::isAlive);
        owner.destroyForcibly().waitFor();
        try (DataDirectory directory = DataDirectory.open(data)) {
            EmbeddedServers.stopOrphans(directory);
        }
    }

    private List<ProcessHandle> orphans() throws Exception {
        Process owner = start();
        List<ProcessHandle> orphans = servers(owner);
        owner.destroyForcibly().waitFor();
        assertThat(orphans).as("servers outlive a killed owner").allMatch(ProcessHandle::isAlive);
        return orphans;
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"),
                OrphanMaker.class.getName(), data.toString(), BINARIES.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> servers(Process owner) throws Exception {
        try (BufferedReader output = owner.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // Whatever the logging library prints first.
                if (line.matches("\\d+ \\d+")) {
                    return Arrays.stream(line.split(" ", -1))
                            .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                            .toList();
                }
            }
        }
        throw new AssertionError("the process ended without starting its servers");
    }
}
