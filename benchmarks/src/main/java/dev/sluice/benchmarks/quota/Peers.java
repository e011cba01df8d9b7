package dev.sluice.benchmarks.quota;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What Sluice is measured beside, all on one connection set up like its own. */
final class Peers {
    private static final long AMPLE = 1_000_000_000L;
    private static final String TWO_COUNTERS = """
            local day = redis.call('INCR', KEYS[1])
            if day == 1 then redis.call('EXPIRE', KEYS[1], 86400) end
            local minute = redis.call('INCR', KEYS[2])
            if minute == 1 then redis.call('EXPIRE', KEYS[2], 60) end
            return {day, minute}
            """;

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final int keys;
    private final int inFlight;

    Peers(StatefulRedisConnection<byte[], byte[]> connection, int keys, int inFlight) {
        this.connection = connection;
        this.keys = keys;
        this.inFlight = inFlight;
    }

    List<Contestant> all() {
        return List.of(
                contestant("Lettuce PING", i -> connection.async().ping()),
                contestant("one Lua script, two counters, one hot key", script(1)),
                contestant("one Lua script, two counters, " + keys + " keys", script(keys)),
                contestant("Bucket4j, one hot key", bucket4j(1, Optimization.NONE_OPTIMIZED)),
                contestant("Bucket4j, " + keys + " keys", bucket4j(keys, Optimization.NONE_OPTIMIZED)),
                contestant("Bucket4j, batching, one hot key", bucket4j(1, Optimizations.batching())),
                contestant("Bucket4j, batching, " + keys + " keys", bucket4j(keys, Optimizations.batching())));
    }

    private Contestant contestant(String name, IntFunction<CompletionStage<?>> call) {
        return new Contestant(name, seconds -> ClosedLoop.rate(call, inFlight, seconds));
    }

    private IntFunction<CompletionStage<?>> script(int among) {
        RedisAsyncCommands<byte[], byte[]> redis = connection.async();
        String digest = connection.sync().scriptLoad(TWO_COUNTERS);
        List<byte[][]> pairs = IntStream.range(0, among)
                .mapToObj(i -> new byte[][] {ascii("{lua" + i + "}d"), ascii("{lua" + i + "}m")}).toList();
        return i -> redis.evalsha(digest, ScriptOutputType.MULTI, pairs.get(i % among));
    }

    private IntFunction<CompletionStage<?>> bucket4j(int among, Optimization optimization) {
        Bucket4jPeer peer = new Bucket4jPeer(connection, TimeMeter.SYSTEM_MILLISECONDS, AMPLE, AMPLE);
        List<AsyncBucketProxy> buckets = IntStream.range(0, among)
                .mapToObj(i -> peer.bucket("bucket" + among + optimization.getClass() + i, optimization)).toList();
        return i -> buckets.get(i % among).tryConsumeAndReturnRemaining(1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
