package dev.sluice.config.json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ExactJsonTest {
    @Test
    void numbersAreExact() {
        JsonObject parsed = ExactJson.object("""
                {"a": 0.1, "b": 1.10, "c": 9007199254740993, "d": 123456789012345678901234567890, "e": 1e2, "f": -7,
                 "g": 0.30000000000000000004}""");

        assertThat(parsed.getValue("a")).isEqualTo(new BigDecimal("0.1"));
        assertThat(parsed.getValue("b")).isEqualTo(new BigDecimal("1.10"));
        assertThat(parsed.getValue("c")).isEqualTo(9007199254740993L);
        assertThat(parsed.getValue("d")).isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(parsed.getValue("e")).isEqualTo(new BigDecimal("1e2"));
        assertThat(parsed.getValue("f")).isEqualTo(-7);
        assertThat(parsed.getValue("g")).isEqualTo(new BigDecimal("0.30000000000000000004"));
    }

    @Test
    void whatIsParsedIsWrittenAsItWas() {
        String json = "{\"a\":[1,2.50,null,true,\"\u00e9\\\"\",{\"b\":{}}],\"big\":123456789012345678901234567890}";
        assertThat(ExactJson.object(json).encode()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"a": 1,       | line 1, column
            {"a": tru}     | line 1, column
            {"a": 01}      | line 1, column
            {"a" 1}        | line 1, column
            {"a": 1} {}    | something behind
            [1]            | must be a JSON object
            "text"         | must be a JSON object
            ^^             | must be a JSON object
            {"a": NaN}     | line 1, column
            {'a': 1}       | line 1, column
            """)
    void whatIsNotAJsonObjectIsRefusedWithItsPlace(String json, String message) {
        InvalidFieldException refused = catchThrowableOfType(InvalidFieldException.class, () -> ExactJson.object(json));
        assertThat(refused.path()).isEqualTo("body");
        assertThat(refused.reason()).contains(message);
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void linesAreCounted() {
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> ExactJson.object("{\n\n  \"a\": x}")))
                .hasMessageContaining("line 3, column");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        Buffer latin1 = Buffer.buffer(new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'});
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> ExactJson.object(latin1))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1.5E-9999999999", "[1e2147483649]", "{\"x\": 1e99999999999999999999}"})
    void anExponentThatNoNumberCanHaveIsNamedWithItsPlace(String number) {
        InvalidFieldException refused = catchThrowableOfType(
                InvalidFieldException.class, () -> ExactJson.object("{\"n\": " + number + "}"));
        assertThat(refused.getMessage()).startsWith("body: has a number whose exponent is too large (line 1, column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "0e2147483647"})
    void hugeNumbersAreNeverWrittenOut(String number) {
        assertThat(ExactJson.object("{\"n\": " + number + "}").encode()).hasSizeLessThan(40);
    }

    @Test
    void theNumberOfValuesIsBounded() {
        String many = "{\"a\":[" + "[],".repeat(250_000) + "1]}";
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> ExactJson.object(many)))
                .hasMessageContaining("more than 250000 values");
    }

    @Test
    void nestingIsBounded() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> ExactJson.object(deep)))
                .hasMessageContaining("nesting depth");
        String allowed = "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}";
        assertThat(ExactJson.object(allowed).encode()).isEqualTo(allowed);
    }
}
