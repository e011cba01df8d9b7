package dev.sluice.gateway.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Filters that are refused, with the place of the fault. */
final class FilterErrorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":                               | $                         | not JSON
            5                                   | $                         | must be an object
            {"total":{"$gte":true}}             | $.total.$gte              | number or a string
            {"a":{"$bigger":1}}                 | $.a.$bigger               | unknown operator
            {"a":{"b":{"$regex":"("}}}          | $.a.b.$regex              | regular expression
            {"a":{"$regex":"(?=x)"}}            | $.a.$regex                | regular expression
            {"a":{"$in":[1,[2]]}}               | $.a.$in[1]                | must be a string
            {"a":{}}                            | $.a                       | empty object
            {"a":[]}                            | $.a                       | empty array
            {"a..b":1}                          | $.a..b                    | empty name
            {"a":{"$cidr":"10.0.0.0/33"}}       | $.a.$cidr                 | 0 to 32
            {"a":{"$before":"yesterday"}}       | $.a.$before               | must be a time
            {"a":{"$mod":[0,1]}}                | $.a.$mod[0]               | zero
            {"a":{"$semver":"1.x"}}             | $.a.$semver               | range of versions
            {"a":{"$between":[1,"2"]}}          | $.a.$between              | one type
            {"a":{"$type":"float"}}             | $.a.$type                 | must be null, boolean
            {"a":{"$ref":"$nowhere.x"}}         | $.a.$ref                  | unknown scope
            {"$headers":{}}                     | $.$headers                | at least one
            {"$method.x":1}                     | $.$method.x               | nothing below
            {"a":{"$wildcard":"x**y"}}          | $.a.$wildcard             | in a row
            {"and":[{"field":"a","op":"is","value":1}]} | $.and[0].op       | must be one of
            {"and":[{"field":"a","op":"gt"}]}   | $.and[0]                  | needs a value
            {"syntax":"jq","pattern":{}}        | $.syntax                  | must be match
            {"syntax":"eventbridge","pattern":{"a":"x"}} | $.pattern.a      | array of values
            {"syntax":"eventbridge","pattern":{"a":[{"numeric":["<",1,">",5]}]}} | $.pattern.a[0].numeric | no number
            {"syntax":"eventbridge","pattern":{"a":[{"anything-but":[1,"x"]}]}} | $.pattern.a[0].anything-but | all strings
            {"syntax":"eventbridge","compare":"loose","pattern":{"a":[1]}} | $.compare | strictly
            """)
    void saysWhereAndWhy(String filter, String path, String reason) {
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.parse(filter)).satisfies(e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.reason()).contains(reason);
        });
    }

    @Test
    void costAndDepthAreBounded() {
        String regex = "{\"a\":{\"$regex\":\"(abc|def){500}\"}}";
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.parse(regex))
                .satisfies(e -> assertThat(e.reason()).contains("costs up to"));
        String deep = "{\"$not\":".repeat(100) + "{\"a\":1}" + "}".repeat(100);
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.parse(deep))
                .satisfies(e -> assertThat(e.reason()).contains("deep"));
    }

    @Test
    void treesOfJsonLibrariesAreTakenAsTheyAre() throws FilterException {
        Filter filter = Filter.of(Map.of("a", Map.of("$in", Arrays.asList(1L, 2.5, null, true, CharBuffer.wrap("x")))));
        assertThat(filter).isEqualTo(Filter.parse("{\"a\":{\"$in\":[1,2.5,null,true,\"x\"]}}"));
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.of(Map.of("a", Double.NaN)));
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.of(Map.of("a", new Object())));
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.of(List.of()));
    }
}
