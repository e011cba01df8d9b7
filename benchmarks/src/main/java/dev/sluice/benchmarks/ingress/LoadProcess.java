package dev.sluice.benchmarks.ingress;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;

/**
 * A load generator in a process of its own, as callers are: what one of them compiles, collects or waits for does not
 * stop the clock of another.
 */
final class LoadProcess implements AutoCloseable {
    private final ChildJvm process;

    private LoadProcess(ChildJvm process) {
        this.process = process;
    }

    /**
     * Starts one; it keeps what it has compiled from one load to the next.
     *
     * @param prefix words to put before its command
     */
    static LoadProcess start(Path log, List<String> prefix) throws IOException {
        return new LoadProcess(ChildJvm.startPiped(log, prefix, LoadProcess.class.getName()));
    }

    /** Runs a load as {@link LoadGenerator#run} does. */
    LoadResult run(Load load, Duration warmUp, Duration measured) {
        String answer = process.ask(new JsonObject()
                .put("port", load.port()).put("path", load.path()).put("headers", new JsonObject(Map.copyOf(load.headers())))
                .put("body", load.body()).put("connections", load.connections()).put("rate", load.ratePerSecond())
                .put("status", load.expectedStatus())
                .put("warmUp", warmUp.toMillis()).put("measured", measured.toMillis())
                .encode());
        JsonObject result = new JsonObject(answer);
        try {
            return new LoadResult(result.getDouble("seconds"),
                    Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(result.getBinary("latencies")), 0),
                    result.getLong("errors"));
        } catch (DataFormatException e) {
            throw new IllegalStateException("the load generator's answer cannot be read", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    /** The process itself: a load a line in, a result a line out. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LoadGenerator generator = new LoadGenerator()) {
            for (@Nullable String line = orders.readLine(); line != null; line = orders.readLine()) {
                answers.println(perform(generator, new JsonObject(line)).encode());
            }
        }
    }

    private static JsonObject perform(LoadGenerator generator, JsonObject order) {
        Map<String, String> headers = new HashMap<>();
        order.getJsonObject("headers").forEach(header -> headers.put(header.getKey(), header.getValue().toString()));
        LoadResult result = generator.run(
                new Load(order.getInteger("port"), order.getString("path"), headers, order.getBinary("body"),
                        order.getInteger("connections"), order.getDouble("rate"), order.getInteger("status")),
                Duration.ofMillis(order.getLong("warmUp")), Duration.ofMillis(order.getLong("measured")));
        ByteBuffer encoded = ByteBuffer.allocate(result.latencies().getNeededByteBufferCapacity());
        int length = result.latencies().encodeIntoCompressedByteBuffer(encoded);
        byte[] latencies = new byte[length];
        encoded.rewind().get(latencies);
        return new JsonObject().put("seconds", result.seconds()).put("errors", result.errors()).put("latencies", latencies);
    }
}
