package dev.sluice.benchmarks.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Subject;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Sluice's own quotas, with limits as in a plan: by day and by minute, so large that they are never reached. */
final class Ours {
    private static final Limits AMPLE = Limits.of(Map.of(
            Dimension.EVENTS_PER_DAY, Limit.hardBlock(Limit.MAX_AMOUNT),
            Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(Limit.MAX_AMOUNT)));
    private static final Limits NOTHING = Limits.of(Map.of(Dimension.EVENTS_PER_DAY, Limit.hardBlock(0)));

    private final int keys;
    private final int inFlight;

    Ours(int keys, int inFlight) {
        this.keys = keys;
        this.inFlight = inFlight;
    }

    List<Contestant> onRedis(Quotas quotas) {
        UUID one = UUID.randomUUID();
        return List.of(
                contestant("Sluice, one hot key", quotas, subjects(1, one, Limits.NONE)),
                contestant("Sluice, one hot key, organization limited too", quotas, subjects(1, one, AMPLE)),
                contestant("Sluice, " + keys + " customers of one organization", quotas,
                        subjects(keys, one, Limits.NONE)),
                contestant("Sluice, " + keys + " organizations", quotas, organizations(Limits.NONE)),
                contestant("Sluice, " + keys + " organizations, these limited too", quotas, organizations(AMPLE)));
    }

    private static List<Subject> subjects(int number, UUID organization, Limits organizationLimits) {
        return IntStream.range(0, number).mapToObj(i -> new Subject(
                organization, ZoneOffset.UTC, organizationLimits, UUID.randomUUID(), AMPLE)).toList();
    }

    private List<Subject> organizations(Limits organizationLimits) {
        return IntStream.range(0, keys)
                .mapToObj(i -> subjects(1, UUID.randomUUID(), organizationLimits).getFirst()).toList();
    }

    private Contestant contestant(String name, Quotas quotas, List<Subject> subjects) {
        IntFunction<CompletionStage<?>> call = i -> quotas.admit(subjects.get(i % subjects.size()), Kind.EVENT);
        return new Contestant(name, seconds -> ClosedLoop.rate(call, inFlight, seconds));
    }

    /** What is decided in memory, by one thread. */
    List<Contestant> inMemory(Quotas local) {
        Subject hot = subjects(1, UUID.randomUUID(), Limits.NONE).getFirst();
        List<Subject> many = subjects(keys, UUID.randomUUID(), Limits.NONE);
        Subject both = subjects(1, UUID.randomUUID(), AMPLE).getFirst();
        Subject blocked = new Subject(UUID.randomUUID(), ZoneOffset.UTC, Limits.NONE, UUID.randomUUID(), NOTHING);
        Subject unlimited =
                new Subject(UUID.randomUUID(), ZoneOffset.UTC, Limits.NONE, UUID.randomUUID(), Limits.NONE);
        if (local.admit(blocked, Kind.EVENT).toCompletableFuture().join() instanceof Admission.Granted) {
            throw new IllegalStateException("a limit of nothing admitted something");
        }
        return List.of(
                alone("local, one hot key", i -> local.admit(hot, Kind.EVENT)),
                alone("local, " + keys + " customers of one organization",
                        i -> local.admit(many.get(i % many.size()), Kind.EVENT)),
                alone("local, customer and organization limited", i -> local.admit(both, Kind.EVENT)),
                alone("remembered hard block", i -> local.remembered(blocked, Kind.EVENT)),
                alone("unlimited", i -> local.admit(unlimited, Kind.EVENT)));
    }

    private static Contestant alone(String name, IntFunction<?> call) {
        return new Contestant(name, seconds -> {
            long start = System.nanoTime();
            long until = start + (long) (seconds * 1e9);
            long calls = 0;
            int seen = 0;
            while (System.nanoTime() < until) {
                for (int i = 0; i < 1_000; i++) {
                    Object answer = call.apply((int) (calls + i) & Integer.MAX_VALUE);
                    seen += answer == null ? 1 : 0;
                }
                calls += 1_000;
            }
            double rate = calls / ((System.nanoTime() - start) / 1e9);
            // One remembered block a second passes by to ask again; more would mean that nothing is remembered.
            if (seen > calls / 1_000 + 10) {
                throw new IllegalStateException(name + " was not answered " + seen + " times");
            }
            return rate;
        });
    }
}
