package dev.sluice.quota.local;

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
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.Ledger;
import dev.sluice.quota.ledger.RememberedBlocks;
import dev.sluice.quota.ledger.Restored;
import dev.sluice.quota.ledger.Share;
import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts in this process's memory: exact for one node, lost when it stops. Every stage is complete when returned. */
public final class LocalQuotas implements Quotas {
    private static final CompletionStage<Admission> UNLIMITED =
            CompletableFuture.completedStage(Admission.Granted.UNLIMITED);
    private static final long SWEEP_MILLIS = 60_000;

    private final ConcurrentHashMap<UUID, Ledger> ledgers = new ConcurrentHashMap<>();
    private final RememberedBlocks blocks = new RememberedBlocks(100_000, 1000);
    private final QuotaMetrics metrics = new QuotaMetrics();
    private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);
    private final InstantSource clock;

    public LocalQuotas(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Admission.@Nullable Refused remembered(Subject subject, Kind kind) {
        Admission.Refused refused = subject.isUnlimited() ? null : blocks.find(subject, kind, clock.millis());
        if (refused != null) {
            metrics.remembered().increment();
            metrics.refused().increment();
        }
        return refused;
    }

    @Override
    public CompletionStage<Admission> admit(Subject subject, Kind kind) {
        return subject.isUnlimited() ? UNLIMITED : CompletableFuture.completedFuture(decide(subject, kind));
    }

    private Admission decide(Subject subject, Kind kind) {
        long now = clock.millis();
        sweep(now);
        Admission admission;
        Ledger ledger = ledger(subject.organizationId(), subject.zone(), now);
        synchronized (ledger) {
            ledger.windows(subject.zone(), Math.floorDiv(now, 1000));
            Charge charge = ledger.charge(subject, kind);
            if (charge.slots().isEmpty()) {
                return Admission.Granted.UNLIMITED;
            }
            admission = ledger.take(charge, now, Share.WHOLE, false, QuotaMode.LOCAL);
        }
        if (admission instanceof Admission.Refused refused) {
            blocks.remember(subject, kind, refused, now, refused.resetEpochSecond() * 1000);
            metrics.refused().increment();
        } else {
            metrics.granted().increment();
        }
        return admission;
    }

    private Ledger ledger(UUID organizationId, ZoneId zone, long now) {
        Ledger ledger = ledgers.get(organizationId);
        return ledger != null
                ? ledger
                : ledgers.computeIfAbsent(organizationId, id -> new Ledger(zone, Math.floorDiv(now, 1000)));
    }

    @Override
    public void giveBack(Subject subject, Admission.Granted granted) {
        Ledger ledger = ledgers.get(subject.organizationId());
        if (ledger == null || granted.counts().isEmpty()) {
            return;
        }
        synchronized (ledger) {
            ledger.giveBack(subject, granted, false);
        }
        blocks.forget(subject, granted);
        metrics.givenBack().increment();
    }

    @Override
    public CompletionStage<Usage> usage(Subject subject, Limits plan) {
        long now = clock.millis();
        Ledger ledger = ledger(subject.organizationId(), subject.zone(), now);
        synchronized (ledger) {
            ledger.windows(subject.zone(), Math.floorDiv(now, 1000));
            return CompletableFuture.completedStage(
                    Usage.of(ledger.read(subject, now), plan, QuotaMode.LOCAL));
        }
    }

    @Override
    public CompletionStage<Void> restore(Subject subject, Scope scope, Dimension dimension, LocalDate day, long used) {
        Restored restored = Restored.checked(subject, scope, dimension, day, used, clock.instant());
        Ledger ledger = ledger(subject.organizationId(), subject.zone(), clock.millis());
        synchronized (ledger) {
            ledger.raise(restored);
        }
        blocks.forget(restored.id());
        return CompletableFuture.completedStage(null);
    }

    /** Drops from memory what belongs to windows that are over, now and then. */
    private void sweep(long now) {
        long due = nextSweep.get();
        if (now < due || !nextSweep.compareAndSet(due, now + SWEEP_MILLIS)) {
            return;
        }
        blocks.sweep(now);
        for (Ledger ledger : ledgers.values()) {
            synchronized (ledger) {
                ledger.sweep(Math.floorDiv(now, 1000));
            }
        }
    }

    @Override
    public QuotaMode mode() {
        return QuotaMode.LOCAL;
    }

    @Override
    public QuotaMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        ledgers.clear();
    }
}
