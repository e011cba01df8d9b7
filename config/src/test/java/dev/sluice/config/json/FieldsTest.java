package dev.sluice.config.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FieldsTest {
    private enum Colour { RED, DARK_BLUE }

    @Test
    void whatIsThereIsReadAndWhatIsAbsentHasItsDefault() {
        Fields fields = fields("""
                {"t": "x", "f": true, "i": 7, "n": 1.5, "c": "dark_blue", "null": null,
                 "o": {"k": "v"}, "l": [{"a": "b"}]}""");

        assertThat(fields.text("t", 1)).isEqualTo("x");
        assertThat(fields.flag("f", false)).isTrue();
        assertThat(fields.integer("i", 0, 7, 1)).isEqualTo(7);
        assertThat(fields.number("n", 0, 2, 1)).isEqualTo(1.5);
        assertThat(fields.choice("c", Colour.class, Colour.RED)).isEqualTo(Colour.DARK_BLUE);
        assertThat(fields.has("null")).isFalse();
        assertThat(fields.texts("o", 1)).isEqualTo(Map.of("k", "v"));
        assertThat(fields.objects("l", 1)).singleElement().satisfies(element ->
                assertThat(element.text("a", 1)).isEqualTo("b"));
        fields.rejectOthers();
        assertThat(fields("{}").integer("i", 0, 7, 3)).isEqualTo(3);
    }

    @Test
    void whatIsWrongIsNamedWithItsPathAndWhatIsAllowed() {
        Fields fields = fields("""
                {"t": 1, "i": 1.5, "big": 99, "f": "yes", "c": "green", "o": [], "l": [{"in": {"x": 1}}, 2], "e": ""}""");

        refused(fields, it -> it.text("t", 5), "t: must be a string of at most 5 characters");
        refused(fields, it -> it.text("e", 5), "e: is required: a string of 1 to 5 characters");
        refused(fields, it -> it.text("absent", 5), "absent: is required");
        refused(fields, it -> it.integer("i", 0, 9, 0), "i: must be a whole number from 0 to 9");
        refused(fields, it -> it.integer("big", 0, 9, 0), "big: is 99, must be from 0 to 9");
        refused(fields, it -> it.flag("f", true), "f: must be true or false");
        refused(fields, it -> it.choice("c", Colour.class, Colour.RED), "c: is 'green', must be one of [red, dark_blue]");
        refused(fields, it -> it.object("o"), "o: must be an object");
        refused(fields, it -> it.objects("l", 9), "l[1]: must be an object");
        refused(fields, it -> it.objects("l", 1), "l: must be an array of at most 1 objects");
        refused(fields("{\"l\": [{\"in\": {\"x\": 1}}]}"), it ->
                it.objects("l", 1).getFirst().texts("in", 9), "l[0].in.x: must be a string");
    }

    @Test
    void aFieldNobodyAskedForIsRefused() {
        Fields fields = fields("{\"name\": \"x\", \"nmae\": 1}");
        fields.name("name");
        refused(fields, Fields::rejectOthers, "nmae: is unknown; known here are [name]");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"f\": {\"a\": \"\\u0000\"}}", "{\"f\": {\"\\u0000\": 1}}", "{\"f\": {\"a\": [\"\\ud800\"]}}",
        "{\"f\": {\"a\": 1e2000}}", "{\"f\": {\"a\": [{\"b\": 1e-2000}]}}", "{\"f\": {\"a\": 1e2147483647}}"})
    void whatDoesNotComeBackFromTheDatabaseAsItWasIsRefused(String json) {
        refused(fields(json), it -> it.optionalJson("f"), "f: ");
        refused(fields("{\"t\": \"a\\u0000\"}"), it -> it.text("t", 9), "t: must have no NUL");
        refused(fields("{\"o\": {\"a\\u0000\": \"\"}}"), it -> it.texts("o", 9), "o: must have no NUL");
    }

    @Test
    void surrogatePairsAndLongNumbersAreKept() {
        String filter = "{\"a\":[\"\ud83d\ude00\",1234567890123456789012345678901234567890.123,1E+300]}";
        assertThat(fields("{\"f\":" + filter + "}").optionalJson("f")).isEqualTo(filter);
    }

    private static Fields fields(String json) {
        return new Fields(ExactJson.object(json));
    }

    private static void refused(Fields fields, Consumer<Fields> reading, String message) {
        InvalidFieldException refused = catchThrowableOfType(InvalidFieldException.class, () -> reading.accept(fields));
        assertThat(refused).as(message).isNotNull();
        assertThat(refused.getMessage()).startsWith(message);
    }
}
