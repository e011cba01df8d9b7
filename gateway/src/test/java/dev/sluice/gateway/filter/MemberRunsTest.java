package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members are passed in runs only where some text follows, so a short body and the same with spaces behind it or members
 * before it take different ways through the scanner. They must come to the same end, whatever is wrong with them.
 */
final class MemberRunsTest {
    private static final int BEHIND = 80;
    /** Those of a JVM without vectors and with; in any one JVM, one of them ends within the body. */
    static final List<Integer> WINDOWS = List.of(8192, 16_384);
    private static final List<String> BODIES = List.of(
            "{\"a\":\"x\",\"b\":{\"c\":7,\"d\":{\"a\":true}},\"c\":[1,{\"e\":null}]}",
            "{\"b\":false,\"b\":{\"d\":{\"e\":\"y\"},\"c\":70},\"\":\"\",\"a\":0,\"c\":\"\"}",
            "{\"c\":{\"a\":1.5},\"d\":-1.5,\"a\":\"\\\"\\u00e9é\",\"x\" : 1,\"b\":{\"c\":7}}",
            "{\"b\":{\"d\":{\"b\":{\"a\":\"z\"},\"e\":\"y\"},\"c\":7},\"c\":1}",
            "{\"a\":\"x\",\"b\":{\"d\":{\"b\":{\"d\":{\"a\":true}}}}}",
            "[{\"a\":\":\",\"c\":\",\",\",\":\":\"},{\"b\":{\"f\":[],\"c\":7}},{\"a\":\"x\"}]");
    private static final byte[] ODD = {'"', '\\', '{', '}', '[', ']', ':', ',', ' ', '\n', '0', '1', '-', '.', 'e', 't', 'x', 0, 0x7f, (byte) 0xc3, (byte) 0xa9, (byte) 0xff};

    private final Matcher matcher = Matcher.compile(List.of(Matching.filter("{\"a\":\"x\"}"), Matching.filter("{\"b.c\":7}"),
            Matching.filter("{\"b\":{\"$size\":2}}"), Matching.filter("{\"b.d.a\":true}"), Matching.filter("{\"b.d.e\":\"y\"}"),
            Matching.filter("{\"c\":{\"$exists\":true}}"), Matching.filter("{\"\":\"\"}"),
            Matching.filter("{\"b.d.b.a\":\"z\"}"), Matching.filter("{\"b.d.b.d.a\":true}")), new Limits(1 << 16, 4));
    private final Match match = new Match();
    private final Match plain = new Match();

    @Test
    void spacesBehindABodyChangeNothing() {
        for (String body : BODIES) {
            forEachChange(Utf8.bytes(body), changed -> {
                byte[] longer = Arrays.copyOf(changed, changed.length + BEHIND);
                Arrays.fill(longer, changed.length, longer.length, (byte) ' ');
                compare(changed, longer, 0);
            });
        }
    }

    @ParameterizedTest
    @FieldSource("WINDOWS")
    void anyMemberMayLieAcrossTheEndOfTheWindow(int window) {
        for (String body : BODIES.subList(0, BODIES.size() - 1)) {
            byte[] bytes = Utf8.bytes(body);
            for (int shift = window - bytes.length - 16; shift < window + 16; shift++) {
                String before = "{\"m\":1,\"p\":\"" + "~".repeat(shift - 14) + "\",";
                compare(bytes, Utf8.bytes(before + body.substring(1) + " ".repeat(BEHIND)), before.length() - 1);
            }
        }
    }

    @Test
    void bytesOutsideTheSliceDoNotMatter() {
        byte[] body = Utf8.bytes(BODIES.getFirst());
        byte[] within = Utf8.bytes("\"{,\"" + BODIES.getFirst() + ",\"a\":\"x\",\"b\":1".repeat(20));
        for (int length = 0; length <= body.length; length++) {
            matcher.match(within, 4, length, RequestScope.NONE, match);
            matcher.match(body, 0, length, RequestScope.NONE, plain);
            assertThat(match.error()).isEqualTo(plain.error());
            assertThat(match.routes()).isEqualTo(plain.routes());
        }
    }

    private void compare(byte[] body, byte[] longer, int shift) {
        matcher.match(body, RequestScope.NONE, plain);
        matcher.match(longer, RequestScope.NONE, match);
        JsonError expected = plain.error();
        JsonError error = match.error();
        String about = Utf8.isValid(body) ? new String(body, StandardCharsets.UTF_8) : Arrays.toString(body);
        if (expected == null || error == null) {
            assertThat(error).as(about).isEqualTo(expected);
        } else {
            assertThat(error.reason()).as(about).isEqualTo(expected.reason());
            int end = error.offset() == longer.length ? longer.length : body.length + shift;
            assertThat(error.offset()).as(about).isEqualTo(expected.offset() == body.length ? end : expected.offset() + shift);
        }
        assertThat(match.routes()).as(about).isEqualTo(plain.routes());
    }

    /** The body as it is, with every byte replaced by each odd one, and without each byte. */
    private static void forEachChange(byte[] body, Consumer<byte[]> action) {
        action.accept(body);
        for (int at = 0; at < body.length; at++) {
            for (byte odd : ODD) {
                byte[] changed = body.clone();
                changed[at] = odd;
                action.accept(changed);
            }
            byte[] shorter = new byte[body.length - 1];
            System.arraycopy(body, 0, shorter, 0, at);
            System.arraycopy(body, at + 1, shorter, at, shorter.length - at);
            action.accept(shorter);
        }
    }
}
