package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.awaitility.core.ConditionTimeoutException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A pool on real processes, and short ways to run code on it. */
final class Sandboxed implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final Limits LIMITS =
            new Limits(Duration.ofSeconds(2), 4L << 30, 64 << 10, 50, 8 << 10, 10, 20);

    final StateMap state = new StateMap();
    final SandboxPool pool;

    /** What a test may want to vary of an invocation. */
    record Run(String code, String body, UUID versionId, UUID organizationId, UUID customerId, Duration timeout) {
        Run(String code) {
            this(code, "{}", UUID.nameUUIDFromBytes(code.getBytes(StandardCharsets.UTF_8)), new UUID(1, 1),
                    new UUID(2, 2), TIMEOUT);
        }

        Run body(String newBody) {
            return new Run(code, newBody, versionId, organizationId, customerId, timeout);
        }

        Run customer(UUID id) {
            return new Run(code, body, versionId, organizationId, id, timeout);
        }

        Run version(UUID id) {
            return new Run(code, body, id, organizationId, customerId, timeout);
        }

        Run timeout(Duration newTimeout) {
            return new Run(code, body, versionId, organizationId, customerId, newTimeout);
        }

        Invocation invocation() {
            return new Invocation(
                    UUID.randomUUID(), new UUID(3, 3), 1,
                    new Invocation.Tenant(organizationId, new Invocation.Customer(customerId, "acme")),
                    new Invocation.Workflow(new UUID(4, 4), "greet", versionId, 7, code),
                    new Invocation.TriggerSource(new UUID(5, 5), "webhook", "orders \"new\""),
                    Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8), timeout);
        }
    }

    Sandboxed(SandboxOptions options) {
        pool = SandboxPool.start(options, state);
        try {
            awaitReady(options.processes());
        } catch (ConditionTimeoutException e) {
            // Processes that are started again and again would slow down whatever is tested next.
            close();
            throw e;
        }
    }

    Sandboxed() {
        this(options(ContextMode.WARM));
    }

    static SandboxOptions options(ContextMode mode) {
        return options(mode, 256);
    }

    static SandboxOptions options(ContextMode mode, int heapMebibytes) {
        return new SandboxOptions(
                1, 64, 2, heapMebibytes, mode, 16, LIMITS, Path.of(System.getProperty("java.home")),
                SandboxInstallation.fromProperty(), true, Duration.ofSeconds(30));
    }

    void awaitReady(int processes) {
        await().atMost(30, TimeUnit.SECONDS).until(() -> pool.status().ready() == processes);
    }

    CompletableFuture<Outcome> start(Invocation invocation) {
        assertThat(pool.tryReserve()).isTrue();
        return pool.run(invocation).toCompletableFuture();
    }

    CompletableFuture<Outcome> startAlone(Invocation invocation) {
        assertThat(pool.tryReserve()).isTrue();
        return pool.run(invocation, true).toCompletableFuture();
    }

    Outcome run(Run run) {
        return start(run.invocation()).orTimeout(30, TimeUnit.SECONDS).join();
    }

    Outcome run(String code) {
        return run(new Run(code));
    }

    /** Runs to the end and returns the result. */
    String result(Run run) {
        return result(run(run));
    }

    String result(String code) {
        return result(new Run(code));
    }

    static String result(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return new String(((Outcome.Completed) outcome).resultJson(), StandardCharsets.UTF_8);
    }

    /** Wraps statements in a workflow. */
    static String workflow(String statements) {
        return "export default async function (ctx) {\n" + statements + "\n}\n";
    }

    @Override
    public void close() {
        pool.close(Duration.ZERO);
    }
}
