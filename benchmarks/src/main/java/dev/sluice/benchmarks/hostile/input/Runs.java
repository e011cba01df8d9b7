package dev.sluice.benchmarks.hostile.input;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Runs, replays, explanations and tests on stored events, with odd input. */
final class Runs {
    private static final Duration BACKTEST = Duration.ofSeconds(10);

    private final Bodies bodies;

    Runs(Bodies bodies) {
        this.bodies = bodies;
    }

    Shot next(RandomGenerator random, Attacker attacker) {
        Hook hook = attacker.ownHooks().isEmpty() || random.nextBoolean() ? Pick.one(random, attacker.hooks()) : attacker.ownHooks().any(random);
        return switch (random.nextInt(10)) {
            case 0 -> attacker.deadLetters().isEmpty() ? run(random, attacker)
                    : Api.shot(Kind.RUN, attacker, "POST", "/dead-letters/" + attacker.deadLetters().any(random) + "/replay", "");
            case 1 -> attacker.events().isEmpty() ? run(random, attacker)
                    : explain(attacker, hook, "{\"eventId\":\"" + attacker.events().any(random) + "\"}");
            case 2 -> explain(attacker, hook, "{\"body\":%s,\"query\":%s,\"path\":%s}".formatted(JsonTexts.value(random, 3),
                    JsonTexts.string(random, Percent.query(random)), JsonTexts.string(random, Percent.path(random))));
            case 3 -> Pick.onceIn(random, 10) ? backtest(random, attacker, hook) : run(random, attacker);
            default -> run(random, attacker);
        };
    }

    private Shot run(RandomGenerator random, Attacker attacker) {
        Program program = attacker.hogs().isEmpty() ? Definitions.program(random, attacker) : hog(attacker);
        // The text is taken as it is, well-formed or not.
        String input = new String(Pick.onceIn(random, 4) ? bodies.hostile(random) : bodies.json(random), StandardCharsets.UTF_8);
        String headers = Pick.onceIn(random, 4) ? ",\"headers\":{%s:%s}".formatted(JsonTexts.name(random), JsonTexts.value(random, 0)) : "";
        Aim aim = Aim.at("POST /api/v1/workflows/" + program.slug() + "/run", attacker.tenant());
        return Shot.of(Kind.RUN, Api.bytes(attacker, "POST", "/workflows/" + program.slug() + "/run", "{\"input\":" + input + headers + "}"),
                program.timeout() == null ? aim : aim.extra(program.timeout()));
    }

    private static Program hog(Attacker attacker) {
        Program hog = attacker.hogs().takeOldest();
        attacker.retiredPrograms().add(hog);
        return hog;
    }

    private static Shot explain(Attacker attacker, Hook hook, String json) {
        return Api.shot(Kind.RUN, attacker, "POST", "/triggers/" + hook.id() + "/explain", json);
    }

    /** It reads many stored events, and may take longer than others. */
    private static Shot backtest(RandomGenerator random, Attacker attacker, Hook hook) {
        String path = "/triggers/" + hook.id() + "/backtest";
        String json = "{\"routes\":[{\"workflow\":\"%s\",\"filter\":%s}],\"limit\":%d%s}".formatted(Pick.one(random, attacker.programs()).slug(),
                Filters.next(random), 1 + random.nextInt(2000),
                Pick.onceIn(random, 4) ? ",\"from\":" + JsonTexts.string(random, Pick.one(random, List.of("+999999999-12-31T00:00:00Z", "x", "1970-01-01T00:00:00Z"))) : "");
        return Shot.of(Kind.RUN, Api.bytes(attacker, "POST", path, json), Aim.at("POST /api/v1" + path, attacker.tenant()).extra(BACKTEST));
    }
}
