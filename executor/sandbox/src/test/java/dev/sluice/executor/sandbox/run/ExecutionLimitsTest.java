package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.js.RealmHost;
import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What an execution allows a realm that asks without end: no JavaScript is between the two here. */
class ExecutionLimitsTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), 1L << 30, 1_000, 5, 100, 10, 20);
    private static final HostCall GET = new HostCall.StateGet(HostCall.StateScope.ORG, "k");
    private static final JavaScript JAVASCRIPT = new JavaScript(LIMITS);

    private final Queue<Frame> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Outcome> ended = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    private final Execution execution = new Execution(invocation(), new Services(
            LIMITS, Clock.systemUTC(), new TurnPool(0, board()), timers, new Realms(JAVASCRIPT, ContextMode.WARM, 0, Runnable::run),
            new Programs(), new Reaper(timers, reason -> {}), sent::add, (_, outcome) -> ended.add(outcome), complaint -> {}));

    @AfterAll
    static void close() {
        JAVASCRIPT.close();
    }

    @Test
    void noMoreCallsGoOutThanMayBePending() {
        assertThat(IntStream.range(0, 5_000).map(i -> execution.call(GET)).filter(id -> id != RealmHost.REFUSED))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(sent).hasSize(10);
        execution.reply(77, new HostReply.Value(null));
        assertThat(execution.call(GET)).as("an answer to nothing frees nothing").isEqualTo(RealmHost.REFUSED);
    }

    @Test
    void noMoreMemoryIsOnItsWayThanEightResults() {
        HostCall large = new HostCall.StateSet(HostCall.StateScope.ORG, "k", "x".repeat(999), null);
        assertThat(IntStream.range(0, 20).map(i -> execution.call(large)).filter(id -> id != RealmHost.REFUSED)).hasSize(8);
    }

    @Test
    void aValueIsMeasuredInBytes() {
        execution.call(new HostCall.StateSet(HostCall.StateScope.ORG, "k", "é".repeat(501), null));
        assertThat(sent).isEmpty();
        execution.call(new HostCall.StateSet(HostCall.StateScope.ORG, "k", "é".repeat(500), null));
        assertThat(sent).hasSize(1);
    }

    @Test
    void noMoreTimersAreSetThanMayBePending() {
        assertThat(IntStream.range(0, 5_000).map(i -> execution.setTimer(1_000_000, i % 2 == 0)).filter(id -> id > 0)).hasSize(20);
        execution.clearTimer(3);
        execution.clearTimer(3);
        execution.clearTimer(99);
        assertThat(execution.setTimer(1_000_000, false)).isEqualTo(21);
        assertThat(execution.setTimer(1_000_000, false)).isEqualTo(RealmHost.REFUSED);
    }

    @Test
    void logAndResultAreBoundedInBytes() {
        for (int i = 0; i < 100; i++) {
            execution.log(Outcome.Level.LOG, "😀".repeat(1_000));
        }
        execution.completed("\"" + "é".repeat(500) + "\"");
        execution.abort(Ending.cancelled());
        assertThat(ended).singleElement().isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().message()).contains("larger than 1000 bytes");
            assertThat(failed.run().logs()).singleElement().satisfies(line -> assertThat(line.message()).isEqualTo("😀".repeat(25)));
            assertThat(failed.run().logsTruncated()).isTrue();
        });
    }

    @Test
    void nothingIsAllowedAfterTheEnd() {
        execution.broken();
        assertThat(execution.call(GET)).isEqualTo(RealmHost.REFUSED);
        assertThat(execution.setTimer(1, true)).isEqualTo(RealmHost.REFUSED);
        assertThat(sent).isEmpty();
    }

    private static TurnBoard board() {
        try {
            Path file = Files.createTempFile("board", null);
            Files.delete(file);
            TurnBoard board = TurnBoard.create(file, 1);
            Files.delete(file);
            return board;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Invocation invocation() {
        return new Invocation(UUID.randomUUID(), new UUID(0, 1), 1, new Invocation.Tenant(new UUID(0, 2), null),
                new Invocation.Workflow(new UUID(0, 3), "w", new UUID(0, 4), 1, ""), null, Map.of(), new byte[0],
                Duration.ofMinutes(1));
    }
}
