package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.syntax.ValuePathReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The value that tells events apart: what are one key, what are two, and what is none. */
final class KeyTest {
    private static final String BOM = "\ufeff";

    private final Match match = new Match();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id              | {"id":"a"}                        | { "n" : [1], "id" : "\\u0061" }
            id              | {"id":1}                          | {"id":1.0}
            id              | {"id":100}                        | {"id":1e2}
            id              | {"id":0}                          | {"id":-0.0}
            id              | {"id":9007199254740993}           | {"id":9007199254740993.000}
            id              | {"id":"a"}                        | {"id":"b","id":"a"}
            id              | {"id":"a"}                        | {"i\\u0064":"a"}
            id              | {"id":"a"}                        | [{"id":"a"}]
            id              | {"id":"größe"}                    | {"id":"gr\\u00f6\\u00dfe"}
            id              | {"id":"😀"}                       | {"id":"\\ud83d\\ude00"}
            data.id         | {"data":{"id":"a"}}               | {"data":1,"data":{"x":{"id":2},"id":"a"}}
            data\\.id       | {"data.id":"a"}                   | {"data":{"id":"b"},"data.id":"a"}
            \\$id           | {"$id":"a"}                       | {"id":"b","$id":"a"}
            a\\[0]          | {"a[0]":"a"}                      | {"a":["b"],"a[0]":"a"}
            a\\\\b          | {"a\\\\b":"a"}                    | {"x":0,"a\\\\b":"a"}
            items.id        | {"items":[{"id":1},{"id":2}]}     | {"items":[{"id":1.0,"x":0},[{"id":2}]]}
            items[0].id     | {"items":[{"id":1},{"id":2}]}     | {"items":[{"id":1},{"id":3}]}
            items[1].id     | {"items":[{"id":1},{"id":2}]}     | {"items":[{},{"id":2}]}
            items[1]        | {"items":["a","b"]}               | {"items":[0,"b",7]}
            [1].id          | [{"id":1},{"id":2}]               | [0,{"id":2}]
            [0]             | ["a"]                             | ["a","b"]
            ref             | {"ref":{"a":1,"b":["x",null]}}    | {"ref": { "\\u0061":1.0, "b" : [ "\\u0078" ,null ] }}
            ref             | {"ref":[1,[2]]}                   | {"ref": [ 1.00, [2e0] ]}
            ref             | {"ref":{"a":{}},"b":1}            | {"b":2,"ref":{"a":{}}}
            ok              | {"ok":true}                       | {"ok": true}
            """)
    void isOneHoweverItIsWritten(String path, String first, String second) {
        assertThat(key(path, first)).isNotNull().isEqualTo(key(path, second));
        assertThat(key(path, BOM + first)).isEqualTo(key(path, first));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id          | {"id":1}                       | {"id":"1"}
            id          | {"id":1}                       | {"id":-1}
            id          | {"id":1}                       | {"id":10}
            id          | {"id":12}                      | {"id":1.2}
            id          | {"id":true}                    | {"id":"true"}
            id          | {"id":true}                    | {"id":false}
            id          | {"id":"a"}                     | {"id":"A"}
            id          | {"id":"a"}                     | {"id":"a "}
            id          | {"id":9007199254740993}        | {"id":9007199254740992}
            id          | {"id":0.1}                     | {"id":0.1000000000000000055}
            id          | {"id":1e9999999999}            | {"id":1e9999999998}
            id          | {"id":1e99999999999999999999}  | {"id":1e99999999999999999998}
            id          | {"id":1e-99999999999999999999} | {"id":1e-99999999999999999998}
            id          | {"id":"\\ud800"}               | {"id":"?"}
            id          | {"id":"\\ud800"}               | {"id":"\\ud801"}
            id          | {"id":["a"]}                   | {"id":"a"}
            id          | {"id":["a","b"]}               | {"id":["ab"]}
            id          | {"id":["a",["b"]]}             | {"id":["a","b"]}
            id          | {"id":{"a":"b"}}               | {"id":["a","b"]}
            id          | {"id":{"a":1,"b":2}}           | {"id":{"b":2,"a":1}}
            id          | {"id":[null]}                  | {"id":["null"]}
            id          | {"id":[1]}                     | {"id":["1"]}
            id          | {"id":["#+1e1"]}               | {"id":[1]}
            items.id    | {"items":[{"id":1},{"id":2}]}  | {"items":[{"id":2},{"id":1}]}
            items.id    | {"items":[{"id":"a"},{"id":"b"}]} | {"items":[{"id":"ab"}]}
            items.id    | {"items":[{"id":1},{"id":2}]}  | {"items":[{"id":1}]}
            items[1].id | {"items":[{"id":1},{"id":2}]}  | {"items":[{"id":1},{"id":1}]}
            """)
    void areTwoForDifferentValues(String path, String first, String second) {
        assertThat(key(path, first)).isNotNull();
        assertThat(key(path, second)).isNotNull().isNotEqualTo(key(path, first));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id          | {}
            id          | {"id":null}
            id          | {"id":""}
            id          | {"id":"  \\t\\n"}
            id          | {"id":"\\u00a0\\u2003"}
            id          | {"id":{}}
            id          | {"id":[]}
            id          | {"id":"a","id":null}
            id          | {"ID":"a"}
            id          | "id"
            id          | 7
            data.id     | {"data.id":"a"}
            data.id     | {"data":"id"}
            data.id     | {"data":{"x":{"id":"a"}}}
            data.id     | {"data":{"id":"a"},"data":{}}
            items.id    | {"items":[]}
            items.id    | {"items":[{"id":1},{}]}
            items.id    | {"items":[{"id":1},{"id":""}]}
            items.id    | {"items":[{"id":1},"id"]}
            items[2].id | {"items":[{"id":1},{"id":2}]}
            items[0].id | {"items":{"id":1}}
            items[0]    | {"items":[null,1]}
            """)
    void isNoneWithoutAValueThatSaysSomething(String path, String body) {
        assertThat(key(path, body)).isNull();
    }

    @Test
    void isFoundWhateverElseIsInTheBody() {
        for (String more : List.of("1".repeat(1_500), "1e9999999999", "[".repeat(900) + "]".repeat(900),
                "{\"" + "k".repeat(60_000) + "\":1}", "\"\\ud800\"", "\"" + "x".repeat(1 << 20) + "\"")) {
            assertThat(key("id", "{\"id\":\"same\",\"n\":" + more + "}")).isEqualTo(key("id", "{\"id\":\"same\"}"));
            assertThat(key("n", "{\"id\":1,\"n\":" + more + "}")).isNotNull().isEqualTo(key("n", "{\"n\": " + more + " }"));
        }
    }

    @Test
    void isAsDocsWebhooksSays() throws IOException {
        Path fromModule = Path.of("..", "docs", "webhooks.md");
        int examples = 0;
        for (String line : Files.readAllLines(Files.exists(fromModule) ? fromModule : Path.of("docs", "webhooks.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && cells[4].strip().matches("yes|no")) {
                String first = key(code(cells[1]), code(cells[2]));
                boolean duplicate = first != null && first.equals(key(code(cells[1]), code(cells[3])));
                assertThat(duplicate).as(line).isEqualTo(cells[4].strip().equals("yes"));
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(10);
    }

    private static String code(String cell) {
        return cell.strip().replaceAll("^`|`$", "");
    }

    /** Two versions of the program that run side by side know each other's duplicates by such keys. */
    @Test
    void ofATextIsTheDigestOfItsBytes() throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest("größe".getBytes(StandardCharsets.UTF_8));
        assertThat(key("id", "{\"id\":\"gr\\u00f6ße\"}")).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void doesNotChangeWhatFiltersMatch() throws FilterException {
        List<@Nullable Filter> filters = Arrays.asList(Matching.filter("{\"id\":\"a\"}"), Matching.filter("{\"items.id\":2}"), null);
        Matcher matcher = Matcher.compile(filters, ValuePathReader.read("items.id"));
        byte[] body = Utf8.bytes("{\"id\":\"a\",\"items\":[{\"id\":1},{\"id\":2}]}");
        matcher.match(body, RequestScope.NONE, match);
        assertThat(match.routes()).containsExactly(0, 1, 2);
        assertThat(matcher.key(match)).isNotNull();
        Matcher.compile(filters).match(body, RequestScope.NONE, match);
        assertThat(match.routes()).containsExactly(0, 1, 2);
        matcher.match(Utf8.bytes("{\"items\":[{\"id\":1}]"), RequestScope.NONE, match);
        assertThat(matcher.key(match)).as("of a body that is not JSON").isNull();
    }

    @Test
    void needsNoStackForItsNesting() {
        String deep = "{\"x\":[".repeat(450) + "1" + "]}".repeat(450);
        assertThat(key("id", "{\"id\":" + deep + "}")).isNotNull();
        List<String> names = new ArrayList<>();
        StringBuilder body = new StringBuilder("\"a\"");
        for (int i = 0; i < 240; i++) {
            names.add("x");
            body.insert(0, "[{\"x\":").append("}]");
        }
        assertThat(key(String.join(".", names), body.toString())).isEqualTo(key("id", "{\"id\":\"a\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a.[0]", "a[]", "a[x]", "a[-1]", "a[0", "a[0][1]", "a[0]b", "a[1234567]",
        "[0]a", "a\\b", "a\\", "$", "$.id", "$id", "$.", "$headers.x-id", "$query.id", "a[0]."})
    void hasNoPathThatNamesNothing(String path) {
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> ValuePathReader.read(path));
    }

    @Test
    void hasAPathWhoseFaultIsSaidInWords() {
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> ValuePathReader.read("$.id"))
                .satisfies(e -> assertThat(e.reason()).endsWith("write id"));
        assertThatExceptionOfType(FilterException.class).isThrownBy(() -> ValuePathReader.read("$headers.x-id"))
                .satisfies(e -> assertThat(e.reason()).contains("{\"header\": \"x-id\"}"));
    }

    private @Nullable String key(String path, String body) {
        try {
            Matcher matcher = Matcher.compile(List.of(), ValuePathReader.read(path));
            matcher.match(Utf8.bytes(body), RequestScope.NONE, match);
            assertThat(match.error()).as(body).isNull();
            byte[] key = matcher.key(match);
            return key == null ? null : HexFormat.of().formatHex(key);
        } catch (FilterException e) {
            throw new AssertionError(path + " was refused: " + e.getMessage(), e);
        }
    }
}
