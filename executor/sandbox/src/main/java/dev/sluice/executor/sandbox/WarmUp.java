package dev.sluice.executor.sandbox;

import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.run.Executions;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs a small workflow of its own over and over, the whole way that a tenant's goes, so that the first executions
 * find classes loaded and hot paths compiled.
 */
final class WarmUp implements Consumer<Frame.FromSandbox> {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Duration BUDGET = Duration.ofMillis(800);
    private static final int ENOUGH = 3_000;
    private static final byte[] BODY = ("{\"id\":7,\"type\":\"order.created\",\"items\":[{\"sku\":\"a\",\"price\":1.5},"
            + "{\"sku\":\"b\",\"price\":2}],\"text\":\"warm\"}").getBytes(StandardCharsets.UTF_8);
    private static final String CODE =
            """
            export default async function (ctx) {
              const { input, headers } = ctx;
              const seen = await fastn.state.get(`seen:${input.id}`);
              const total = input.items.map((item) => item.price).reduce((sum, price) => sum + price, 0);
              console.log('total', total, headers);
              return { ok: true, total, seen, type: input.type.toUpperCase() };
            }
            """;

    private static final int IN_FLIGHT = 2;

    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private volatile @Nullable Executions executions;
    private volatile @Nullable Outcome failure;

    /**
     * Warms up {@code executions}, whose frames must go to {@link #accept} meanwhile. Blocks until all is quiet again.
     */
    void run(Executions target) throws InterruptedException {
        executions = target;
        long end = System.nanoTime() + BUDGET.toNanos();
        for (int i = 0; i < ENOUGH && failure == null && System.nanoTime() < end; i++) {
            room.acquire();
            target.start(new Invocation(
                    new UUID(0, i), NOBODY, 1, new Invocation.Tenant(NOBODY, null),
                    new Invocation.Workflow(NOBODY, "warm-up", NOBODY, 1, CODE), null,
                    Map.of("content-type", "application/json"), BODY, Duration.ofMinutes(1)));
        }
        room.acquire(IN_FLIGHT);
        target.dropIdle();
        Outcome broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the warm-up workflow did not complete: " + broken);
        }
    }

    @Override
    public void accept(Frame.FromSandbox frame) {
        Executions target = executions;
        if (frame instanceof Frame.Ended(var _, Outcome.Ended outcome)) {
            if (!(outcome instanceof Outcome.Completed)) {
                failure = outcome;
            }
            room.release();
        } else if (frame instanceof Frame.Call(var executionId, int callId, HostCall _) && target != null) {
            target.reply(new Frame.Reply(executionId, callId, new HostReply.Value("{\"at\":1}")));
        }
    }
}
