package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events over so few names and values that filters over the same often match. */
final class RandomEvents {
    static final List<String> NAMES = List.of("a", "b", "c", "long_member_name", "another-long-member-name");
    static final List<String> TEXTS = List.of("", "x", "xy", "xyz", "XYZ", "opened", "Opened", "a-longer-text-with-an-end",
            "a-longer-text-with-another-end", "10.0.0.1", "10.1.0.1", "2001:db8::1", "a*b", "1", "true", "null");
    static final int NUMBERS = 6;

    private final Random random;
    private final boolean arrays;

    RandomEvents(Random random, boolean arrays) {
        this.random = random;
        this.arrays = arrays;
    }

    /** An object nested up to four levels. */
    Map<String, @Nullable Object> event() {
        return object(0);
    }

    @Nullable Object scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3, 4 -> random.nextInt(NUMBERS) - 2;
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private Map<String, @Nullable Object> object(int level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        int count = random.nextInt(level == 0 ? 5 : 4);
        for (int i = 0; i < count; i++) {
            members.put(NAMES.get(random.nextInt(NAMES.size())), value(level + 1));
        }
        return members;
    }

    private @Nullable Object value(int level) {
        int choice = random.nextInt(10);
        if (level < 4 && choice < 3) {
            return object(level);
        }
        if (arrays && level < 4 && choice < 6) {
            List<@Nullable Object> elements = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                elements.add(value(level + 1));
            }
            return elements;
        }
        return scalar();
    }
}
