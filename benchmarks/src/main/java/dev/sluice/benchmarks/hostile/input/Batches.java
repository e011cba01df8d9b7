package dev.sluice.benchmarks.hostile.input;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws batches: the kinds by their shares, everything else by chance. */
public final class Batches {
    private static final int THOUSAND = 1000;
    private static final int MAX_LINGERING = 2;

    private final long seed;
    private final List<Attacker> attackers;
    private final Bodies bodies;
    private final HeaderShots headers;
    private final FramingShots framing;
    private final Runs runs;
    private final boolean hogs;

    /**
     * Batches of these attackers.
     *
     * @param hogs whether to make workflows that run until a limit stops them
     */
    public Batches(long seed, Corpora corpora, List<Attacker> attackers, boolean hogs) {
        this.seed = seed;
        this.attackers = List.copyOf(attackers);
        this.bodies = new Bodies(corpora);
        this.headers = new HeaderShots(bodies);
        this.framing = new FramingShots(bodies);
        this.runs = new Runs(bodies);
        this.hogs = hogs;
    }

    /**
     * The batch of a number.
     *
     * @param requests how many it has at least
     * @param lingering whether some of them may stay incomplete
     */
    public List<Shot> draw(int number, int requests, boolean lingering) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + number);
        List<Shot> shots = new ArrayList<>();
        int drawn = 0;
        for (int i = 0; lingering && i < MAX_LINGERING; i++) {
            shots.add(framing.lingering(random, Pick.one(random, Pick.one(random, attackers).hooks())));
        }
        while (drawn < requests) {
            Shot shot = shot(random);
            shots.add(shot);
            drawn += shot.requests();
        }
        return shots;
    }

    private Shot shot(RandomGenerator random) {
        Attacker attacker = Pick.one(random, attackers);
        Hook hook = attacker.ownHooks().isEmpty() || !Pick.onceIn(random, 8) ? Pick.one(random, attacker.hooks()) : attacker.ownHooks().any(random);
        return switch (kind(random)) {
            case EVENT -> event(random, Kind.EVENT, hook, "", bodies.json(random));
            case BODY -> event(random, Kind.BODY, hook, "", bodies.hostile(random));
            case QUERY -> event(random, Kind.QUERY, hook, (random.nextBoolean() ? Percent.path(random) : "") + Percent.query(random), bodies.json(random));
            case HEADERS -> headers.next(random, hook);
            case REQUEST_LINE -> RequestLines.next(random, hook);
            case CHUNKS -> framing.chunked(random, hook);
            case CUT -> framing.cut(random, hook);
            case SLOW -> framing.slow(random, hook);
            case LINGERING -> framing.lingering(random, hook);
            case PIPELINED -> framing.pipelined(random, attacker.hooks());
            case DEFINITION -> Definitions.next(random, attacker, hogs);
            case RUN -> runs.next(random, attacker);
            case READ -> Reads.next(random, attacker);
        };
    }

    private static Shot event(RandomGenerator random, Kind kind, Hook hook, String subPathAndQuery, byte[] body) {
        Shot shot = Shot.of(kind, EventRequests.head(random, hook, subPathAndQuery, body).with(body), Aim.at(hook, body));
        // Bytes below the space break the request line, and with it what the connection carries next.
        return kind == Kind.QUERY ? shot.after(Shot.After.CLOSE) : shot;
    }

    private static Kind kind(RandomGenerator random) {
        int point = random.nextInt(THOUSAND);
        for (Kind kind : Kind.values()) {
            point -= kind.share();
            if (point < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares must add up to " + THOUSAND);
    }
}
