package dev.sluice.benchmarks.filters;

import dev.sluice.gateway.filter.json.JsonReader;
import dev.sluice.gateway.filter.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scalars of a body with the member names that lead to them. */
final class Leaves {
    /** A scalar: a {@code String}, a {@code Decimal}, a {@code Boolean} or null. */
    record Leaf(List<String> path, @Nullable Object value) {}

    private Leaves() {}

    static List<Leaf> of(byte[] body) {
        List<Leaf> leaves = new ArrayList<>();
        try {
            collect(JsonReader.read(new String(body, StandardCharsets.UTF_8)), List.of(), leaves);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
        return leaves;
    }

    private static void collect(@Nullable Object value, List<String> path, List<Leaf> into) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                List<String> longer = new ArrayList<>(path);
                longer.add(String.valueOf(name));
                collect(member, longer, into);
            });
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> collect(element, path, into));
        } else {
            into.add(new Leaf(path, value));
        }
    }
}
