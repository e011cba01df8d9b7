package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.FilterExamples.Example;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every example of docs/filters.md does what the page says. */
final class FilterDocumentationTest {
    private static final int LEAST_EXAMPLES = 250;

    /** The request that the page describes. */
    private static final RequestScope REQUEST = new RequestScope() {
        @Override
        public @Nullable String header(String name) {
            return name.equals("x-github-event") ? "push" : null;
        }

        @Override
        public @Nullable String query(String name) {
            return name.equals("page") ? "7" : null;
        }

        @Override
        public String path() {
            return "/orders/eu";
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String ip() {
            return "10.1.2.3";
        }

        @Override
        public String customer() {
            return "acme";
        }
    };

    @Test
    void everyExampleHolds() throws IOException {
        List<Example> examples = FilterExamples.read();
        for (Example example : examples) {
            switch (example) {
                case Example.Matching(String filter, String body, boolean matches) ->
                    assertThat(Matching.matches(filter, body, REQUEST)).as("%s on %s", filter, body).isEqualTo(matches);
                case Example.Refused(String filter, String place) ->
                    assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.parse(filter))
                            .satisfies(e -> assertThat(e.path()).isEqualTo(place));
                case Example.Dialect(String filter) -> Matching.filter(filter);
            }
        }
        assertThat(examples).hasSizeGreaterThan(LEAST_EXAMPLES);
    }
}
