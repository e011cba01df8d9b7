package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Lists and items of the management API, asked for with what they may not expect. */
final class Reads {
    private static final List<String> LISTS = List.of("/executions", "/events", "/triggers", "/workflows", "/customers", "/dead-letters", "/billing/usage", "/billing/quotas");
    private static final List<String> PARAMETERS = List.of("limit", "cursor", "status", "workflow", "eventId", "triggerId", "customerId", "from", "to", "unknown", "");
    private static final List<String> VALUES = List.of("1", "0", "-1", "201", "2147483648", "99999999999999999999", "failed", "completed", "running", "2026-01-31", "2026-01-31T12:00:00Z",
            "+999999999-12-31", "-999999999-01-01", "+999999999-12-31T23:59:59-18:00", "2025-12-31T23:59:60Z", "0000-00-00", "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff", "1-1-1-1-1", "c1", "");

    private Reads() {}

    static Shot next(RandomGenerator random, Attacker attacker) {
        String path = switch (random.nextInt(8)) {
            case 0 -> item(random, "/events/", attacker.events()) + (random.nextBoolean() ? "/raw" : "");
            case 1 -> item(random, "/executions/", attacker.executions());
            case 2 -> item(random, "/dead-letters/", attacker.deadLetters());
            case 3 -> Pick.one(random, LISTS) + "/" + Percent.escaped(OddTexts.upTo(random, 200));
            case 4 -> Pick.one(random, LISTS) + Percent.query(random);
            default -> list(random);
        };
        String method = Pick.onceIn(random, 12) ? Pick.one(random, List.of("HEAD", "OPTIONS", "PATCH", "DELETE")) : "GET";
        return Api.shot(Kind.READ, attacker, method, path, "");
    }

    private static String list(RandomGenerator random) {
        StringBuilder path = new StringBuilder(Pick.one(random, LISTS));
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(path.indexOf("?") < 0 ? '?' : '&').append(Pick.one(random, PARAMETERS)).append('=')
                    .append(Percent.escaped(Pick.onceIn(random, 4) ? OddTexts.upTo(random, 100) : Pick.one(random, VALUES)));
        }
        return path.toString();
    }

    private static String item(RandomGenerator random, String path, Recent<String> ids) {
        return path + (ids.isEmpty() || Pick.onceIn(random, 4) ? Percent.escaped(OddTexts.upTo(random, 60)) : ids.any(random));
    }
}
