package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Conditions on the request besides its body. */
final class ScopeTest {
    private static final RequestScope REQUEST = new RequestScope() {
        @Override
        public @Nullable String header(String name) {
            return switch (name) {
                case "x-github-event" -> "push";
                case "x-long" -> "ü".repeat(500);
                default -> null;
            };
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"$headers":{"X-GitHub-Event":"push"}}                       | true
            {"$headers.X-GITHUB-EVENT":{"$in":["push","pull_request"]}}  | true
            {"$headers":{"X-GitHub-Event":"pull_request"}}               | false
            {"$headers":{"Absent":{"$exists":false}}}                    | true
            {"$headers":{"Absent":"x"}}                                  | false
            {"$headers":{"X-Long":{"$endsWith":"üü"}}}                   | true
            {"$query":{"page":"7"}}                                      | true
            {"$query":{"page":{"$startsWith":"8"}}}                      | false
            {"$path":{"$startsWith":"/orders/"}}                         | true
            {"$method":{"$ne":"POST"}}                                   | false
            {"$ip":{"$cidr":"10.0.0.0/8"}}                               | true
            {"$customer":["acme"]}                                       | true
            {"tenant":{"$ref":"$customer"}}                              | true
            {"$not":{"$method":"GET"},"tenant":"acme"}                   | true
            {"$or":[{"$method":"GET"},{"$path":"/orders/eu"}]}           | true
            {"field":"$headers.x-github-event","op":"eq","value":"push"} | true
            {"syntax":"match","compare":"loose","pattern":{"$query":{"page":{"$gte":7}}}} | true
            """)
    void looksAtTheRequest(String filter, boolean expected) {
        assertThat(Matching.matches(filter, "{\"tenant\":\"acme\"}", REQUEST)).isEqualTo(expected);
    }

    @Test
    void fieldsOfTheBodyThatLookLikeScopesAreEscaped() {
        assertThat(Matching.matches("{\"\\\\$method\":\"x\"}", "{\"$method\":\"x\"}", REQUEST)).isTrue();
    }
}
