package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;

import java.util.ArrayList;
import java.util.List;

/** Short ways to match in tests. */
final class Matching {
    private Matching() {}

    static Filter filter(String json) {
        try {
            return Filter.parse(json);
        } catch (FilterException e) {
            throw new AssertionError(json + " was refused: " + e.getMessage(), e);
        }
    }

    static boolean matches(String filter, String body) {
        return matches(filter, body, RequestScope.NONE);
    }

    static boolean matches(String filter, String body, RequestScope request) {
        Match match = new Match();
        Matcher.compile(List.of(filter(filter))).match(Utf8.bytes(body), request, match);
        if (!match.valid()) {
            throw new AssertionError(body + " was refused: " + match.error());
        }
        return match.count() == 1;
    }

    static int[] routes(List<String> filters, String body) {
        List<Filter> parsed = new ArrayList<>();
        filters.forEach(filter -> parsed.add(filter(filter)));
        Match match = new Match();
        Matcher.compile(parsed).match(Utf8.bytes(body), RequestScope.NONE, match);
        return match.routes();
    }
}
