package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** EventBridge patterns with every operator, over the names and values of {@link RandomEvents}. */
final class RandomPatterns {
    private static final List<String> WILDCARDS = List.of("x*", "*z", "a-*-end", "*", "x*z", "a-longer*with*end", "a\\*b", "*0.0.1");
    private static final List<String> BLOCKS = List.of("10.0.0.0/16", "10.0.0.0/8", "2001:db8::/32");

    private final Random random;
    private final boolean absence;

    /** Patterns that ask for absence only if told to. */
    RandomPatterns(Random random, boolean absence) {
        this.random = random;
        this.absence = absence;
    }

    Map<String, Object> pattern() {
        return object(0);
    }

    private Map<String, Object> object(int level) {
        Map<String, Object> members = new LinkedHashMap<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            members.put(name(), value(level));
        }
        if (random.nextInt(8) == 0) {
            // Inside and outside of "$or" no name may occur twice: the peer lets one replace the other.
            List<Object> alternatives = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                alternatives.add(Map.of("or-" + i, value(3)));
            }
            alternatives.add(Map.of("d", List.of("x", "xy")));
            members.put("$or", alternatives);
        }
        return members;
    }

    private String name() {
        return RandomEvents.NAMES.get(random.nextInt(RandomEvents.NAMES.size()));
    }

    private Object value(int level) {
        if (level < 3 && random.nextInt(5) < 2) {
            return object(level + 1);
        }
        List<@Nullable Object> alternatives = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            alternatives.add(alternative());
        }
        return alternatives;
    }

    private @Nullable Object alternative() {
        return switch (random.nextInt(absence ? 17 : 15)) {
            case 0 -> Map.of("prefix", text());
            case 1 -> Map.of("suffix", text());
            case 2 -> Map.of("prefix", Map.of("equals-ignore-case", text()));
            case 3 -> Map.of("suffix", Map.of("equals-ignore-case", text()));
            case 4 -> Map.of("equals-ignore-case", text());
            case 5 -> Map.of("wildcard", WILDCARDS.get(random.nextInt(WILDCARDS.size())));
            case 6 -> Map.of("anything-but", random.nextBoolean() ? text() : List.of(text(), "xy"));
            case 7 -> Map.of("anything-but", random.nextBoolean() ? number() : List.of(number(), 1));
            case 8 -> Map.of("anything-but", anythingBut());
            case 9 -> Map.of("numeric", List.of(random.nextBoolean() ? ">" : ">=", number()));
            case 10 -> Map.of("numeric", List.of(">=", number(), "<", 4));
            case 11 -> Map.of("numeric", List.of("=", number()));
            case 12 -> Map.of("cidr", BLOCKS.get(random.nextInt(BLOCKS.size())));
            case 13 -> Map.of("exists", true);
            case 15, 16 -> Map.of("exists", false);
            default -> scalar();
        };
    }

    private Object anythingBut() {
        String text = RandomEvents.TEXTS.get(1 + random.nextInt(RandomEvents.TEXTS.size() - 1));
        return switch (random.nextInt(4)) {
            case 0 -> Map.of("prefix", text);
            case 1 -> Map.of("suffix", List.of(text, "nd"));
            case 2 -> Map.of("equals-ignore-case", List.of(text, "OPENED"));
            default -> Map.of("wildcard", "x*");
        };
    }

    private @Nullable Object scalar() {
        int choice = random.nextInt(6);
        return choice == 0 ? null : choice == 1 ? (Object) random.nextBoolean() : choice < 4 ? (Object) number() : text();
    }

    private int number() {
        return random.nextInt(RandomEvents.NUMBERS) - 2;
    }

    private String text() {
        return RandomEvents.TEXTS.get(random.nextInt(RandomEvents.TEXTS.size()));
    }
}
