package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Bodies of events. */
final class Bodies {
    private static final int[] DEPTHS = {10, 63, 64, 65, 500, 999, 1000, 1001, 5000, 20_000};
    private static final List<String> TYPES = List.of("order.created", "order.created", "order.paid", "push", "", "注文");

    private final Corpora corpora;

    Bodies(Corpora corpora) {
        this.corpora = corpora;
    }

    /** A body that is JSON: small ones of the grammar, real ones with a scalar changed. */
    byte[] json(RandomGenerator random) {
        return switch (random.nextInt(corpora.webhooks().isEmpty() ? 6 : 8)) {
            case 0 -> Corpora.utf8(JsonTexts.value(random, 4));
            case 6 -> Pick.one(random, corpora.webhooks());
            case 7 -> Mutations.scalar(random, Pick.one(random, corpora.webhooks()));
            default -> order(random);
        };
    }

    /** A body that may be no JSON at all. */
    byte[] hostile(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 -> corpora.texts().isEmpty() ? order(random) : Pick.one(random, corpora.texts());
            case 1 -> corpora.texts().isEmpty() ? order(random) : Mutations.bytes(random, Pick.one(random, corpora.texts()));
            case 2 -> Mutations.bytes(random, order(random));
            case 3 -> corpora.vectors().isEmpty() ? order(random) : Mutations.scalar(random, Pick.one(random, corpora.vectors()));
            case 4 -> nested(random);
            case 5 -> Corpora.utf8("\ufeff" + JsonTexts.object(random, 2));
            case 6 -> Corpora.utf8("{\"id\":%1$s,\"a\":1,\"a\":%2$s,\"id\":%1$s}".formatted(
                    JsonTexts.value(random, 0), JsonTexts.value(random, 1)));
            case 7 -> large(random);
            case 8 -> new byte[random.nextInt(3)];
            default -> Mutations.scalar(random, order(random));
        };
    }

    private static byte[] order(RandomGenerator random) {
        String id = Pick.onceIn(random, 3) ? JsonTexts.value(random, 1) : Integer.toString(random.nextInt(1_000_000));
        return Corpora.utf8("{\"id\":%s,\"event_type\":%s,\"a\":%s,\"n\":%s,\"order\":{\"total\":%s,\"items\":[%s]}}".formatted(
                id, JsonTexts.string(random, Pick.one(random, TYPES)), JsonTexts.value(random, 1), OddNumbers.next(random),
                OddNumbers.next(random), JsonTexts.value(random, 2)));
    }

    private static byte[] nested(RandomGenerator random) {
        int depth = DEPTHS[random.nextInt(DEPTHS.length)];
        boolean complete = random.nextBoolean();
        return Corpora.utf8(random.nextBoolean()
                ? "[".repeat(depth) + (complete ? "]".repeat(depth) : "")
                : "{\"a\":".repeat(depth) + "1" + (complete ? "}".repeat(depth) : ""));
    }

    private static byte[] large(RandomGenerator random) {
        int size = Pick.onceIn(random, 40) ? 1 << (19 + random.nextInt(3)) : 1 << (10 + random.nextInt(6));
        String filling = switch (random.nextInt(3)) {
            case 0 -> "\"" + "x".repeat(size) + "\"";
            case 1 -> "[" + "1,".repeat(size / 2) + "1]";
            default -> "\"" + "\\u0000".repeat(size / 6) + "\"";
        };
        return Corpora.utf8("{\"id\":" + random.nextInt(1_000_000) + ",\"large\":" + filling + "}");
    }
}
