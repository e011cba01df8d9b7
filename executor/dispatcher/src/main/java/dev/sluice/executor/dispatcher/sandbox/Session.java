package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.config.log.Causes;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.ContentException;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The life of one sandbox process after it has connected, and what is in flight on it. */
final class Session {
    /** Something the session's owner must know. */
    interface Listener {
        /** It takes work now. */
        void ready(Session session);

        /** It wants to be replaced, but still runs. */
        void unwell(Session session, String reason);
    }

    /** One execution handed over. */
    private record Flight(
            Invocation invocation, CompletableFuture<Outcome> outcome, AtomicInteger calls, long overdueNanos) {
        UUID id() {
            return invocation.executionId();
        }

        boolean isOverdue(long now) {
            return now - overdueNanos > 0;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** What a JVM with ExitOnOutOfMemoryError answers. */
    private static final int OUT_OF_MEMORY = 3;

    /** An untrusted process that does not end an execution this long after its timeout is not working. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    /** Longest wait for the answer to a check; those before it in the process's queue included. */
    private static final Duration CHECK = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int REPLY_CHARACTERS = FrameChannel.MAX_FRAME_BYTES / 4;

    private final Outage unserved = new Outage(LOG, "host calls of executions fail");
    private final Process process;
    private final FrameChannel channel;
    private final TurnBoard board;
    private final SandboxOptions options;
    private final HostServices host;
    private final Listener listener;
    private final Map<UUID, Flight> flights = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<CheckResult>> checks = new ConcurrentHashMap<>();
    private final AtomicInteger lastCheck = new AtomicInteger();
    private volatile boolean dead;
    private volatile boolean unwanted;
    private volatile boolean jit;
    private final LongSupplier nanoTime;
    private volatile long heardNanos;

    Session(Launcher.Launched launched, SandboxOptions options, HostServices host, Listener listener) {
        this(launched, options, host, listener, System::nanoTime);
    }

    /** @param nanoTime the clock by which a process is found to be silent or to keep an execution too long */
    Session(Launcher.Launched launched, SandboxOptions options, HostServices host, Listener listener, LongSupplier nanoTime) {
        process = launched.process();
        channel = launched.channel();
        board = launched.board();
        this.nanoTime = nanoTime;
        heardNanos = nanoTime.getAsLong();
        this.options = options;
        this.host = host;
        this.listener = listener;
    }

    /** Serves the connection until the process is gone, then resolves what was in flight. Blocks. */
    void serve(String name) {
        Thread.ofPlatform().name(name + "-writer").daemon().start(this::pump);
        channel.send(new Frame.Configure(
                options.limits(), options.contextMode(), options.threads(), options.warmContexts()));
        String reason = "the sandbox process closed its connection";
        try {
            for (Frame frame = receive(); frame != null; frame = receive()) {
                handle(frame);
            }
        } catch (IOException | RuntimeException e) {
            reason = "the connection to the sandbox process broke: " + e.getMessage();
        }
        end(reason);
    }

    CompletionStage<Outcome> run(Invocation invocation) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        long overdue = nanoTime.getAsLong() + invocation.timeout().plus(OVERDUE).toNanos();
        Flight flight = new Flight(invocation, outcome, new AtomicInteger(), overdue);
        if (flights.putIfAbsent(invocation.executionId(), flight) != null) {
            // A lease was lost and won again while the first run goes on; its outcome will be refused by its fence.
            outcome.complete(new Outcome.Lost("the execution is in flight already", false));
            return outcome;
        }
        channel.send(new Frame.Start(invocation));
        if (dead && flights.remove(invocation.executionId(), flight)) {
            outcome.complete(new Outcome.Lost("the sandbox process ended", false));
        }
        return outcome;
    }

    void cancel(UUID executionId) {
        if (flights.containsKey(executionId)) {
            channel.send(new Frame.Cancel(executionId));
        }
    }

    CompletionStage<CheckResult> check(String code, Language language) {
        int id = lastCheck.incrementAndGet();
        CompletableFuture<CheckResult> result = new CompletableFuture<>();
        checks.put(id, result);
        channel.send(new Frame.Check(id, code, language));
        if (dead && checks.remove(id) != null) {
            result.complete(new CheckResult.Unavailable("the sandbox process ended"));
        }
        return result.completeOnTimeout(
                        new CheckResult.Unavailable("the sandbox took too long"), CHECK.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((_, _) -> checks.remove(id));
    }

    /** Called now and then: asks for a sign of life, and ends a process that gives none or keeps an execution. */
    void tend() {
        long now = nanoTime.getAsLong();
        if (now - heardNanos > SILENCE.toNanos()) {
            LOG.warn("sandbox process {} has been silent for {} s and is ended", pid(), SILENCE.toSeconds());
            process.destroyForcibly();
        } else if (flights.values().stream().anyMatch(flight -> flight.isOverdue(now))) {
            LOG.warn("sandbox process {} kept an execution beyond its timeout and is ended", pid());
            process.destroyForcibly();
        } else {
            channel.send(new Frame.Ping(0));
        }
    }

    int inFlight() {
        return flights.size();
    }

    boolean jit() {
        return jit;
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process, which is nobody's fault; {@link #serve} returns soon after. */
    void shut() {
        unwanted = true;
        channel.close();
        process.destroy();
    }

    /** The next frame whose content is as it must be. */
    private @Nullable Frame receive() throws IOException {
        while (true) {
            try {
                Frame frame = channel.receive();
                heardNanos = nanoTime.getAsLong();
                return frame;
            } catch (ContentException e) {
                LOG.warn("sandbox process {} sent in the name of execution {}: {}", pid(), e.executionId(), e.getMessage());
                fail(e.executionId(), "what the workflow asked for cannot be understood");
            }
        }
    }

    private void handle(Frame frame) throws IOException {
        switch (frame) {
            case Frame.Ready(boolean compiles, String engine) -> {
                jit = compiles;
                LOG.info("sandbox process {} is ready; JavaScript engine {}", pid(), engine.replaceAll("\\W", " "));
                listener.ready(this);
            }
            case Frame.Ended(var executionId, Outcome.Ended outcome) -> {
                Flight flight = flights.remove(executionId);
                if (flight != null) {
                    flight.outcome().complete(outcome);
                }
            }
            case Frame.Call(var executionId, int callId, HostCall call) -> call(executionId, callId, call);
            case Frame.Checked(int requestId, CheckResult result) -> {
                CompletableFuture<CheckResult> waiting = checks.remove(requestId);
                if (waiting != null) {
                    waiting.complete(result);
                }
            }
            case Frame.Unwell(String reason) -> listener.unwell(this, reason.replaceAll("\\p{Cntrl}", " "));
            case Frame.Pong _ -> {
                // Being heard is all that counts.
            }
            default -> throw new IOException("a sandbox may not send " + frame.getClass().getSimpleName());
        }
    }

    private void call(UUID executionId, int callId, HostCall call) {
        Flight flight = flights.get(executionId);
        if (flight == null) {
            return;
        }
        int most = options.limits().pendingHostCalls();
        if (flight.calls().incrementAndGet() > most) {
            // The sandbox holds its executions to the same limit: this one has got past it.
            LOG.warn("execution {} had more than {} calls pending and is ended", executionId, most);
            fail(executionId, "more than " + most + " calls are pending");
            return;
        }
        var _ = answer(flight.invocation(), call).whenComplete((reply, problem) -> {
            flight.calls().decrementAndGet();
            if (problem == null) {
                unserved.over();
            } else {
                unserved.failed("execution %s of organization %s: %s".formatted(
                        executionId, flight.invocation().tenant().organizationId(), Causes.of(problem)));
                LOG.debug("execution {}", executionId, problem);
            }
            // A later attempt of the same execution must not hear what an earlier one asked.
            if (!flight.outcome().isDone()) {
                channel.send(new Frame.Reply(executionId, callId, problem == null ? bounded(reply) : refusal()));
            }
        });
    }

    /** Ends one execution for what was sent in its name; the others on the same process go on. */
    private void fail(UUID executionId, String message) {
        Flight flight = flights.remove(executionId);
        if (flight != null) {
            channel.send(new Frame.Cancel(executionId));
            flight.outcome().complete(new Outcome.Failed(
                    new Outcome.WorkflowError("LimitError", message, null),
                    new Outcome.Run(Instant.now(), Duration.ZERO, Duration.ZERO, List.of(), false)));
        }
    }

    private CompletionStage<HostReply> answer(Invocation of, HostCall call) {
        try {
            return host.call(of, call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static HostReply bounded(HostReply reply) {
        return reply instanceof HostReply.Value(String json) && json != null && json.length() > REPLY_CHARACTERS
                ? new HostReply.Refused("LimitError", "the answer is too large")
                : reply;
    }

    private static HostReply refusal() {
        return new HostReply.Refused("ServiceError", "the service failed; see the operator's log");
    }

    private void pump() {
        try {
            channel.pump();
        } catch (IOException e) {
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            channel.close();
        }
    }

    private void end(String reason) {
        channel.close();
        dead = true;
        // Looked at twice: a process that broke the protocol lives on for a moment.
        Set<UUID> suspects = suspects();
        String why = exitCode() == OUT_OF_MEMORY ? "the sandbox process ran out of memory" : reason;
        suspects.addAll(suspects());
        for (UUID id : List.copyOf(flights.keySet())) {
            Flight flight = flights.remove(id);
            if (flight != null) {
                flight.outcome().complete(new Outcome.Lost(why, suspects.contains(id)));
            }
        }
        for (Integer id : List.copyOf(checks.keySet())) {
            CompletableFuture<CheckResult> waiting = checks.remove(id);
            if (waiting != null) {
                waiting.complete(new CheckResult.Unavailable(why));
            }
        }
    }

    /** Executions that may be why the process is lost: those that have a thread, or were kept beyond their timeout. */
    private Set<UUID> suspects() {
        Set<UUID> suspects = new HashSet<>();
        if (!unwanted) {
            long now = nanoTime.getAsLong();
            for (Flight flight : flights.values()) {
                if (flight.isOverdue(now) || board.holds(flight.id())) {
                    suspects.add(flight.id());
                }
            }
        }
        return suspects;
    }

    /** A process that has closed its connection has nothing left to do, so it gets little time to be gone. */
    private int exitCode() {
        try {
            if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }
}
