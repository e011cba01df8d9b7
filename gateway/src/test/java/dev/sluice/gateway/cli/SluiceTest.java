package dev.sluice.gateway.cli;

import dev.sluice.config.settings.SettingsException;
import dev.sluice.gateway.Gateway;
import dev.sluice.gateway.running.ProcessLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line as an operator meets it, in real processes with real servers. */
class SluiceTest {
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    private Path folder;

    private final List<SluiceProcess> started = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void nameTheDataDirectory() throws IOException {
        // Unpacking the servers' programs is most of a first start, so all tests share them.
        Path programs = Files.createDirectories(Path.of("target", "embedded-binaries").toAbsolutePath());
        Files.createSymbolicLink(Files.createDirectories(folder.resolve("data/embedded")).resolve("bin"), programs);
        // With what the README lets its readers export.
        environment = Map.of("SLUICE_DATA_DIR", folder.resolve("data").toString(), "SLUICE_HTTP_PORT", "0",
                "SLUICE_URL", "http://127.0.0.1:8080", "SLUICE_KEY", "fsk_live_x");
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        List<String> unexpected = new ArrayList<>();
        for (SluiceProcess process : started) {
            process.process.destroyForcibly().waitFor();
            unexpected.addAll(ProcessLog.unexpected(process.err(), List.of()));
        }
        run("stop");
        ProcessLog.verify(folder, unexpected);
    }

    @Test
    void aNodeStartsAnswersStatusAndStops() throws Exception {
        assertThat(run("status").exitCode()).as("status before").isEqualTo(1);
        SluiceProcess node = node().awaitReady();
        assertThat(node.out()).isNotBlank();

        Result status = run("status");
        assertThat(status.exitCode()).as("status while running").isZero();
        assertThat(status.out()).contains("process " + node.process.pid());

        Result stop = run("stop");
        assertThat(stop.exitCode()).isZero();
        assertThat(stop.out()).contains("stopped (process " + node.process.pid() + ")");
        assertThat(node.exitCode()).isEqualTo(SIGTERM_EXIT);
        assertThat(node.err()).contains("stopping", "stopped").doesNotContain("Exception", "ERROR");
        assertThat(run("status").out()).contains("not running");
        assertThat(folder.resolve("data/embedded/postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aSecondNodeIsRefusedAndTheFirstNotHarmed() throws Exception {
        SluiceProcess first = node("start").awaitReady();
        SluiceProcess second = node("start");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("is in use by another running Sluice").doesNotContain("\tat ");
        assertThat(run("status").out()).contains("process " + first.process.pid());
    }

    @Test
    void afterAKillTheNextStartIsAsGoodAsAny() throws Exception {
        SluiceProcess killed = node("start").awaitReady();
        killed.process.destroyForcibly().waitFor();
        assertThat(run("status").exitCode()).isEqualTo(1);
        SluiceProcess next = node("start").awaitReady();
        assertThat(next.err()).contains("stopping the embedded PostgreSQL", "stopping the embedded Redis");
        assertThat(next.out()).contains(folder.resolve("data/first-run.json").toString()).doesNotContain("curl", "fsk_");
    }

    @Test
    void stopAlsoStopsWhatAKilledNodeLeft() throws Exception {
        node("start").awaitReady().process.destroyForcibly().waitFor();
        Result stop = run("stop");
        assertThat(stop.exitCode()).isZero();
        assertThat(stop.out()).contains("stopped the embedded PostgreSQL", "stopped the embedded Redis");
    }

    @Test
    void aNodeToldToStopWhileItStartsLeavesNothing() throws Exception {
        SluiceProcess node = node("start");
        Awaitility.await().until(() -> Files.exists(folder.resolve("data/embedded/redis.endpoint")));
        node.process.destroy();
        assertThat(node.exitCode()).isEqualTo(SIGTERM_EXIT);
        assertThat(node.err()).doesNotContain("\tat ", "ERROR");
        assertThat(run("stop").out()).contains("not running").doesNotContain("killed node");
    }

    @Test
    void badSettingsAreRefusedInPlainLines() throws Exception {
        Path file = Files.writeString(folder.resolve("my.properties"), "http.prot=1\nlog.level=loud\n");
        Result refused = run("start", "--config", file.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("sluice: "));
        assertThat(refused.err()).contains("did you mean http.port?", "allowed is one of error, warn");
        assertThat(refused.err()).doesNotContain(SettingsException.class.getName());
    }

    @Test
    void statusAndStopNeedNoMoreThanTheDataDirectory() throws Exception {
        Path file = Files.writeString(folder.resolve("my.properties"), "log.level=loud\n");
        environment = new TreeMap<>(environment);
        environment.put("SLUICE_FOO", "1");
        for (String command : List.of("status", "stop")) {
            Result result = run(command, "--config", file.toString());
            assertThat(result.out()).contains("not running in " + folder.resolve("data"));
            assertThat(result.err().lines()).hasSize(2).allMatch(line -> line.startsWith("sluice: ignored: "));
        }
        environment.put("SLUICE_DATA_DIR", "");
        for (String command : List.of("status", "stop")) {
            Result refused = run(command);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).startsWith("sluice: data-dir has the value");
        }
    }

    @Test
    void aWorkerThatCouldNotWorkIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("my.properties"), "sandbox.processes=0\n");
        Result refused = run("worker", "--config", file.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).startsWith("sluice: sandbox.processes").contains("1 or more");
    }

    @Test
    void helpAndVersionNeedNoSettings() throws Exception {
        Result help = run("help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("start", "stop", "status", "worker", "bench", "version", "--config");
        assertThat(run("version").exitCode()).isZero();
        assertThat(run("no-such-command").exitCode()).isEqualTo(2);
    }

    /** Starts a node in a process of its own. */
    private SluiceProcess node(String... arguments) throws Exception {
        SluiceProcess process = SluiceProcess.start(folder, environment, arguments);
        started.add(process);
        return process;
    }

    /** Runs a command that ends by itself in this process. */
    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Sluice.commandLine(Gateway::start, environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private record Result(int exitCode, String out, String err) {}
}
