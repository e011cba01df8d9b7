package dev.sluice.gateway.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the operators of match-objects mean: a filter, a body, and whether it matches. */
final class MatchObjectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1}                                  | {"a":1}                          | true
            {"a":1}                                  | {"a":1.0}                        | true
            {"a":1}                                  | {"a":10e-1}                      | true
            {"a":1}                                  | {"a":"1"}                        | false
            {"a":1}                                  | {"a":true}                       | false
            {"a":"1"}                                | {"a":1}                          | false
            {"a":null}                               | {"a":null}                       | true
            {"a":null}                               | {}                               | false
            {"a":true}                               | {"a":true}                       | true
            {"a":true}                               | {"a":false}                      | false
            {"a":"x","b":"y"}                        | {"a":"x","b":"y"}                | true
            {"a":"x","b":"y"}                        | {"a":"x","b":"z"}                | false
            {"a":{"b":"x"}}                          | {"a":{"b":"x"}}                  | true
            {"a.b":"x"}                              | {"a":{"b":"x"}}                  | true
            {"a.b":"x"}                              | {"a.b":"x"}                      | false
            {"a\\\\.b":"x"}                          | {"a.b":"x"}                      | true
            {"\\\\$a":"x"}                           | {"$a":"x"}                       | true
            {"":"x"}                                 | {"":"x"}                         | true
            {"a":"x"}                                | {"a":["w","x"]}                  | true
            {"a":"x"}                                | {"a":["w",["v",["x"]]]}          | true
            {"a":"x"}                                | {"a":[]}                         | false
            {"a":["x","w"]}                          | {"a":["w","y","x"]}              | true
            {"a":["x","z"]}                          | {"a":["w","y","x"]}              | false
            {"a":{"b":1,"c":2}}                      | {"a":[{"b":1,"c":2},{"b":2}]}    | true
            {"a":{"b":1,"c":2}}                      | {"a":[{"b":1,"c":1},{"b":2,"c":2}]} | false
            {"a.b":1,"a.c":2}                        | {"a":[{"b":1,"c":1},{"b":2,"c":2}]} | true
            {"a":"x"}                                | {"a":"y","a":"x"}                | true
            {"a":"y"}                                | {"a":"y","a":"x"}                | false
            {"a":{"b":1}}                            | {"a":{"b":1},"a":{"c":1}}        | false
            {"a":"\\u00e9\\n"}                       | {"a":"\\u00e9\\u000a"}           | true
            {"a":"é"}                                | {"a":"\\u00e9"}                  | true
            {"ab":1}                                 | {"\\u0061b":1}                   | true
            {"a":"😀"}                               | {"a":"\\ud83d\\ude00"}           | true
            {"a":"\\ud800"}                          | {"a":"\\ud800"}                  | true
            {"a":"\\ud800"}                          | {"a":"?"}                        | false
            """)
    void literals(String filter, String body, boolean expected) {
        assertThat(Matching.matches(filter, body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"$eq":1}}                          | {"a":1}                          | true
            {"a":{"$ne":1}}                          | {"a":1}                          | false
            {"a":{"$neq":1}}                         | {"a":2}                          | true
            {"a":{"$ne":1}}                          | {}                               | true
            {"a":{"$ne":1}}                          | {"a":[1,2]}                      | false
            {"a":{"$gt":9007199254740992}}           | {"a":9007199254740993}           | true
            {"a":{"$gt":9007199254740993}}           | {"a":9007199254740993}           | false
            {"a":9007199254740993}                   | {"a":9007199254740992}           | false
            {"a":0.1}                                | {"a":0.1000000000000000055511}   | false
            {"a":1e400}                              | {"a":10e399}                     | true
            {"a":{"$lt":1e400}}                      | {"a":9.99e399}                   | true
            {"a":{"$lt":-1e400}}                     | {"a":-9.99e399}                  | false
            {"a":0}                                  | {"a":-0.0}                       | true
            {"a":{"$gte":100,"$lt":200}}             | {"a":199.99}                     | true
            {"a":{"$gte":100,"$lt":200}}             | {"a":200}                        | false
            {"a":{"$gte":100}}                       | {"a":"200"}                      | false
            {"a":{"$gte":"b"}}                       | {"a":"c"}                        | true
            {"a":{"$gte":"b"}}                       | {"a":"a"}                        | false
            {"a":{"$between":[1,2]}}                 | {"a":2}                          | true
            {"a":{"$between":[1,2]}}                 | {"a":2.01}                       | false
            {"a":{"$in":["x",1,null]}}               | {"a":null}                       | true
            {"a":{"$in":["x",1,null]}}               | {}                               | false
            {"a":{"$nin":["x",1]}}                   | {"a":"y"}                        | true
            {"a":{"$nin":["x",1]}}                   | {}                               | true
            {"a":{"$exists":true}}                   | {"a":null}                       | true
            {"a":{"$exists":true}}                   | {"b":1}                          | false
            {"a":{"$exists":false}}                  | {"b":1}                          | true
            {"a.b":{"$exists":false}}                | {"a":1}                          | true
            {"a":{"$type":"integer"}}                | {"a":1e2}                        | true
            {"a":{"$type":"integer"}}                | {"a":1.5}                        | false
            {"a":{"$type":["string","null"]}}        | {"a":null}                       | true
            {"a":{"$type":"array"}}                  | {"a":["x"]}                      | true
            {"a":{"$type":"string"}}                 | {"a":["x"]}                      | false
            {"a":{"$startsWith":"ab"}}               | {"a":"abc"}                      | true
            {"a":{"$startsWith":["x","ab"]}}         | {"a":"abc"}                      | true
            {"a":{"$startsWith":"ab"}}               | {"a":"a"}                        | false
            {"a":{"$endsWith":"bc"}}                 | {"a":"abc"}                      | true
            {"a":{"$endsWith":"bc"}}                 | {"a":"abcd"}                     | false
            {"a":{"$contains":"bc"}}                 | {"a":"abcd"}                     | true
            {"a":{"$contains":"bc"}}                 | {"a":["bc"]}                     | true
            {"a":{"$contains":"bc"}}                 | {"a":["abcd"]}                   | false
            {"a":{"$contains":1}}                    | {"a":[2,1]}                      | true
            {"a":{"$iequals":"STRASSE"}}             | {"a":"strasse"}                  | true
            {"a":{"$iequals":"ÄB"}}                  | {"a":"äb"}                       | true
            {"a":{"$iequals":"10 k"}}                | {"a":"10 \u212A"}                | true
            {"a":{"$iequals":"10 \u212A"}}           | {"a":"10 k"}                     | true
            {"a":{"$iequals":"10 k"}}                | {"a":"10 K"}                     | true
            {"a":{"$icontains":"ELL"}}               | {"a":"hello"}                    | true
            {"a":{"$icontains":"ELL"}}               | {"a":["xELL","eLl"]}             | true
            {"a":{"$wildcard":"a*c*e"}}              | {"a":"abcde"}                    | true
            {"a":{"$wildcard":"a*c*e"}}              | {"a":"ace"}                      | true
            {"a":{"$wildcard":"a*c*e"}}              | {"a":"aec"}                      | false
            {"a":{"$wildcard":"ab*ba"}}              | {"a":"aba"}                      | false
            {"a":{"$wildcard":"a\\\\*b"}}            | {"a":"a*b"}                      | true
            {"a":{"$wildcard":"a\\\\*b"}}            | {"a":"axb"}                      | false
            {"a":{"$regex":"^b.*d$"}}                | {"a":"bcd"}                      | true
            {"a":{"$regex":"^b.*d$"}}                | {"a":"bcde"}                     | false
            {"a":{"$cidr":"10.0.0.0/8"}}             | {"a":"10.255.1.2"}               | true
            {"a":{"$cidr":"10.0.0.0/8"}}             | {"a":"11.0.0.0"}                 | false
            {"a":{"$cidr":"2001:db8::/32"}}          | {"a":"2001:db8:1::5"}            | true
            {"a":{"$cidr":"2001:db8::/32"}}          | {"a":"2001:db9::"}               | false
            {"a":{"$cidr":["192.168.0.1"]}}          | {"a":"192.168.0.1"}              | true
            {"a":{"$before":"2026-01-01T00:00:00Z"}} | {"a":"2026-01-01T00:59:59+01:00"} | true
            {"a":{"$before":"2026-01-01T00:00:00Z"}} | {"a":"2026-01-01T00:00:00Z"}     | false
            {"a":{"$after":"2026-01-01"}}            | {"a":"2026-01-01T00:00:00.001Z"} | true
            {"a":{"$after":"2026-01-01"}}            | {"a":"2025-02-29T00:00:00Z"}     | false
            {"a":{"$size":2}}                        | {"a":[1,[2,3]]}                  | true
            {"a":{"$size":0}}                        | {"a":[]}                         | true
            {"a":{"$size":2}}                        | {"a":"é😀"}                      | true
            {"a":{"$size":{"$gte":2}}}               | {"a":{"x":{"y":1},"z":[1]}}      | true
            {"a":{"$size":{"$gt":2}}}                | {"a":{"x":{"y":1},"z":[1]}}      | false
            {"a":{"$mod":[4,1]}}                     | {"a":9}                          | true
            {"a":{"$mod":[4,1]}}                     | {"a":1000000000000000000001}     | true
            {"a":{"$mod":[4,1]}}                     | {"a":1.5}                        | false
            {"a":{"$semver":"^1.2.0"}}               | {"a":"1.9.3"}                    | true
            {"a":{"$semver":"^1.2.0"}}               | {"a":"2.0.0-rc.1"}               | false
            {"a":{"$semver":">1.0.0-alpha"}}         | {"a":"1.0.0-alpha.1"}            | true
            {"a":{"$ref":"b.c"}}                     | {"a":5,"b":{"c":5.0}}            | true
            {"a":{"$ref":"b.c"}}                     | {"a":5,"b":{"c":"5"}}            | false
            {"a":{"$gt":{"$ref":"b"}}}               | {"a":5,"b":4}                    | true
            {"a":{"$eq":{"$ref":"b"}}}               | {"a":5,"b":[4,5]}                | true
            {"a":{"$ref":"b"}}                       | {"a":5}                          | false
            {"a":{"$any":{"$gt":5}}}                 | {"a":[1,6]}                      | true
            {"a":{"$any":{"$gt":5}}}                 | {"a":6}                          | false
            {"a":{"$all":{"$gt":5}}}                 | {"a":[7,6]}                      | true
            {"a":{"$all":{"$gt":5}}}                 | {"a":[7,5]}                      | false
            {"a":{"$all":["x","y"]}}                 | {"a":["y","z","x"]}              | true
            {"a":{"$none":{"$gt":5}}}                | {"a":[1,2]}                      | true
            {"a":{"$none":{"$gt":5}}}                | {"a":[1,6]}                      | false
            {"a":{"$elemMatch":{"b":1,"c":{"$ne":2}}}} | {"a":[{"b":1,"c":2},{"b":1}]}  | true
            {"a":{"$elemMatch":{"$gt":1,"$lt":3}}}   | {"a":[0,5]}                      | false
            {"a":{"$gt":1,"$lt":3}}                  | {"a":[0,5]}                      | true
            {"a":{"$not":{"$gt":5}}}                 | {"a":4}                          | true
            {"a":{"$or":[1,{"$gt":5}]}}              | {"a":6}                          | true
            {"$or":[{"a":1},{"b":1}]}                | {"b":1}                          | true
            {"$and":[{"a":1},{"b":1}]}               | {"b":1}                          | false
            {"$nor":[{"a":1},{"b":1}]}               | {"c":1}                          | true
            {"$not":{"a":1}}                         | {"a":1}                          | false
            {}                                       | {"a":1}                          | true
            {}                                       | 5                                | true
            {"a":1}                                  | [{"a":2},{"a":1}]                | true
            {"$type":"array"}                        | []                               | true
            {"a":{"$in":[]}}                         | {"a":1}                          | false
            """)
    void operators(String filter, String body, boolean expected) {
        assertThat(Matching.matches(filter, body)).isEqualTo(expected);
    }

    @Test
    void versionRangesHaveAlternatives() {
        String filter = "{\"v\":{\"$semver\":\">=1.0.0 <2.0.0 || 3.0.0\"}}";
        assertThat(Matching.matches(filter, "{\"v\":\"3.0.0+build\"}")).isTrue();
        assertThat(Matching.matches(filter, "{\"v\":\"2.0.0\"}")).isFalse();
    }

    @Test
    void manyRoutesShareOneMatcher() {
        var filters = IntStream.range(0, 500).mapToObj(i -> "{\"type\":\"t" + i + "\",\"n\":{\"$gte\":" + i + "}}").toList();
        assertThat(Matching.routes(filters, "{\"type\":\"t37\",\"n\":37}")).containsExactly(37);
        assertThat(Matching.routes(filters, "{\"type\":\"t37\",\"n\":36}")).isEmpty();
    }
}
