package dev.sluice.config.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RawJsonTest {
    @Test
    void membersAreWhatStandsThere() {
        Map<String, RawJson> members = new RawJson("""
                { "n" : 1e21 , "s":"a\\u0000\\"}" ,"o":{"x":[1.10,{}]},"a":[ ],"t":true,"z":null,"m":-0 }""").members();
        assertThat(members).hasToString(
                "{n=1e21, s=\"a\\u0000\\\"}\", o={\"x\":[1.10,{}]}, a=[ ], t=true, z=null, m=-0}");
        assertThat(members.get("s")).extracting(RawJson::string).isEqualTo("a\0\"}");
        assertThat(members.get("n")).extracting(RawJson::string).isNull();
        assertThat(new RawJson("{}").members()).isEmpty();
    }

    @Test
    void nothingIsTooLongTooDeepOrTooExact() {
        String name = "k".repeat(60_000);
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        String digits = "1".repeat(5_000);
        String json = "{\"" + name + "\":" + deep + ",\"n\":" + digits + ",\"e\":1e9999999999,\"s\":\"" + name + "\"}";
        assertThat(RawJson.isJson(json)).isTrue();
        assertThat(new RawJson(json).members()).containsOnly(
                Map.entry(name, new RawJson(deep)), Map.entry("n", new RawJson(digits)),
                Map.entry("e", new RawJson("1e9999999999")), Map.entry("s", new RawJson("\"" + name + "\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1,]", "1 2", "{} x", "'a'", "\"\u0001\"", "nul", "01", "\"half", "\uFEFF{}", "NaN", "{\"a\":\"\\x\"}", "[\"\\u12\"]"})
    void whatIsNotOneDocumentIsNone(String text) {
        assertThat(RawJson.isJson(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "", "{\"a\":"})
    void whatIsNoObjectHasNoMembers(String text) {
        assertThatThrownBy(() -> new RawJson(text).members()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectIsWrittenMemberByMember() {
        assertThat(new ObjectText().put("a", "x\"\0").put("b", (String) null).put("c", 1).put("d", 2.5)
                .put("e", false).put("f", new RawJson("[1e21]")).put("g", RawJson.of(null)).toJson().text())
                .isEqualTo("{\"a\":\"x\\\"\\u0000\",\"b\":null,\"c\":1,\"d\":2.5,\"e\":false,\"f\":[1e21],\"g\":null}");
        assertThat(new ObjectText().toJson().text()).isEqualTo("{}");
    }
}
