package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.Checker;
import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.protocol.TurnBoard;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** All executions in flight. Takes the dispatcher's frames and hands back its own. */
public final class Executions {
    private final Map<UUID, Execution> inFlight = new ConcurrentHashMap<>();
    private final ExecutorService background = thread("background");
    private final Consumer<Frame.FromSandbox> outgoing;
    private final Services services;
    private final Checks checks;

    /**
     * @param board where it is to be seen which execution has which thread
     * @param outgoing takes frames from any thread, without blocking
     * @param complaints takes lines for the operator, free of tenant data
     */
    public Executions(
            JavaScript javascript,
            Frame.Configure settings,
            TurnBoard board,
            Consumer<Frame.FromSandbox> outgoing,
            Consumer<String> complaints) {
        this.outgoing = outgoing;
        checks = new Checks(new Checker(javascript), outgoing);
        Timers timers = new Timers();
        TurnPool turns = new TurnPool(settings.threads(), board);
        Realms realms = new Realms(javascript, settings.contextMode(), settings.warmContexts(), background);
        Reaper reaper = new Reaper(timers, reason -> outgoing.accept(new Frame.Unwell(reason)));
        services = new Services(
                settings.limits(), Clock.systemUTC(), turns, timers, realms, new Programs(), reaper, outgoing,
                this::ended, complaints);
        background.execute(realms::refill);
        new Watchdog(settings.limits(), turns, realms).start();
    }

    /** Starts an attempt. */
    public void start(Invocation invocation) {
        Execution execution = new Execution(invocation, services);
        if (inFlight.putIfAbsent(invocation.executionId(), execution) == null) {
            execution.start();
        }
    }

    /** Ends an attempt early; nothing if it has ended. */
    public void cancel(UUID executionId) {
        Execution execution = inFlight.get(executionId);
        if (execution != null) {
            execution.abort(Ending.cancelled());
        }
    }

    /** Brings the answer to a call; nothing if the attempt has ended. */
    public void reply(Frame.Reply reply) {
        Execution execution = inFlight.get(reply.executionId());
        if (execution != null) {
            execution.reply(reply.callId(), reply.reply());
        }
    }

    /** Checks code, beside the executions. */
    public void check(Frame.Check check) {
        checks.add(check);
    }

    /** Lets go of all contexts at rest. */
    public void dropIdle() {
        services.realms().drop();
    }

    private void ended(Execution execution, Outcome.Ended outcome) {
        UUID id = execution.invocation().executionId();
        inFlight.remove(id, execution);
        outgoing.accept(new Frame.Ended(id, outcome));
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> Thread.ofPlatform().name(name).daemon().unstarted(work));
    }
}
