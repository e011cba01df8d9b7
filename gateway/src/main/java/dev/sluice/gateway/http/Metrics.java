package dev.sluice.gateway.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * {@code /metrics} in Prometheus' text form. Others count in plain adders, and this reads them when asked: counting costs
 * the hot path one add.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    /** Metrics of the JVM, and nothing else yet. */
    public Metrics() {
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Shows an adder as a counter with one label. */
    public Metrics counter(String name, String label, String value, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::sum).tag(label, value).register(registry);
        return this;
    }

    /** Shows a number as it is at the moment. */
    public Metrics gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
        return this;
    }

    /** Answers with all of them. */
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
