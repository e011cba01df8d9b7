package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.QuotaMetrics;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Usage;
import dev.sluice.quota.ledger.RememberedBlocks;
import dev.sluice.quota.ledger.Restored;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Counts on Redis or Redis Cluster: exact for all nodes together, whatever their clocks say. */
public final class RedisQuotas implements Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(RedisQuotas.class);
    private static final CompletionStage<Admission> UNLIMITED =
            CompletableFuture.completedStage(Admission.Granted.UNLIMITED);
    private static final long SWEEP_SECONDS = 60;

    private final ConcurrentHashMap<UUID, Lane> lanes = new ConcurrentHashMap<>();
    private final QuotaMetrics metrics = new QuotaMetrics();
    private final InstantSource clock;
    private final RememberedBlocks blocks;
    private final ScheduledExecutorService timer;
    private final RedisLink link;
    private final LaneContext context;

    private RedisQuotas(QuotaSettings settings, RedisSettings redis, InstantSource clock) {
        this.clock = clock;
        this.blocks = new RememberedBlocks(settings.rememberedBlocks(), settings.askAgainAfter().toMillis());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().name("sluice-quota").daemon().unstarted(task));
        this.link = RedisClients.link(redis, metrics, timer);
        this.context = new LaneContext(clock, new Calls(link, redis, metrics, timer), blocks,
                new WithoutRedis(settings.onRedisFailure(), settings.nodes()),
                redis.discovery().plus(settings.probeInterval()), metrics, timer);
        long probe = settings.probeInterval().toMillis();
        repeat(() -> {
            context.stillAway();
            context.lanesAway().forEach(Lane::probe);
        }, probe, TimeUnit.MILLISECONDS);
        repeat(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Starts counting on Redis. The connection opens in the background: until it has, and whenever Redis is away, the
     * failure policy decides.
     *
     * @param clock this node's clock, which decides nothing
     */
    public static RedisQuotas open(QuotaSettings settings, RedisSettings redis, InstantSource clock) {
        return new RedisQuotas(settings, redis, clock);
    }

    /** Completes when Redis was connected to for the first time. */
    public CompletionStage<Void> connected() {
        return link.firstConnected();
    }

    private void repeat(Runnable task, long delay, TimeUnit unit) {
        var _ = timer.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("background work of the quotas failed", e);
            }
        }, delay, delay, unit);
    }

    @Override
    public Admission.@Nullable Refused remembered(Subject subject, Kind kind) {
        if (subject.isUnlimited()) {
            return null;
        }
        Admission.Refused refused = blocks.find(subject, kind, clock.millis());
        if (refused != null) {
            metrics.remembered().increment();
            metrics.refused().increment();
        }
        return refused;
    }

    @Override
    public CompletionStage<Admission> admit(Subject subject, Kind kind) {
        if (subject.isUnlimited()) {
            return UNLIMITED;
        }
        Admission.Refused refused = remembered(subject, kind);
        if (refused != null) {
            return CompletableFuture.completedStage(refused);
        }
        while (true) {
            CompletionStage<Admission> answer = lane(subject.organizationId(), subject.zone()).admit(subject, kind);
            if (answer != null) {
                return answer;
            }
        }
    }

    private Lane lane(UUID organizationId, ZoneId zone) {
        Lane lane = lanes.get(organizationId);
        return lane != null ? lane : lanes.computeIfAbsent(organizationId, id -> new Lane(id, zone, context));
    }

    @Override
    public void giveBack(Subject subject, Admission.Granted granted) {
        if (granted.counts().isEmpty()) {
            return;
        }
        lane(subject.organizationId(), subject.zone()).giveBack(subject, granted);
        blocks.forget(subject, granted);
        metrics.givenBack().increment();
    }

    @Override
    public CompletionStage<Usage> usage(Subject subject, Limits plan) {
        return lane(subject.organizationId(), subject.zone()).standings(subject)
                .thenApply(standings -> Usage.of(standings.counts(), plan, standings.mode()));
    }

    @Override
    public CompletionStage<Void> restore(Subject subject, Scope scope, Dimension dimension, LocalDate day, long used) {
        Restored restored = Restored.checked(subject, scope, dimension, day, used, clock.instant());
        return lane(subject.organizationId(), subject.zone()).raise(restored).thenApply(reply -> null);
    }

    private void sweep() {
        blocks.sweep(clock.millis());
        lanes.values().removeIf(Lane::sweep);
    }

    @Override
    public QuotaMode mode() {
        return link.isConnected() && context.lanesAway().isEmpty() ? QuotaMode.EXACT : context.policy().mode();
    }

    @Override
    public QuotaMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        link.close();
    }
}
