package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Runs one execution after the other, for each of which it starts a process. */
final class QuarantineLane implements Session.Listener {
    private record Waiting(Invocation invocation, CompletableFuture<Outcome> outcome) {}

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineLane.class);
    private static final int MOST = 16;
    private static final int MOST_OF_A_TENANT = 4;
    private static final Duration AFTER_FAILED_START = Duration.ofSeconds(5);

    private final int index;
    private final SandboxOptions options;
    private final Launcher launcher;
    private final HostServices host;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private @Nullable Waiting current;
    private @Nullable Session session;
    private @Nullable Process starting;
    private long startedNanos;
    private boolean handedOver;
    private boolean closed;

    QuarantineLane(int index, SandboxOptions options, Launcher launcher, HostServices host) {
        this.index = index;
        this.options = options;
        this.launcher = launcher;
        this.host = host;
    }

    /** The outcome to come, or null where too many wait, of all tenants or of this one. */
    synchronized @Nullable CompletableFuture<Outcome> offer(Invocation invocation) {
        long sameTenant = waiting.stream()
                .filter(other -> other.invocation().tenant().equals(invocation.tenant()))
                .count();
        if (closed || waiting.size() >= MOST || sameTenant >= MOST_OF_A_TENANT) {
            return null;
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiting.add(new Waiting(invocation, outcome));
        if (thread == null) {
            thread = Thread.ofPlatform().name("sandbox-" + index + "-quarantine").daemon().start(this::work);
        }
        return outcome;
    }

    synchronized int size() {
        return waiting.size() + (current == null ? 0 : 1);
    }

    void cancel(UUID executionId) {
        Waiting gone = null;
        synchronized (this) {
            for (Waiting candidate : waiting) {
                if (candidate.invocation().executionId().equals(executionId)) {
                    gone = candidate;
                }
            }
            waiting.remove(gone);
            if (session != null) {
                session.cancel(executionId);
            }
        }
        if (gone != null) {
            gone.outcome().complete(new Outcome.Cancelled(
                    new Outcome.Run(Instant.now(), Duration.ZERO, Duration.ZERO, List.of(), false)));
        }
    }

    synchronized void tend() {
        if (starting != null && System.nanoTime() - startedNanos > options.readyTimeout().toNanos()) {
            LOG.warn("sandbox {} was not ready within {}", index, options.readyTimeout());
            starting.destroyForcibly();
        }
        if (session != null && handedOver) {
            session.tend();
        }
    }

    void close() {
        List<Waiting> rest;
        Thread worker;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(waiting);
            waiting.clear();
            worker = thread;
            if (starting != null) {
                starting.destroyForcibly();
            }
            if (session != null) {
                session.shut();
            }
        }
        rest.forEach(one -> one.outcome().complete(new Outcome.Lost("the node is stopping", false)));
        if (worker != null) {
            try {
                worker.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void ready(Session running) {
        Waiting mine;
        synchronized (this) {
            starting = null;
            handedOver = true;
            mine = current;
        }
        if (mine != null) {
            var _ = running.run(mine.invocation()).whenComplete((outcome, _) -> {
                mine.outcome().complete(verdict(outcome));
                running.shut();
            });
        }
    }

    @Override
    public void unwell(Session running, String reason) {
        // The execution has ended or is about to, and its process with it.
        LOG.warn("sandbox {} (process {}) in quarantine: {}", index, running.pid(), reason);
    }

    private void work() {
        for (Waiting next = next(); next != null; next = next()) {
            next.outcome().complete(runAlone());
        }
    }

    private synchronized @Nullable Waiting next() {
        current = waiting.poll();
        handedOver = false;
        if (current == null) {
            thread = null;
        }
        return current;
    }

    /** What became of the current execution, if its session has not said so already. Blocks until the process is gone. */
    private Outcome runAlone() {
        try {
            Session alone = new Session(launcher.launch(index, this::started), options, host, this);
            synchronized (this) {
                session = alone;
                if (closed) {
                    alone.shut();
                }
            }
            alone.serve("sandbox-" + index);
        } catch (IOException e) {
            LOG.warn("sandbox {} did not start: {}", index, e.toString());
        } finally {
            synchronized (this) {
                session = null;
                starting = null;
            }
        }
        return new Outcome.Postponed(AFTER_FAILED_START);
    }

    private synchronized void started(Process process) {
        starting = process;
        startedNanos = System.nanoTime();
        if (closed) {
            process.destroyForcibly();
        }
    }

    /** With nobody else there, a loss is the execution's own doing, unless the process was told to go. */
    private synchronized Outcome verdict(Outcome outcome) {
        return outcome instanceof Outcome.Lost(String reason, boolean _) ? new Outcome.Lost(reason, !closed) : outcome;
    }
}
