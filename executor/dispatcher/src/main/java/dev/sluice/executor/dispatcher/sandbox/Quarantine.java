package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Where executions run that may have brought down a sandbox process: each alone in a process of its own, so that the loss
 * of that one is surely its own doing, and takes nobody along. Has two lanes, so that what may take hours does not hold up
 * what takes a minute; in each, one runs at a time and a bounded number waits. A workflow version that has lost a process
 * while alone runs here for a while, whatever its executions did.
 */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration GUILT = Duration.ofMinutes(10);
    private static final Duration FULL = Duration.ofSeconds(15);
    private static final int MOST_GUILTY = 1_000;

    private final QuarantineLane brief;
    private final QuarantineLane lengthy;
    private final LongSupplier nanoTime;

    /** Versions that have lost a process while alone, with the time until which they run here. */
    private final Map<UUID, Long> guilty = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
            return size() > MOST_GUILTY;
        }
    };

    Quarantine(SandboxOptions options, Launcher launcher, HostServices host, LongSupplier nanoTime) {
        brief = new QuarantineLane(options.processes(), options, launcher, host);
        lengthy = new QuarantineLane(options.processes() + 1, options, launcher, host);
        this.nanoTime = nanoTime;
    }

    /** Whether executions of this workflow version belong here even if they have done nothing yet. */
    boolean isFor(Invocation invocation) {
        UUID version = invocation.workflow().versionId();
        synchronized (guilty) {
            Long until = guilty.get(version);
            if (until != null && nanoTime.getAsLong() - until > 0) {
                guilty.remove(version);
                until = null;
            }
            return until != null;
        }
    }

    /** Runs an execution alone, when its time has come; postponed where too many wait. */
    CompletionStage<Outcome> run(Invocation invocation) {
        QuarantineLane lane = invocation.timeout().compareTo(SHORT) > 0 ? lengthy : brief;
        CompletableFuture<Outcome> outcome = lane.offer(invocation);
        return outcome == null
                ? CompletableFuture.completedStage(new Outcome.Postponed(FULL))
                : outcome.whenComplete((ended, _) -> judge(invocation, ended));
    }

    void cancel(UUID executionId) {
        lanes().forEach(lane -> lane.cancel(executionId));
    }

    /** Called now and then. */
    void tend() {
        lanes().forEach(QuarantineLane::tend);
    }

    /** Executions that run or wait. */
    int size() {
        return brief.size() + lengthy.size();
    }

    /** Ends what runs and gives back what waits. Blocks until the processes are gone. */
    void close() {
        lanes().forEach(QuarantineLane::close);
    }

    private List<QuarantineLane> lanes() {
        return List.of(brief, lengthy);
    }

    private void judge(Invocation invocation, Outcome outcome) {
        if (outcome instanceof Outcome.Lost(String reason, boolean suspect) && suspect) {
            LOG.warn("{} brought down a sandbox process that it had for itself ({}) and its version runs alone for {} min",
                    invocation, reason, GUILT.toMinutes());
            synchronized (guilty) {
                guilty.remove(invocation.workflow().versionId());
                guilty.put(invocation.workflow().versionId(), nanoTime.getAsLong() + GUILT.toNanos());
            }
        }
    }
}
