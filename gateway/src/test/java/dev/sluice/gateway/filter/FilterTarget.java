package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.review.Lint;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold for any filter and any body, however malformed. Throws when it does not. */
final class FilterTarget {
    private static final Filter OTHER = Matching.filter("{\"a\":{\"$gt\":1},\"b\":[\"x\"]}");
    private static final Limits LIMITS = new Limits(1 << 16, 64);

    private final Match match = new Match();
    private final Match again = new Match();

    void check(String filterText, byte[] body) {
        Filter filter = parse(filterText);
        List<@Nullable Filter> filters = filter == null ? Arrays.asList(null, OTHER) : Arrays.asList(filter, OTHER, null, filter);
        Matcher matcher = Matcher.compile(filters, LIMITS);
        matcher.match(body, RequestScope.NONE, match);
        Matcher.compile(List.of(), LIMITS).match(body, RequestScope.NONE, again);
        assertThat(match.valid()).isEqualTo(again.valid());
        JsonError error = match.error();
        if (error != null) {
            assertThat(error).isEqualTo(again.error());
            assertThat(error.offset()).isBetween(0, body.length);
            assertThat(match.count()).isZero();
            return;
        }
        List<Integer> routes = Arrays.stream(match.routes()).boxed().toList();
        assertThat(routes).contains(filter == null ? 0 : 2).isSorted();
        assertThat(matcher.outcomes(match)).hasSize(filters.size());
        if (filter != null) {
            checkAlone(filter, matcher, body, routes);
        }
    }

    private void checkAlone(Filter filter, Matcher matcher, byte[] body, List<Integer> routes) {
        assertThat(routes.contains(0)).isEqualTo(routes.contains(3));
        Matcher.compile(List.of(filter), LIMITS).match(body, RequestScope.NONE, again);
        assertThat(again.count() == 1).isEqualTo(routes.contains(0));
        assertThat(matcher.explain(0, body, 0, body.length, RequestScope.NONE)).isNotNull()
                .extracting(explanation -> explanation.matched()).isEqualTo(routes.contains(0));
        for (var warning : Lint.check(List.of(filter.condition()))) {
            switch (warning.kind()) {
                case NEVER_MATCHES -> assertThat(routes).doesNotContain(0);
                case ALWAYS_MATCHES -> assertThat(routes).contains(0);
                case SHADOWED -> throw new AssertionError("a single filter cannot be shadowed");
                case AMBIGUOUS -> throw new AssertionError("said when a filter is read");
            }
        }
    }

    private static @Nullable Filter parse(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterException e) {
            assertThat(e.path()).startsWith("$");
            assertThat(e.reason()).isNotEmpty();
            return null;
        }
    }
}
