package dev.sluice.quota.redis;

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
final class RedisClusterProcesses implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Pattern RANGE = Pattern.compile(" (\\d+)-(\\d+)");

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisClusterProcesses() {}

    static RedisClusterProcesses start() {
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
        for (int i = 0; i < MASTERS; i++) {
            RedisProcess replica = nodes.get(MASTERS + i);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> replica.ask(redis -> redis.info("replication")).contains("master_link_status:up"));
        }
    }

    private static long knownNodes(RedisProcess node) {
        return node.ask(RedisCommands::clusterNodes).lines()
                .filter(line -> !line.contains("handshake") && line.contains("connected"))
                .count();
    }

    void awaitWhole() {
        for (RedisProcess node : nodes) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.ask(RedisCommands::clusterInfo).contains("cluster_state:ok"));
        }
    }

    List<String> uris() {
        return nodes.stream().map(RedisProcess::uri).toList();
    }

    /** The node that serves a key now. */
    RedisProcess masterOf(String key) {
        long slot = nodes.getLast().ask(redis -> redis.clusterKeyslot(key));
        String line = nodes.getLast().ask(RedisCommands::clusterNodes).lines()
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
