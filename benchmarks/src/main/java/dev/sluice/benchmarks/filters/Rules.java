package dev.sluice.benchmarks.filters;

import java.util.ArrayList;
import java.util.List;

/**
 * The same rules for both matchers, as EventBridge patterns. Five match many of the events; the others are of the kinds
 * that customers write (one repository, one team, a range, an ending) and match none, so that the hits stay the same
 * however many rules there are.
 */
final class Rules {
    private static final List<String> HITTING = List.of(
            "{\"action\":[\"opened\",\"created\"]}",
            "{\"repository\":{\"full_name\":[{\"prefix\":\"Codertocat/\"}]},\"sender\":{\"type\":[\"User\"]}}",
            "{\"issue\":{\"number\":[{\"numeric\":[\">=\",1,\"<\",100]}]}}",
            "{\"repository\":{\"private\":[false]},\"ref\":[{\"exists\":true}]}",
            "{\"sender\":{\"login\":[{\"anything-but\":[\"dependabot[bot]\"]}]},\"action\":[\"deleted\"]}");

    private Rules() {}

    static List<String> patterns(int count) {
        List<String> patterns = new ArrayList<>(HITTING.subList(0, Math.min(count, HITTING.size())));
        for (int i = patterns.size(); i < count; i++) {
            patterns.add(switch (i % 5) {
                case 0 -> "{\"action\":[\"opened\"],\"repository\":{\"id\":[" + (900_000_000 + i) + "]}}";
                case 1 -> "{\"repository\":{\"full_name\":[\"acme-" + i + "/shop-" + i + "\"]}}";
                case 2 -> "{\"sender\":{\"login\":[{\"prefix\":\"team-" + i + "-\"}]},\"action\":[\"created\"]}";
                case 3 -> "{\"issue\":{\"number\":[{\"numeric\":[\">=\"," + (1000 * i) + ",\"<\"," + (1000 * i + 500) + "]}]}}";
                default -> "{\"repository\":{\"full_name\":[{\"suffix\":\"/service-" + i + "\"}]}}";
            });
        }
        return patterns;
    }

    /** The same pattern as a filter of ours. */
    static String asFilter(String pattern) {
        return "{\"syntax\":\"eventbridge\",\"pattern\":" + pattern + "}";
    }
}
