package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.Checker;
import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Frame;

import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Checks of code, one after the other, so that they take one processor and the memory of one. Short code goes first: the
 * longest takes most of a second, and must not hold up the others.
 */
final class Checks {
    /** Code that may wait, in characters. */
    private static final long MOST_WAITING = 8 << 20;

    /** A queued check. */
    private record Task(int length, long number, Runnable work) implements Runnable, Comparable<Task> {
        private static final Comparator<Task> ORDER = Comparator.comparingInt(Task::length).thenComparingLong(Task::number);

        @Override
        public int compareTo(Task other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            work.run();
        }
    }

    private final Checker checker;
    private final Consumer<Frame.FromSandbox> outgoing;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong number = new AtomicLong();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(),
            work -> Thread.ofPlatform().name("checks").daemon().unstarted(work));

    Checks(Checker checker, Consumer<Frame.FromSandbox> outgoing) {
        this.checker = checker;
        this.outgoing = outgoing;
    }

    /** Answers with one {@link Frame.Checked}, sooner or later. */
    void add(Frame.Check check) {
        int length = check.code().length();
        if (waiting.addAndGet(length) > MOST_WAITING) {
            waiting.addAndGet(-length);
            answer(check, new CheckResult.Unavailable("too much code waits to be checked"));
            return;
        }
        thread.execute(new Task(length, number.incrementAndGet(), () -> {
            try {
                answer(check, checker.check(check.code(), check.language()));
            } finally {
                waiting.addAndGet(-length);
            }
        }));
    }

    private void answer(Frame.Check check, CheckResult result) {
        outgoing.accept(new Frame.Checked(check.requestId(), result));
    }
}
