package dev.sluice.benchmarks.ingress;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a load on one event loop and measures every answer. In an open loop a request is due by the clock and its latency
 * counts from then, so that a server that stalls cannot hide it (G. Tene, "How NOT to Measure Latency").
 */
final class LoadGenerator implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));

    /** Runs a load for a warm-up that is not counted and then for the time that is. */
    LoadResult run(Load load, Duration warmUp, Duration measured) {
        Promise<LoadResult> done = Promise.promise();
        vertx.runOnContext(ignored -> start(load, warmUp, measured).onComplete(done));
        return done.future().await();
    }

    private Future<LoadResult> start(Load load, Duration warmUp, Duration measured) {
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        Recorder recorder = new Recorder();
        Buffer request = Buffer.buffer(load.request());
        List<Future<Connection>> connecting = new ArrayList<>();
        for (int i = 0; i < load.connections(); i++) {
            int index = i;
            connecting.add(client.connect(load.port(), "127.0.0.1")
                    .map(socket -> new Connection(socket, request, load, index, recorder)));
        }
        Promise<LoadResult> result = Promise.promise();
        Future.all(connecting).onFailure(result::fail).onSuccess(all -> {
            connecting.forEach(connection -> connection.result().start());
            long ticker = load.ratePerSecond() > 0
                    ? vertx.setPeriodic(1, tick -> connecting.forEach(connection -> connection.result().sendWhatIsDue()))
                    : -1;
            vertx.setTimer(warmUp.toMillis(), warm -> {
                recorder.reset();
                long begun = System.nanoTime();
                vertx.setTimer(measured.toMillis(), end -> {
                    double seconds = (double) (System.nanoTime() - begun) / 1e9;
                    Histogram latencies = recorder.latencies.copy();
                    long errors = recorder.errors;
                    vertx.cancelTimer(ticker);
                    connecting.forEach(connection -> connection.result().stop());
                    client.close();
                    result.complete(new LoadResult(seconds, latencies, errors));
                });
            });
        });
        return result.future();
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    /** Counts answers; all on one event loop. */
    static final class Recorder {
        private static final long MAX_MICROS = 60_000_000;

        final Histogram latencies = new Histogram(MAX_MICROS, 3);
        long errors;

        void answered(long dueNanos, boolean expected) {
            if (expected) {
                latencies.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - dueNanos) / 1000));
            } else {
                errors++;
            }
        }

        void reset() {
            latencies.reset();
            errors = 0;
        }
    }
}
