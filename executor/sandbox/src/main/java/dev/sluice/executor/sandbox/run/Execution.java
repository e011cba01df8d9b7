package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.Realm;
import dev.sluice.executor.sandbox.js.RealmHost;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt in flight: a mailbox of events (start, an answer, a timer) that are handled one after the other, each on
 * any thread of the pool. Between them it holds no thread.
 */
final class Execution implements RealmHost {
    /** Something that happens to the workflow. Runs on the execution's turn. */
    private interface Event {
        void happen(Realm realm);
    }

    private final Invocation invocation;
    private final Services services;
    private final LogBuffer logs;
    private final Queue<Event> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final PendingTimers timers;
    private final PendingCalls calls;

    private volatile Instant startedAt;
    private volatile long startedNanos;
    private volatile @Nullable Realm realm;
    private volatile @Nullable Turn turn;
    private volatile @Nullable Future<?> clock;
    private final AtomicLong cpuNanos = new AtomicLong();
    private final AtomicLong allocatedBytes = new AtomicLong();
    /** An outcome that waits for the end of the turn it came about in, so that the realm is free before it is known. */
    private final AtomicReference<Outcome.@Nullable Ended> held = new AtomicReference<>();

    private boolean reusable;

    /** Set with the lock of this held: from here on the realm is the reaper's. */
    private boolean doomed;

    Execution(Invocation invocation, Services services) {
        this.invocation = invocation;
        this.services = services;
        logs = new LogBuffer(services.limits(), services.clock());
        calls = new PendingCalls(services.limits());
        timers = new PendingTimers(services.timers(), services.limits().pendingTimers(), this::due);
        startedAt = services.clock().instant();
        startedNanos = System.nanoTime();
    }

    /** Asks for the first turn. */
    void start() {
        post(this::begin);
    }

    /** The dispatcher answered a call. */
    void reply(int callId, HostReply reply) {
        // Pending until its turn has come: with nothing pending in between, the workflow would seem to wait in vain.
        post(target -> {
            if (calls.end(callId)) {
                target.settle(callId, reply);
            }
        });
    }

    /**
     * Ends it from outside of its turns: cancel, clock, watchdog. If it has ended already but its code still runs, only
     * stops that.
     */
    void abort(Ending ending) {
        boolean first = end(ending);
        report();
        Realm victim;
        synchronized (this) {
            victim = realm;
            if (victim == null || doomed || (!first && turn == null)) {
                return;
            }
            doomed = true;
        }
        services.reaper().kill(victim, this);
    }

    /** Whether its outcome is known, though its code may still run. */
    boolean ended() {
        return ended.get();
    }

    Invocation invocation() {
        return invocation;
    }

    /** The turn being run, if one is. */
    @Nullable Turn currentTurn() {
        return turn;
    }

    /** Memory allocated by turns before the current one. */
    long allocatedBefore() {
        return allocatedBytes.get();
    }

    /** Handles what is in the mailbox. Called by one thread at a time. */
    void turn() {
        Turn current = Turn.begin();
        turn = current;
        try {
            for (Event event = mailbox.poll(); event != null && !ended.get(); event = mailbox.poll()) {
                Realm target = realm;
                if (target == null) {
                    target = services.realms().take(invocation);
                    realm = target;
                    target.attach(this);
                    if (ended.get()) {
                        // Aborted before there was a realm to kill.
                        break;
                    }
                }
                event.happen(target);
            }
            resetIfReusable();
        } catch (RuntimeException | Error e) {
            endedByEngine(e);
        } finally {
            cpuNanos.addAndGet(ThreadMeter.cpuNanos() - current.cpuNanos());
            allocatedBytes.addAndGet(ThreadMeter.allocatedBytes() - current.allocatedBytes());
            turn = null;
        }
        settleTurn();
    }

    /** Gives the execution its next turn, or rest. Called by the pool when the thread is free again. */
    void afterTurn() {
        if (ended.get()) {
            return;
        }
        scheduled.set(false);
        if (!mailbox.isEmpty()) {
            schedule();
        }
    }

    // ---- what the realm asks, during a turn ----------------------------------------------------------------------

    @Override
    public boolean keepsLogs() {
        return logs.accepts();
    }

    @Override
    public void log(Outcome.Level level, String message) {
        logs.add(level, message);
    }

    @Override
    public int call(HostCall call) {
        int callId = ended.get() ? REFUSED : calls.begin(call);
        int most = services.limits().outputBytes();
        if (callId == REFUSED) {
            return REFUSED;
        }
        if (call instanceof HostCall.StateSet set && Utf8.isLonger(set.valueJson(), most)) {
            reply(callId, new HostReply.Refused("LimitError", "the value is larger than " + most + " bytes"));
        } else {
            services.outgoing().accept(new Frame.Call(invocation.executionId(), callId, call));
        }
        return callId;
    }

    @Override
    public int setTimer(long delayMillis, boolean repeats) {
        return timers.set(delayMillis, repeats);
    }

    @Override
    public void clearTimer(int timerId) {
        timers.clear(timerId);
    }

    @Override
    public void completed(String resultJson) {
        int most = services.limits().outputBytes();
        if (Utf8.isLonger(resultJson, most)) {
            end(Ending.failed("LimitError", "the result is larger than " + most + " bytes"));
        } else if (end(run -> new Outcome.Completed(resultJson.getBytes(StandardCharsets.UTF_8), run))) {
            reusable = true;
        }
    }

    @Override
    public void failed(Outcome.WorkflowError error) {
        if (end(run -> new Outcome.Failed(error, run))) {
            reusable = !error.name().equals("LimitError") && !error.name().equals("RangeError");
        }
    }

    @Override
    public void broken() {
        end(Ending.failed("Error", "the workflow has broken its own JavaScript environment"));
    }

    // ---- inside --------------------------------------------------------------------------------------------------

    private void begin(Realm target) {
        startedAt = services.clock().instant();
        startedNanos = System.nanoTime();
        Duration timeout = invocation.timeout();
        clock = services.timers().after(timeout.toMillis(), () -> abort(Ending.timedOut(
                "the workflow did not finish within its timeout of " + timeout.toMillis() + " ms")));
        target.start(
                services.programs().get(invocation.workflow()),
                ContextJson.of(invocation),
                text(invocation.body()));
    }

    /** The body without a byte order mark, which says how it is encoded and is no part of the text. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private void due(int timerId) {
        post(target -> {
            if (timers.due(timerId)) {
                target.fire(timerId);
            }
        });
    }

    private void post(Event event) {
        if (!ended.get()) {
            mailbox.add(event);
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            services.turns().submit(this);
        }
    }

    /** Still within the turn: whatever runs in a realm must be watched. */
    private void resetIfReusable() {
        Realm current = realm;
        if (reusable && current != null) {
            current.reset();
        }
    }

    /** After the JavaScript of a turn: gives the realm back if that was the end, notices if nothing can follow. */
    private void settleTurn() {
        Realm current = realm;
        if (current == null) {
            report();
            return;
        }
        if (!ended.get() && mailbox.isEmpty() && calls.isEmpty() && timers.isEmpty() && mailbox.isEmpty()) {
            end(Ending.failed("Error",
                    "the workflow waits for a promise that nothing can settle: no timer and no call is pending"));
        }
        if (ended.get()) {
            boolean clean;
            synchronized (this) {
                realm = null;
                clean = reusable && !doomed && calls.isEmpty() && timers.isEmpty();
            }
            if (clean) {
                services.realms().giveBack(invocation, current);
            }
            report();
            if (!clean) {
                current.close();
            }
        }
    }

    /** Makes the outcome known, once. */
    private void report() {
        Outcome.Ended outcome = held.getAndSet(null);
        if (outcome != null) {
            services.ended(this, outcome);
        }
    }

    private void endedByEngine(Throwable problem) {
        reusable = false;
        if (problem instanceof PolyglotException e && e.isCancelled()) {
            end(Ending.failed("Error", "the workflow was stopped"));
        } else if (problem instanceof PolyglotException e && e.isResourceExhausted()) {
            end(Ending.failed("LimitError", "the workflow ran out of memory or stack"));
        } else {
            end(Ending.failed("Error", "the JavaScript engine could not go on"));
            services.complain("execution " + invocation.executionId() + " ended by " + problem.getClass().getName());
        }
    }

    /** First come, first served. Who ends it from outside of a turn reports it too. */
    private boolean end(Ending ending) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        Future<?> running = clock;
        if (running != null) {
            running.cancel(false);
        }
        timers.cancel();
        mailbox.clear();
        Turn current = turn;
        long used = cpuNanos.get();
        if (current != null) {
            long now = ThreadMeter.cpuNanos(current.thread());
            used += now < 0 ? 0 : Math.max(0, now - current.cpuNanos());
        }
        Outcome.Run run = new Outcome.Run(
                startedAt,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                Duration.ofNanos(used),
                logs.lines(),
                logs.truncated());
        held.set(ending.outcome(run));
        return true;
    }
}
