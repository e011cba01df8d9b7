package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.Kind;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Ledger;
import dev.sluice.quota.ledger.Restored;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * All decisions about one organization, in order: one call to Redis in flight, what arrives meanwhile goes with the
 * next. See the package for what happens when a call fails.
 *
 * <p>Everything is guarded by the lane's monitor, except that answers are completed and calls are sent outside of it.
 */
final class Lane {
    /** A script holds the server up; so many groups take it well under a millisecond. */
    private static final int GROUPS_PER_CALL = 128;
    private static final int ADDITIONS_PER_CALL = 500;

    private record Batch(List<Group> groups, List<Addition> additions) {
        static final Batch EMPTY = new Batch(List.of(), List.of());

        boolean isEmpty() {
            return groups.isEmpty() && additions.isEmpty();
        }
    }

    /** An answer that is decided but not yet given. */
    private record Decided(CompletableFuture<Admission> answer, Admission admission) {}

    private final String prefix;
    private final LaneContext context;
    private final ServerClock clock;
    private final Ledger ledger;

    private final List<Group> waiting = new ArrayList<>();
    private final IdentityHashMap<Charge, Group> filling = new IdentityHashMap<>();
    private final Stock stock = new Stock();
    private final List<Addition> additions = new ArrayList<>();
    private final Absence absence;
    private boolean busy;
    private boolean retired;
    private ZoneId zone;

    Lane(UUID organizationId, ZoneId zone, LaneContext context) {
        this.prefix = Block.prefix(organizationId);
        this.zone = zone;
        this.context = context;
        this.clock = new ServerClock(context.clock());
        this.ledger = new Ledger(zone, second());
        this.absence = new Absence(this, context, clock, ledger);
    }

    private long second() {
        return Math.floorDiv(clock.millis(), 1000);
    }

    /** The calendar around now. Needs the monitor. */
    DayWindows days() {
        return ledger.windows(zone, second());
    }

    /** Decides, or queues for the next call; null when the lane is retired and another has to be asked. */
    @Nullable CompletionStage<Admission> admit(Subject subject, Kind kind) {
        CompletableFuture<Admission> answer;
        Batch batch;
        synchronized (this) {
            if (retired) {
                return null;
            }
            zone = subject.zone();
            Charge charge = ledger.charge(subject, kind);
            if (charge.slots().isEmpty()) {
                return CompletableFuture.completedStage(Admission.Granted.UNLIMITED);
            }
            if (absence.isAway()) {
                Admission admission = absence.decide(charge);
                context.count(admission);
                return CompletableFuture.completedFuture(admission);
            }
            Admission.Refused refused = absence.ofShare(charge);
            if (refused != null) {
                context.count(refused);
                return CompletableFuture.completedFuture(refused);
            }
            Admission.Granted granted = stock.isEmpty() ? null : stock.take(charge, clock.millis());
            if (granted != null) {
                context.count(granted);
                return CompletableFuture.completedFuture(granted);
            }
            Group group = filling.get(charge);
            if (group == null) {
                group = new Group(subject, kind, charge);
                filling.put(charge, group);
                waiting.add(group);
            }
            answer = group.join();
            batch = next();
        }
        send(batch);
        return answer;
    }

    /** Gives back what was taken through this lane. */
    void giveBack(Subject subject, Admission.Granted granted) {
        Batch batch;
        synchronized (this) {
            if (absence.isAway()) {
                ledger.giveBack(subject, granted, true);
                return;
            }
            ledger.giveBack(subject, granted, false);
            for (Count count : granted.counts()) {
                Account account = ledger.account(count.scope() == Scope.CUSTOMER ? subject.customerId() : null);
                additions.add(new Addition(account, count.dimension(), account.cells().get(count.dimension()),
                        count.window(), -1, 0));
            }
            batch = next();
        }
        send(batch);
    }

    /** The next batch to send, which makes the lane busy; empty when it is already or there is nothing to do. */
    private Batch next() {
        if (busy || !absence.isOver() || (waiting.isEmpty() && additions.isEmpty())) {
            return Batch.EMPTY;
        }
        busy = true;
        if (absence.beginIfDoubtful()) {
            return Batch.EMPTY;
        }
        Batch batch = new Batch(firstOf(waiting, GROUPS_PER_CALL), firstOf(additions, ADDITIONS_PER_CALL));
        for (Group group : batch.groups()) {
            filling.remove(group.charge());
        }
        return batch;
    }

    /** Takes at most so many out of a list, from its beginning. */
    private static <T> List<T> firstOf(List<T> list, int most) {
        List<T> head = list.subList(0, Math.min(list.size(), most));
        List<T> first = List.copyOf(head);
        head.clear();
        return first;
    }

    private void send(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        Block block = new Block(prefix);
        batch.additions().forEach(block::add);
        for (Group group : batch.groups()) {
            block.take(group.charge(), group.want(aheadOf(group)));
        }
        send(block).whenComplete((reply, failure) -> {
            if (failure == null) {
                taken(batch.groups(), reply);
            } else {
                lost(batch);
            }
        });
    }

    private CompletionStage<Reply> send(Block block) {
        return context.calls().send(block, clock, second -> {
            synchronized (this) {
                return ledger.windows(zone, second);
            }
        });
    }

    /** Makes changes without deciding anything. */
    CompletionStage<Reply> add(List<Addition> changes) {
        Block block = new Block(prefix);
        changes.forEach(block::add);
        return send(block);
    }

    private void taken(List<Group> groups, Reply reply) {
        List<Decided> decided = new ArrayList<>();
        Batch batch;
        synchronized (this) {
            long now = clock.millis();
            DayWindows days = ledger.windows(zone, Math.floorDiv(now, 1000));
            for (Group group : groups) {
                Taken taken = reply.next(group.charge(), group.wanted());
                taken.learn(group.charge());
                decide(group, taken, days, now, decided);
            }
            busy = false;
            batch = next();
        }
        send(batch);
        give(decided);
    }

    private void decide(Group group, Taken taken, DayWindows days, long now, List<Decided> decided) {
        List<CompletableFuture<Admission>> answers = group.answers();
        int admitted = Math.min(taken.taken(), answers.size());
        for (int i = 0; i < admitted; i++) {
            List<Count> counts = taken.counts(group.charge(), days, i + 1);
            decided.add(new Decided(answers.get(i), new Admission.Granted(counts, QuotaMode.EXACT)));
        }
        if (taken.taken() > admitted) {
            keep(new TakenAhead(group.charge(), taken.counts(group.charge(), days, admitted),
                    taken.taken() - admitted, now));
        }
        // What was taken ahead is this node's own: nobody is refused for it.
        for (Admission.Granted kept = fromStock(group, admitted, now); kept != null;
                kept = fromStock(group, admitted, now)) {
            decided.add(new Decided(answers.get(admitted++), kept));
        }
        if (admitted < answers.size()) {
            Admission.Refused refused = taken.refusal(group.charge(), days, now);
            context.blocks().remember(group.subject(), group.kind(), refused, clock.nodeMillis(),
                    clock.onNode(refused.resetEpochSecond() * 1000));
            for (int i = admitted; i < answers.size(); i++) {
                decided.add(new Decided(answers.get(i), refused));
            }
        }
    }

    /** How many to take besides those that ask; none while this node keeps to its share. */
    private int aheadOf(Group group) {
        int asking = group.answers().size();
        if (asking < TakenAhead.CROWD) {
            return 0;
        }
        synchronized (this) {
            return absence.isRationed() ? 0 : stock.wanted(group.charge(), asking, days(), clock.millis());
        }
    }

    private Admission.@Nullable Granted fromStock(Group group, int admitted, long now) {
        return admitted < group.answers().size() ? stock.take(group.charge(), now) : null;
    }

    private void keep(TakenAhead more) {
        if (stock.isEmpty()) {
            laterGiveBackIdle();
        }
        additions.addAll(stock.add(more));
    }

    private void laterGiveBackIdle() {
        try {
            var _ = context.timer().schedule(this::giveBackIdle, TakenAhead.IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            stock.clear();
        }
    }

    private void giveBackIdle() {
        Batch batch;
        synchronized (this) {
            additions.addAll(stock.giveBackIdle(clock.millis()));
            if (!stock.isEmpty()) {
                laterGiveBackIdle();
            }
            batch = next();
        }
        send(batch);
    }

    private void give(List<Decided> decided) {
        for (Decided each : decided) {
            context.count(each.admission());
            each.answer().complete(each.admission());
        }
    }

    /** Exact again: decides what has waited for that. */
    void goOn() {
        Batch batch;
        synchronized (this) {
            busy = false;
            batch = next();
        }
        send(batch);
    }

    /** Redis is lost on the way back to it: what waits is decided without. */
    void lost() {
        lost(Batch.EMPTY);
    }

    private void lost(Batch batch) {
        List<Decided> decided = new ArrayList<>();
        synchronized (this) {
            busy = false;
            unreport(batch.additions());
            away(batch.groups(), decided);
        }
        give(decided);
    }

    private void away(List<Group> groups, List<Decided> decided) {
        absence.begin();
        List<Group> all = new ArrayList<>(groups);
        all.addAll(waiting);
        waiting.clear();
        filling.clear();
        // Counted where nobody answers any more: they may be lost, but must not be used twice.
        stock.clear();
        unreport(additions);
        additions.clear();
        for (Group group : all) {
            for (CompletableFuture<Admission> answer : group.answers()) {
                decided.add(new Decided(answer, absence.decide(group.charge())));
            }
        }
    }

    private static void unreport(List<Addition> changes) {
        for (Addition change : changes) {
            if (change.cell() != null) {
                change.cell().reported(change.window(), -change.delta());
            }
        }
    }

    /** Asks whether Redis is back, if this lane is on its own. */
    void probe() {
        absence.probe();
    }

    /** Asks the server for a sign of life. */
    CompletionStage<Reply> askNothing() {
        Block nothing = new Block(prefix);
        nothing.touch("organization", Kind.EVENT);
        return send(nothing);
    }

    /** How all limits of a subject stand, and whether that is what all nodes count. */
    CompletionStage<Standings> standings(Subject subject) {
        List<Charge> charges;
        List<Addition> unsent;
        synchronized (this) {
            zone = subject.zone();
            charges = ledger.charges(subject);
            if (absence.isAway()) {
                return CompletableFuture.completedStage(fromMemory(subject));
            }
            if (charges.isEmpty()) {
                return CompletableFuture.completedStage(new Standings(List.of(), QuotaMode.EXACT));
            }
            // What was given back before this was asked must be seen to be, though a call is still under way.
            unsent = absence.isOver() ? firstOf(additions, ADDITIONS_PER_CALL) : List.of();
        }
        Block block = new Block(prefix);
        unsent.forEach(block::add);
        charges.forEach(charge -> block.take(charge, 0));
        return send(block).handle((reply, failure) -> {
            synchronized (this) {
                if (failure != null) {
                    unreport(unsent);
                    return fromMemory(subject);
                }
                return fromServer(charges, reply);
            }
        });
    }

    /** Counts, and how they were obtained. */
    record Standings(List<Count> counts, QuotaMode mode) {}

    private Standings fromServer(List<Charge> charges, Reply reply) {
        DayWindows days = days();
        List<Count> counts = new ArrayList<>();
        for (Charge charge : charges) {
            counts.addAll(stock.without(reply.next(charge, 0).counts(charge, days, 0), charge));
        }
        return new Standings(counts, QuotaMode.EXACT);
    }

    private Standings fromMemory(Subject subject) {
        days();
        return new Standings(ledger.read(subject, clock.millis()), context.policy().mode());
    }

    /** Makes sure of a count on the server. */
    CompletionStage<?> raise(Restored restored) {
        Addition addition;
        synchronized (this) {
            addition = new Addition(ledger.account(restored.customerId()), restored.dimension(), null,
                    restored.window(), 0, restored.used());
        }
        return add(List.of(addition));
    }

    /** Drops what is over; true when that is everything and the lane must not be used any more. */
    synchronized boolean sweep() {
        long second = second();
        days();
        if (busy || !absence.isOver() || absence.isRationed() || !stock.isEmpty()
                || !waiting.isEmpty() || !additions.isEmpty()) {
            return false;
        }
        ledger.sweep(second);
        retired = ledger.isOver(second);
        return retired;
    }
}
