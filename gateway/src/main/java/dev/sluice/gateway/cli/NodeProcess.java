package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.embedded.EmbeddedOptions;
import dev.sluice.config.embedded.EmbeddedServers;
import dev.sluice.config.settings.Connections;
import dev.sluice.config.settings.Settings;
import dev.sluice.gateway.NodeOptions;
import dev.sluice.gateway.NodeStarter;
import dev.sluice.gateway.RunningNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * The life of a node's process: data directory, servers, node, wait, and back in reverse order.
 *
 * <p>Whatever the process is told and whenever, the servers are stopped after the node has drained.
 */
final class NodeProcess {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    /** What stopping may take besides the executions' grace time; less than {@code sluice stop} waits. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Settings settings;
    private final NodeStarter starter;
    private final boolean httpEdge;

    NodeProcess(Settings settings, NodeStarter starter, boolean httpEdge) {
        this.settings = settings;
        this.starter = starter;
        this.httpEdge = httpEdge;
    }

    /** Runs until the process is told to stop and returns its exit code. */
    int run() throws StartupException {
        try (StopSignal signal = new StopSignal(settings.executor().drainGrace().plus(STOP_LIMIT))) {
            try (DataDirectory directory = DataDirectory.open(settings.dataDir());
                    NodeRecordFile record = NodeRecordFile.create(directory, settings.executor().drainGrace())) {
                run(directory, record, signal);
            } catch (StartupException e) {
                if (!signal.requested()) {
                    throw e;
                }
                LOG.info("stopped while starting");
            } catch (InterruptedException e) {
                LOG.info("stopped while starting");
            }
            return 0;
        }
    }

    private void run(DataDirectory directory, NodeRecordFile record, StopSignal signal)
            throws StartupException, InterruptedException {
        EmbeddedOptions wanted =
                EmbeddedOptions.of(settings.postgres().embedded(), settings.redis().embedded());
        LOG.info("starting in {}{}", directory.path(), wanted.postgres() || wanted.redis()
                ? ", with embedded servers" : "");
        try (EmbeddedServers servers = EmbeddedServers.start(directory, wanted);
                RunningNode node = starter.start(
                        new NodeOptions(settings, connections(servers), directory.path(), httpEdge))) {
            record.ready(node.url());
            System.out.println(node.welcome());
            LOG.info("ready");
            signal.await();
            LOG.info("stopping: running executions have {} s", settings.executor().drainGrace().toSeconds());
        }
        LOG.info("stopped");
    }

    private Connections connections(EmbeddedServers servers) {
        return new Connections(
                servers.postgresUri().orElse(settings.postgres().uri()),
                servers.redisUri().map(List::of).orElse(settings.redis().uris()));
    }
}
