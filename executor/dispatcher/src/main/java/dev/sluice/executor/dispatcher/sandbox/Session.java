package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.config.log.Causes;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
            Invocation invocation, CompletableFuture<Outcome> outcome, AtomicInteger calls, long overdueNanos) {}

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
    private final SandboxOptions options;
    private final HostServices host;
    private final Listener listener;
    private final Map<UUID, Flight> flights = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<CheckResult>> checks = new ConcurrentHashMap<>();
    private final AtomicInteger lastCheck = new AtomicInteger();
    private volatile boolean dead;
    private volatile boolean jit;
    private volatile long heardNanos = System.nanoTime();

    Session(Launcher.Launched launched, SandboxOptions options, HostServices host, Listener listener) {
        process = launched.process();
        channel = launched.channel();
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
            for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
                heardNanos = System.nanoTime();
                handle(frame);
            }
        } catch (IOException | RuntimeException e) {
            reason = "the connection to the sandbox process broke: " + e.getMessage();
        }
        end(reason);
    }

    CompletionStage<Outcome> run(Invocation invocation) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        long overdue = System.nanoTime() + invocation.timeout().plus(OVERDUE).toNanos();
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
        long now = System.nanoTime();
        if (now - heardNanos > SILENCE.toNanos()) {
            LOG.warn("sandbox process {} has been silent for {} s and is ended", pid(), SILENCE.toSeconds());
            process.destroyForcibly();
        } else if (flights.values().stream().anyMatch(flight -> now - flight.overdueNanos() > 0)) {
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

    /** Ends the process; {@link #serve} returns soon after. */
    void shut() {
        channel.close();
        process.destroy();
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

    private void call(UUID executionId, int callId, HostCall call) throws IOException {
        Flight flight = flights.get(executionId);
        if (flight == null) {
            return;
        }
        if (flight.calls().incrementAndGet() > options.limits().pendingHostCalls()) {
            throw new IOException("more calls pending than allowed");
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
            channel.send(new Frame.Reply(executionId, callId, problem == null ? bounded(reply) : refusal()));
        });
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
        boolean outOfMemory = exitCode() == OUT_OF_MEMORY;
        String why = outOfMemory ? "the sandbox process ran out of memory" : reason;
        for (UUID id : List.copyOf(flights.keySet())) {
            Flight flight = flights.remove(id);
            if (flight != null) {
                boolean computing = flight.calls().get() == 0;
                flight.outcome().complete(new Outcome.Lost(why, outOfMemory && computing));
            }
        }
        for (Integer id : List.copyOf(checks.keySet())) {
            CompletableFuture<CheckResult> waiting = checks.remove(id);
            if (waiting != null) {
                waiting.complete(new CheckResult.Unavailable(why));
            }
        }
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
