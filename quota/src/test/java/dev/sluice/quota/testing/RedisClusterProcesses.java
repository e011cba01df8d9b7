package dev.sluice.quota.testing;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.awaitility.Awaitility.await;

/** A real Redis Cluster on loopback: three masters with one replica each. */
public final class RedisClusterProcesses implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Pattern RANGE = Pattern.compile(" (\\d+)-(\\d+)");

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisClusterProcesses() {}

    public static RedisClusterProcesses start() {
        RedisClusterProcesses cluster = new RedisClusterProcesses();
        for (int i = 0; i < 2 * MASTERS; i++) {
            cluster.nodes.add(RedisProcess.start(
                    "--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--repl-diskless-sync", "yes",
                    "--repl-diskless-sync-delay", "0", "--cluster-replica-validity-factor", "0"));
        }
        cluster.form();
        return cluster;
    }

    private void form() {
        for (int i = 0; i < MASTERS; i++) {
            int from = SLOTS * i / MASTERS;
            int to = SLOTS * (i + 1) / MASTERS;
            int epoch = i + 1;
            nodes.get(i).ask(redis -> redis.clusterAddSlots(IntStream.range(from, to).toArray()));
            nodes.get(i).ask(redis -> redis.clusterSetConfigEpoch(epoch));
        }
        for (RedisProcess node : nodes.subList(1, nodes.size())) {
            nodes.getFirst().ask(redis -> redis.clusterMeet("127.0.0.1", node.port()));
        }
        for (RedisProcess node : nodes) {
            await().atMost(Duration.ofSeconds(20)).until(() -> knownNodes(node) == nodes.size());
        }
        for (int i = 0; i < MASTERS; i++) {
            String master = nodes.get(i).ask(RedisCommands::clusterMyId);
            RedisProcess replica = nodes.get(MASTERS + i);
            await().atMost(Duration.ofSeconds(20)).ignoreException(RedisException.class)
                    .until(() -> "OK".equals(replica.ask(redis -> redis.clusterReplicate(master))));
        }
        awaitWhole();
    }

    private static long knownNodes(RedisProcess node) {
        return node.ask(RedisCommands::clusterNodes).lines()
                .filter(line -> !line.contains("handshake") && line.contains("connected"))
                .count();
    }

    /** Waits until all nodes agree that all slots are served, and every master has a replica that follows it. */
    public void awaitWhole() {
        for (RedisProcess node : nodes) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.ask(RedisCommands::clusterInfo).contains("cluster_state:ok"));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> nodes.stream()
                .filter(node -> node.ask(redis -> redis.info("replication")).contains("master_link_status:up"))
                .count() == MASTERS);
    }

    public List<String> uris() {
        return nodes.stream().map(RedisProcess::uri).toList();
    }

    /** The node that serves a key now. */
    public RedisProcess masterOf(String key) {
        RedisProcess witness = nodes.stream().filter(RedisProcess::isAlive).findFirst().orElseThrow();
        long slot = witness.ask(redis -> redis.clusterKeyslot(key));
        String line = witness.ask(RedisCommands::clusterNodes).lines()
                .filter(each -> each.contains("master") && !each.contains("fail") && holds(each, slot))
                .findFirst().orElseThrow();
        return nodes.stream().filter(node -> line.contains(":" + node.port() + "@")).findFirst().orElseThrow();
    }

    private static boolean holds(String line, long slot) {
        Matcher ranges = RANGE.matcher(line);
        while (ranges.find()) {
            if (Long.parseLong(ranges.group(1)) <= slot && slot <= Long.parseLong(ranges.group(2))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
