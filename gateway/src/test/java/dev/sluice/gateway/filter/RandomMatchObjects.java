package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Match-objects over the names and values of {@link RandomEvents}. */
final class RandomMatchObjects {
    private final Random random;
    private final RandomEvents values;

    RandomMatchObjects(Random random) {
        this.random = random;
        this.values = new RandomEvents(random, false);
    }

    Map<String, @Nullable Object> filter() {
        return object(0);
    }

    private Map<String, @Nullable Object> object(int level) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            int choice = random.nextInt(20);
            if (choice == 0) {
                members.put(one("$and", "$or", "$nor"), List.of(object(level + 1), object(level + 1)));
            } else if (choice == 1) {
                members.put("$not", object(level + 1));
            } else {
                members.put(path(), value(level + 1));
            }
        }
        return members;
    }

    private String path() {
        return random.nextInt(4) == 0 ? name() + '.' + name() : name();
    }

    private String name() {
        return RandomEvents.NAMES.get(random.nextInt(RandomEvents.NAMES.size()));
    }

    private @Nullable Object value(int level) {
        int choice = random.nextInt(10);
        if (choice < 2) {
            return values.scalar();
        }
        if (choice == 2) {
            return List.of(text(), number());
        }
        if (level < 4 && choice < 5) {
            return object(level);
        }
        Map<String, @Nullable Object> operators = new LinkedHashMap<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            operator(operators, level);
        }
        return operators;
    }

    private void operator(Map<String, @Nullable Object> into, int level) {
        switch (random.nextInt(level < 4 ? 18 : 13)) {
            case 0 -> into.put(one("$eq", "$ne"), random.nextInt(4) == 0 ? Map.of("$ref", path()) : values.scalar());
            case 1 -> into.put(one("$gt", "$gte", "$lt", "$lte"), random.nextInt(4) == 0 ? Map.of("$ref", path()) : ordered());
            case 2 -> into.put("$between", random.nextBoolean() ? List.of(number(), 3) : List.of("a", text()));
            case 3 -> into.put(one("$in", "$nin"), scalars());
            case 4 -> into.put("$exists", random.nextBoolean());
            case 5 -> into.put("$type", one("null", "boolean", "number", "string", "array", "object"));
            case 6 -> into.put(one("$startsWith", "$endsWith"), text());
            case 7 -> into.put("$contains", values.scalar());
            case 8 -> into.put(one("$iequals", "$icontains"), text());
            case 9 -> into.put("$size", random.nextInt(4));
            case 10 -> into.put("$mod", List.of(2, random.nextInt(2)));
            case 11 -> into.put("$ref", path());
            case 12 -> into.put("$all", scalars());
            case 13, 14 -> into.put(one("$any", "$none", "$all", "$elemMatch"), inner(level + 1));
            case 15 -> into.put("$not", value(level + 1));
            default -> into.put(one("$and", "$or", "$nor"), alternatives(level + 1));
        }
    }

    private List<@Nullable Object> alternatives(int level) {
        List<@Nullable Object> alternatives = new ArrayList<>();
        alternatives.add(value(level));
        alternatives.add(value(level));
        return alternatives;
    }

    /** Not an array: after "$all" that would be the other form of the operator. */
    private @Nullable Object inner(int level) {
        Object inner = value(level);
        return inner instanceof List ? values.scalar() : inner;
    }

    private List<@Nullable Object> scalars() {
        List<@Nullable Object> scalars = new ArrayList<>();
        scalars.add(values.scalar());
        scalars.add(values.scalar());
        return scalars;
    }

    private Object ordered() {
        return random.nextBoolean() ? number() : text();
    }

    private int number() {
        return random.nextInt(RandomEvents.NUMBERS) - 2;
    }

    private String text() {
        return RandomEvents.TEXTS.get(random.nextInt(RandomEvents.TEXTS.size()));
    }

    private String one(String... names) {
        return names[random.nextInt(names.length)];
    }
}
