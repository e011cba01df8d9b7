package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.wire.Answer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Webhooks, workflows and customers: made, changed, deleted. Of what is accepted the attacker keeps a few. */
final class Definitions {
    private static final int KEPT = 12;
    private static final int HOGS = 100;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final List<String> KEYS = List.of("{\"header\":\"X-Event-Id\"}", "{\"path\":\"id\"}", "{\"path\":\"a.b\"}", "{\"header\":\"\"}", "{\"path\":\"\"}", "{\"path\":\"a..b\"}",
            "{\"path\":\"$.id\"}", "{\"header\":\"bad name\"}", "{\"header\":\"a\",\"path\":\"b\"}", "{}", "null", "[]", "{\"path\":\"\\u0000\"}");
    private static final List<String> RETRIES = List.of("false", "false", "false", "{\"maxAttempts\":2,\"initialIntervalMs\":0,\"maxIntervalMs\":0}",
            "{\"maxAttempts\":1e9999999999}", "{\"maxAttempts\":0}", "{\"backoffCoefficient\":NaN}", "{\"unknown\":1}");

    private Definitions() {}

    static Shot next(RandomGenerator random, Attacker attacker, boolean hogs) {
        Shot tidying = tidying(attacker);
        if (tidying != null) {
            return tidying;
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> hogs && Pick.onceIn(random, HOGS) ? workflow(random, attacker, attacker.hogs(), Code.hog(random))
                    : workflow(random, attacker, attacker.ownPrograms(), Code.module(random));
            case 2 -> workflow(random, attacker, attacker.ownPrograms(), Pick.onceIn(random, 3) ? OddTexts.next(random) : Pick.one(random, Code.NOT_A_PROGRAM));
            case 3, 4 -> webhook(random, attacker);
            case 5 -> change(random, attacker);
            case 6 -> customer(random, attacker);
            default -> Api.shot(Kind.DEFINITION, attacker, Pick.one(random, List.of("POST", "PUT", "DELETE")),
                    Pick.one(random, List.of("/triggers", "/workflows", "/customers")) + "/" + Percent.escaped(OddTexts.upTo(random, 100)),
                    JsonTexts.value(random, 3));
        };
    }

    /** Deletes the oldest of what there is too much of; null if there is not. */
    private static @Nullable Shot tidying(Attacker attacker) {
        if (attacker.ownHooks().size() > KEPT) {
            Hook oldest = attacker.ownHooks().takeOldest();
            return Api.shot(Kind.DEFINITION, attacker, "DELETE", "/triggers/" + oldest.id(), "");
        }
        if (attacker.ownCustomers().size() > KEPT) {
            return Api.shot(Kind.DEFINITION, attacker, "DELETE", "/customers/" + attacker.ownCustomers().takeOldest(), "");
        }
        if (attacker.ownPrograms().size() > KEPT) {
            attacker.retiredPrograms().add(attacker.ownPrograms().takeOldest());
        }
        if (attacker.retiredPrograms().size() > 2 * KEPT) {
            Program oldest = attacker.retiredPrograms().takeOldest();
            return Api.shot(Kind.DEFINITION, attacker, "DELETE", "/workflows/" + oldest.slug(), "", answer -> {
                if (answer.status() == CONFLICT) {
                    attacker.retiredPrograms().add(oldest);
                }
            });
        }
        return null;
    }

    private static Shot customer(RandomGenerator random, Attacker attacker) {
        String slug = random.nextBoolean() ? "" : ",\"slug\":" + JsonTexts.string(random, random.nextBoolean() ? OddTexts.next(random) : uuid(random));
        String limits = random.nextBoolean() ? "" : ",\"limits\":{\"events_per_day\":{\"limit\":%s,\"enforcement\":\"soft_limit\"}}".formatted(OddNumbers.next(random));
        return Api.shot(Kind.DEFINITION, attacker, "POST", "/customers",
                "{\"name\":%s%s%s}".formatted(JsonTexts.string(random, OddTexts.next(random)), slug, limits), answer -> {
                    Matcher id = ID.matcher(answer.text());
                    if (answer.status() == CREATED && id.find()) {
                        attacker.ownCustomers().add(id.group(1));
                    }
                });
    }

    private static Shot workflow(RandomGenerator random, Attacker attacker, Recent<Program> kept, String code) {
        String slug = "own-%d-%d".formatted(attacker.tenant(), attacker.nextName());
        Duration timeout = Pick.onceIn(random, 4) ? Duration.ofSeconds(1 + random.nextInt(2)) : null;
        String odd = Pick.onceIn(random, 8) ? "," + JsonTexts.name(random) + ":" + JsonTexts.value(random, 2) : "";
        String json = "{\"name\":%s,\"slug\":\"%s\",\"code\":%s,\"tier\":\"%s\",\"timeoutMs\":%d,\"retry\":%s%s}".formatted(
                JsonTexts.string(random, Pick.onceIn(random, 4) ? OddTexts.upTo(random, 200) : slug), slug, JsonTexts.string(random, code),
                timeout == null ? "standard" : "instant", timeout == null ? 5000 : timeout.toMillis(), Pick.one(random, RETRIES), odd);
        Program program = new Program(slug, code, timeout);
        return Api.shot(Kind.DEFINITION, attacker, "POST", "/workflows", json, answer -> keep(kept, program, answer));
    }

    private static Shot webhook(RandomGenerator random, Attacker attacker) {
        Hook hook = new Hook(uuid(random), attacker.tenant(), null, null, false, Pick.onceIn(random, 3) ? "X-Event-Id" : null, null);
        String key = hook.deduplicationHeader() != null ? KEYS.getFirst() : Pick.one(random, KEYS);
        String json = "{\"type\":\"webhook\",\"id\":\"%s\",\"name\":%s,\"auth\":{\"type\":\"none\"}%s,\"executionMode\":%s,\"routes\":%s%s}".formatted(
                hook.id(), JsonTexts.string(random, Pick.onceIn(random, 4) ? OddTexts.upTo(random, 200) : "own"),
                hook.deduplicationHeader() == null && random.nextBoolean() ? "" : ",\"deduplicationKey\":" + key,
                Pick.onceIn(random, 6) ? JsonTexts.value(random, 1) : "\"parallel\"", routes(random, attacker),
                Pick.onceIn(random, 8) ? "," + JsonTexts.name(random) + ":" + JsonTexts.value(random, 2) : "");
        return Api.shot(Kind.DEFINITION, attacker, "POST", "/triggers", json, answer -> keep(attacker.ownHooks(), hook, answer));
    }

    private static Shot change(RandomGenerator random, Attacker attacker) {
        if (attacker.ownHooks().isEmpty()) {
            return webhook(random, attacker);
        }
        String id = attacker.ownHooks().any(random).id();
        String auth = Pick.one(random, List.of("", ",\"auth\":{\"type\":\"none\"}", ",\"auth\":{\"type\":\"none\"}", ",\"auth\":" + JsonTexts.value(random, 2)));
        return Api.shot(Kind.DEFINITION, attacker, "PUT", "/triggers/" + id,
                "{\"type\":\"webhook\",\"name\":\"changed\"%s,\"routes\":%s}".formatted(auth, routes(random, attacker)));
    }

    /** Two routes at least: a webhook with one answers with the workflow's result if that is Instant. */
    private static String routes(RandomGenerator random, Attacker attacker) {
        return IntStream.range(0, 2 + (Pick.onceIn(random, 30) ? 200 : random.nextInt(3)))
                .mapToObj(i -> "{\"workflow\":\"%s\"%s%s}".formatted(program(random, attacker).slug(),
                        Pick.onceIn(random, 5) ? "" : ",\"filter\":" + (i > 10 ? "{\"a\":" + i + "}" : Filters.next(random)),
                        Pick.onceIn(random, 8) ? ",\"headers\":{%s:%s}".formatted(JsonTexts.name(random), JsonTexts.value(random, 0)) : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static Program program(RandomGenerator random, Attacker attacker) {
        return attacker.ownPrograms().isEmpty() || random.nextBoolean() ? Pick.one(random, attacker.programs()) : attacker.ownPrograms().any(random);
    }

    private static <T> void keep(Recent<T> kept, T item, Answer answer) {
        if (answer.status() == CREATED) {
            kept.add(item);
        }
    }

    private static String uuid(RandomGenerator random) {
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | (1L << 63)).toString();
    }
}
