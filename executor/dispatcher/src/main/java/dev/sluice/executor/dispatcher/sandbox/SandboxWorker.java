package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.config.log.Outage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One place in the pool: keeps a sandbox process alive in it, one after the other. A process that is to be replaced
 * makes room at once and finishes what it runs beside its successor.
 */
final class SandboxWorker implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxWorker.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final Outage notStarting;
    private final int index;
    private final SandboxOptions options;
    private final Launcher launcher;
    private final HostServices host;
    private final Backoff backoff = new Backoff();
    private final AtomicLong starts = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private volatile PoolStatus.State state = PoolStatus.State.STARTING;
    private volatile @Nullable Session ready;
    private volatile @Nullable Process starting;
    private volatile long startedNanos;
    private volatile long readyMillis;
    private volatile CountDownLatch vacancy = new CountDownLatch(1);

    SandboxWorker(int index, SandboxOptions options, Launcher launcher, HostServices host) {
        this.index = index;
        notStarting = new Outage(LOG, "sandbox " + index + " does not start");
        this.options = options;
        this.launcher = launcher;
        this.host = host;
        thread = Thread.ofPlatform().name("sandbox-" + index + "-supervisor").daemon().unstarted(this::supervise);
    }

    void start() {
        thread.start();
    }

    /** The session that takes work, if one does. */
    @Nullable Session ready() {
        return ready;
    }

    /** All sessions with something in flight, those on their way out included. */
    Set<Session> sessions() {
        return sessions;
    }

    long restarts() {
        return Math.max(0, starts.get() - 1);
    }

    /** Called now and then. */
    void tend() {
        Process process = starting;
        if (process != null && System.nanoTime() - startedNanos > options.readyTimeout().toNanos()) {
            LOG.warn("sandbox {} was not ready within {}", index, options.readyTimeout());
            process.destroyForcibly();
        }
        Session current = ready;
        if (current != null) {
            current.tend();
        }
    }

    PoolStatus.ProcessStatus status() {
        Session current = ready;
        int inFlight = sessions.stream().mapToInt(Session::inFlight).sum();
        return new PoolStatus.ProcessStatus(
                index, current == null ? 0 : current.pid(), state, inFlight, current != null && current.jit(),
                launcher.networkIsolated(), current == null ? 0 : readyMillis);
    }

    /** Takes no more work. */
    void stopTaking() {
        closing.countDown();
        ready = null;
        state = PoolStatus.State.DRAINING;
    }

    /** Ends all processes and waits for them. */
    void stop() {
        stopTaking();
        Process process = starting;
        if (process != null) {
            process.destroyForcibly();
        }
        sessions.forEach(Session::shut);
        vacancy.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        state = PoolStatus.State.STOPPED;
    }

    @Override
    public void ready(Session session) {
        starting = null;
        notStarting.over();
        readyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        if (closing.getCount() > 0) {
            ready = session;
            state = PoolStatus.State.READY;
        }
    }

    @Override
    public void unwell(Session session, String reason) {
        LOG.warn("sandbox {} (process {}) is replaced: {}", index, session.pid(), reason);
        if (ready == session) {
            ready = null;
            state = PoolStatus.State.DRAINING;
            vacancy.countDown();
        }
        Thread.ofPlatform().name("sandbox-" + index + "-drain").daemon().start(() -> drain(session));
    }

    private void supervise() {
        while (closing.getCount() > 0) {
            startedNanos = System.nanoTime();
            starts.incrementAndGet();
            state = PoolStatus.State.STARTING;
            vacancy = new CountDownLatch(1);
            try {
                launch();
                vacancy.await();
                pause();
            } catch (IOException e) {
                notStarting.failed(e.toString());
                try {
                    pause();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void launch() throws IOException {
        CountDownLatch place = vacancy;
        Launcher.Launched launched = launcher.launch(index, this::started);
        Session session = new Session(launched, options, host, this);
        sessions.add(session);
        String name = "sandbox-" + index;
        Thread.ofPlatform().name(name + "-reader").daemon().start(() -> {
            try {
                session.serve(name);
            } finally {
                sessions.remove(session);
                if (ready == session) {
                    ready = null;
                }
                place.countDown();
            }
        });
    }

    private void started(Process process) {
        starting = process;
        if (closing.getCount() == 0) {
            process.destroyForcibly();
        }
    }

    private void pause() throws InterruptedException {
        starting = null;
        Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - startedNanos));
        if (!wait.isZero() && closing.getCount() > 0) {
            state = PoolStatus.State.BACKING_OFF;
            var _ = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void drain(Session session) {
        long end = System.nanoTime() + DRAIN.toNanos();
        try {
            while (session.inFlight() > 0 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.shut();
    }
}
