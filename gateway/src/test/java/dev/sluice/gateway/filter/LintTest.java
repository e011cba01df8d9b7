package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.review.Lint;
import dev.sluice.gateway.filter.review.Warning;
import dev.sluice.gateway.filter.review.Warning.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters that are legal but hardly meant. */
final class LintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"$in":[]}}                              | NEVER_MATCHES
            {"a":1,"b":{"$in":[]}}                        | NEVER_MATCHES
            {"a":{"$between":[5,3]}}                      | NEVER_MATCHES
            {"a":{"$size":{"$gt":3,"$lt":4}}}             | NEVER_MATCHES
            {"a":{"$mod":[4,4]}}                          | NEVER_MATCHES
            {"$headers":{"x":5}}                          | NEVER_MATCHES
            {"$query":{"page":{"$gte":2}}}                | NEVER_MATCHES
            {"$method":{"$any":{"$eq":"GET"}}}            | NEVER_MATCHES
            {"$method":["GET","POST"]}                    | NEVER_MATCHES
            {"a":{"$exists":true,"$not":{"$exists":true}}} | NEVER_MATCHES
            {}                                            | ALWAYS_MATCHES
            {"a":{"$nin":[]}}                             | ALWAYS_MATCHES
            {"a":{"$or":[{"$exists":true},{"$exists":false}]}} | ALWAYS_MATCHES
            """)
    void findsWhatCannotBeMeant(String filter, Kind kind) {
        assertThat(kinds(filter)).containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"state":["open","new"]}                                 | $.state: all of these values must be there, in an array; one of them is {"$in": [...]}
            {"$query":{"state":["open","new"]}}                      | $.$query.state: all of these
            {"items[0].id":5}                                        | $.items[0].id: the name of a member is no place in an array
            {"items.0.id":5}                                         | $.items.0.id: the name of a member is no place in an array
            {"field":"items[*].id","op":"eq","value":5}              | $.field: the name of a member is no place in an array
            {"a":{"$ref":"b[]"}}                                     | $.a.$ref: the name of a member is no place in an array
            {"syntax":"eventbridge","pattern":{"a[0]":[5]}}          | $.pattern.a[0]: the name of a member is no place in an array
            {"at":"2025-12-31T23:59:60Z"}                            | $.at: second 60 is a leap second
            {"at":{"$before":"2016-12-31T23:59:60.5+00:00"}}         | $.at.$before: second 60 is a leap second
            {"at":{"$in":["2025-12-31T23:59:60Z"]}}                  | $.at.$in[0]: second 60 is a leap second
            """)
    void remarksOnWhatIsProbablyMeantOtherwise(String filter, String remark) {
        assertThat(Matching.filter(filter).remarks()).singleElement().asString().startsWith(remark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1]}", "{\"tags\":{\"$all\":[\"vip\",\"new\"]}}", "{\"a\":{\"$in\":[1,2]}}", "{\"a\":\"x:60y\"}",
        "{\"a\":\"2025-12-31T23:59:59Z\"}", "{\"a\":\"2025-13-31T23:59:60Z\"}", "{\"item2.id\":1}", "{\"syntax\":\"eventbridge\",\"pattern\":{\"a\":[1,2]}}"})
    void doesNotRemarkOnWhatIsClear(String filter) {
        assertThat(Matching.filter(filter).remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,2]}", "{\"a\":{\"$gt\":5,\"$lt\":3}}", "{\"$and\":[{\"a\":1},{\"a\":2}]}", "{\"a\":{\"$none\":{\"$in\":[]}},\"b\":1}"})
    void keepsQuietWhereAnArrayCouldMatch(String filter) {
        assertThat(kinds(filter)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1}           | {"a":1}               | true
            {"a":1}           | {"a":1,"b":2}         | true
            {"a":1,"b":2}     | {"a":1}               | false
            {"a":1}           | {"a":2}               | false
            {"a":1}           | {"field":"a","op":"eq","value":1} | true
            """)
    void findsRoutesThatAnotherShadows(String first, String second, boolean shadowed) {
        List<Warning> warnings = Lint.check(List.of(condition(first), condition(second)));
        assertThat(warnings.stream().anyMatch(warning -> warning.route() == 1 && warning.kind() == Kind.SHADOWED)).isEqualTo(shadowed);
    }

    private static List<Kind> kinds(String filter) {
        List<Kind> kinds = new ArrayList<>();
        Lint.check(List.of(condition(filter))).forEach(warning -> kinds.add(warning.kind()));
        return kinds;
    }

    private static Condition condition(String filter) {
        return Matching.filter(filter).condition();
    }
}
