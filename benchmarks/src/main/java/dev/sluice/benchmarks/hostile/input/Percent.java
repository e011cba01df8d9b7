package dev.sluice.benchmarks.hostile.input;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Paths and queries, with escapes right, doubled, cut and broken. */
final class Percent {
    private static final List<String> PIECES = List.of("%00", "%", "%2", "%zz", "%c0%af", "%ff", "%ed%a0%80", "%25%32%35", "%2f", "%5c", "%3f", "%23",
            "%0d%0aX: 1", "%u0041", "+", "&&", "==", "&=&", ";", "q", "q=", "=q", "q[]=1", "q[a]=1", "q=1&q=2", "a=%F0%9F%98%80", "\u00e9", "\u0001", "|", "{}", "\"", "^");

    private Percent() {}

    /** A query with its question mark. */
    static String query(RandomGenerator random) {
        StringBuilder query = new StringBuilder("?");
        int pieces = Pick.onceIn(random, 50) ? 1200 : random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            query.append(random.nextBoolean() ? Pick.one(random, PIECES) : "q=" + escaped(OddTexts.upTo(random, 40)))
                    .append(random.nextBoolean() ? "&" : "");
        }
        return query.toString();
    }

    /** A path that begins with a slash. */
    static String path(RandomGenerator random) {
        StringBuilder path = new StringBuilder();
        int steps = Pick.onceIn(random, 50) ? 500 : 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            path.append('/').append(switch (random.nextInt(4)) {
                case 0 -> Pick.one(random, PIECES).replace(" ", "");
                case 1 -> escaped(OddTexts.upTo(random, 30));
                case 2 -> Pick.one(random, List.of(".", "..", "", "a", "hooks", "api"));
                default -> "x" + random.nextInt(100);
            });
        }
        return path.toString();
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
