package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is refused, where and why, within the limits on bodies. */
final class BodyValidationTest {
    private static final int MILLION = 1_000_000;

    private final Match match = new Match();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | 0  | the body is empty
            {"a":1                   | 6  | the text ends in the middle of a value
            {"a" 1}                  | 5  | expected ':' after the member name
            {a:1}                    | 1  | expected a member name in double quotes
            {"a":1,}                 | 7  | expected a member name in double quotes
            {"a":tru}                | 5  | expected true, false or null
            {"x":[1 2]}              | 8  | expected ',' or ']'
            {"x":{"y":1 2}}          | 12 | expected ',' or '}'
            {"x":01}                 | 5  | malformed number
            {"x":"\\q"}              | 6  | malformed escape in a string
            {"a":1}{                 | 7  | trailing
            [1,]                     | 3  | expected a value
            """)
    void saysWhereAndWhy(String body, int offset, String reason) {
        match(body, "{\"a\":1}");
        JsonError error = match.error();
        assertThat(match.count()).isZero();
        assertThat(error).isEqualTo(new JsonError(offset, reason.equals("trailing") ? "unexpected text after the value" : reason));
    }

    @Test
    void passesOverOneByteOrderMark() {
        match("\ufeff{\"a\":1}", "{\"a\":1}");
        assertThat(match.count()).isOne();
        match("\ufeff {\"a\":tru}", "{\"a\":1}");
        assertThat(match.error()).as("offsets count the mark").isEqualTo(new JsonError(9, "expected true, false or null"));
        match("\ufeff", "{\"a\":1}");
        assertThat(match.error()).isEqualTo(new JsonError(3, "the body is empty"));
        for (String body : List.of("\ufeff\ufeff{\"a\":1}", " \ufeff{\"a\":1}", "{\"a\":\ufeff1}", "{\"a\":1}\ufeff", "\ufffe{\"a\":1}")) {
            match(body, "{\"a\":1}");
            assertThat(match.valid()).as(body).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "{\"x\":1}", "{\"$size\":1}"})
    void aMillionLevelsOverflowNothing(String filter) {
        Matcher deep = Matcher.compile(List.of(Matching.filter(filter)), new Limits(Limits.DEFAULT.maxBytes(), 3 * MILLION));
        for (String unit : List.of("[", "{\"x\":", "[{\"a\":")) {
            byte[] open = Utf8.bytes(unit.repeat(MILLION));
            deep.match(open, RequestScope.NONE, match);
            assertThat(match.error()).isEqualTo(new JsonError(open.length, "the text ends in the middle of a value"));
            Matcher.compile(List.of(Matching.filter(filter))).match(open, RequestScope.NONE, match);
            assertThat(match.error()).isNotNull().extracting(JsonError::reason).isEqualTo("nested too deeply");
        }
        deep.match(Utf8.bytes("[".repeat(MILLION) + "]".repeat(MILLION)), RequestScope.NONE, match);
        assertThat(match.valid()).isTrue();
        deep.match(Utf8.bytes("{\"y\":".repeat(MILLION) + "[{}]" + "}".repeat(MILLION)), RequestScope.NONE, match);
        assertThat(match.valid()).isTrue();
    }

    @Test
    void nestingIsCountedTheSameWhetherLookedAtOrNot() {
        Matcher shallow = Matcher.compile(List.of(Matching.filter("{\"a\":{\"b\":1}}")), new Limits(100, 2));
        for (String name : List.of("a", "b")) {
            shallow.match(Utf8.bytes("{\"" + name + "\":[1]}"), RequestScope.NONE, match);
            assertThat(match.valid()).isTrue();
            shallow.match(Utf8.bytes("{\"" + name + "\":[[1]]}"), RequestScope.NONE, match);
            assertThat(match.error()).isEqualTo(new JsonError(6, "nested too deeply"));
        }
    }

    @Test
    void longBodiesAreRefused() {
        Matcher small = Matcher.compile(List.of(Matching.filter("{}")), new Limits(4, 10));
        small.match(Utf8.bytes("1234"), RequestScope.NONE, match);
        assertThat(match.valid()).isTrue();
        small.match(Utf8.bytes("12345"), RequestScope.NONE, match);
        assertThat(match.error()).isEqualTo(new JsonError(0, "the text is too large"));
    }

    @Test
    void anArrayOfManyHitsCostsNeitherTimeNorMemoryWithoutBound() {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            filters.add(Matching.filter("{\"a\":\"x\"}"));
        }
        filters.add(Matching.filter("{\"a\":{\"$ref\":\"b\"}}"));
        Matcher matcher = Matcher.compile(filters);
        byte[] body = Utf8.bytes("{\"a\":[" + "\"x\",".repeat(400_000) + "\"x\"],\"b\":[" + "1,".repeat(400_000) + "1]}");
        matcher.match(body, RequestScope.NONE, match);
        assertThat(match.count()).isEqualTo(5_000);
        for (String many : List.of("{\"a\":[" + "1,".repeat(MILLION + MILLION / 10) + "1]}",
                "{" + "\"a\":1,".repeat(MILLION + MILLION / 10) + "\"a\":1}")) {
            matcher.match(Utf8.bytes(many), RequestScope.NONE, match);
            assertThat(match.error()).isNotNull().extracting(JsonError::reason).isEqualTo("too many values at paths that filters look at");
        }
    }

    /** Every short string of bytes, alone and at every place of a longer string, as the JDK's own decoder judges it. */
    @Test
    void utf8IsJudgedAsTheJdkDoes() {
        int[] bytes = {0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};
        Matcher matcher = Matcher.compile(List.of(Matching.filter("{}")));
        for (int a : bytes) {
            for (int b : bytes) {
                for (int c : bytes) {
                    for (int d : bytes) {
                        byte[] text = {'"', 'x', (byte) a, (byte) b, (byte) c, (byte) d, '"'};
                        matcher.match(text, RequestScope.NONE, match);
                        assertThat(match.valid()).as("%x %x %x %x", a, b, c, d).isEqualTo(decodes(text));
                    }
                }
            }
        }
    }

    private static boolean decodes(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Strings of every length around the scanner's word size, with each odd byte at each place. */
    @Test
    void oddBytesAreFoundAtEveryPlace() {
        Matcher matcher = Matcher.compile(List.of(Matching.filter("{\"a\":1}")));
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                for (int odd = 0; odd < 0x20; odd++) {
                    byte[] text = Utf8.bytes("[\"" + "~".repeat(length) + "\"]");
                    text[2 + at] = (byte) odd;
                    matcher.match(text, RequestScope.NONE, match);
                    assertThat(match.error()).isEqualTo(new JsonError(2 + at, "unescaped control character in a string"));
                }
            }
            matcher.match(Utf8.bytes("[\"" + " ".repeat(length) + "\"]"), RequestScope.NONE, match);
            assertThat(match.valid()).isTrue();
        }
    }

    private void match(String body, String filter) {
        Matcher.compile(List.of(Matching.filter(filter))).match(Utf8.bytes(body), RequestScope.NONE, match);
    }
}
