package dev.sluice.gateway.filter;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a filter would take is bounded before it is compiled, parsed or expanded. */
final class FilterBoundsTest {
    private static final String EXPLODING = "((a{1000}){1000}){1000}";

    @Test
    void anExpressionThatWouldFillTheHeapIsRefusedBeforeItIsCompiled() throws Exception {
        assertThat(inSmallHeap(Compiling.class, EXPLODING)).as("control: the library alone").isEqualTo("out of memory");
        assertThat(inSmallHeap(Parsing.class, EXPLODING)).startsWith("$.a.$regex: repeats more than 1000 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "((a{1000}){1000}){1000}", "(?:a{2}){501}", "(?i:(?:a{30}){40})", "(?P<n>a{40}){30}", "((a?){32}){32}",
        "((a{0,100}){0,100})*", "((a{500,}){3})", "a{1000}(?i){1000}", "a{1000}\\Q\\E{1000}", "([]\\]{)}]{32}){32}", "(\\x{41}{32}){32}",
        "([[:alpha:]]{32}){32}", "(\\Qa(\\E{32}){32}", "(\\p{Greek}{32}){32}", "(a|b{32}|c){32}", "(?s)((.{32}){32})",
        "(a{32}[^]]){32}", "((a{10}){11}){12}", "(a{99999999999}){2}"})
    void nestedRepetitionsAreMultiplied(String expression) {
        assertThat(refusal(regex(expression))).contains("repeats more than 1000 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^ord-[0-9]{1,300}$", "(?:[a-z]{20}){20}", "[{1000}]{2}", "a{,5}", "a{x}", "\\Q(a{1000}){1000}\\E",
        "[(a{1000}){1000}]", "\\(a{500}\\){2}", "a{1000}", "(a{0,300})", "(?i)(?:foo|bar){100}", "[]a]{3}[^]]", "x{2}{"})
    void whatFitsIsCompiled(String expression) throws FilterException {
        assertThat(Filter.parse(regex(expression)).cost()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 600})
    void deepExpressionsDoNotUseUpAStack(int depth) throws Exception {
        String nested = "(".repeat(depth) + "a" + ")?".repeat(depth);
        if (depth <= 100) {
            assertThat(Matching.matches(regex(nested + "$"), "{\"a\":\"a\"}", RequestScope.NONE)).isTrue();
        } else {
            assertThat(refusal(regex(nested))).contains("deeper than 100");
        }
    }

    @Test
    void lengthsAndNumbersOfValuesAreBounded() throws Exception {
        assertThat(refusal(regex("a".repeat(2001)))).contains("2000 characters");
        assertThat(refusal(regex("(?:" + "\\pL{50}".repeat(200) + "){20}"))).contains("steps");
        assertThat(refusal("{\"a\":\"" + "x".repeat(Filter.MAX_LENGTH) + "\"}")).contains("longer than");
        assertThat(refusal(in(10_001))).contains("10000 values");
        assertThat(Filter.parse(in(9_990)).weight()).isLessThan(20_000);
        assertThat(refusal("{\"syntax\":\"eventbridge\",\"pattern\":{\"a\":{\"b\":[" + numbers(9_000) + "]}}}")).contains("costs");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"PATH\":1}", "{\"a\":{\"$ref\":\"PATH\"}}", "{\"field\":\"PATH\",\"op\":\"eq\",\"value\":1}",
        "{\"x.x.x.x.x.x\":{\"y.y.y.y.y.y\":{\"" + "z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z.z"
                + ".z.z.z.z.z.z.z.z.z.z.z.z.z.z\":1}}}"})
    void dottedPathsAreLevelsToo(String filter) {
        assertThat(refusal(filter.replace("PATH", "a.".repeat(50_000) + "a"))).contains("nested too deeply: more than 64 levels");
    }

    /** The path of each value would have the long name in it. */
    @Test
    void manyValuesBelowALongNameTakeNoMoreRoomThanTheyNeed() throws Exception {
        String filter = "{\"" + "n".repeat(200_000) + "\":{\"$in\":[" + numbers(9_000) + "]}}";
        assertThat(inSmallHeap(ParsingLong.class, "9000")).isEqualTo("parsed");
        assertThat(Filter.parse(filter).cost()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1e999999999", "1e-999999999", "0e999999999999999999999"})
    void numbersAreNeverWrittenOut(String number) throws Exception {
        assertThat(Matching.matches("{\"a\":{\"$lt\":" + number + "}}", "{\"a\":" + number + "}", RequestScope.NONE)).isFalse();
        assertThat(Matching.matches("{\"a\":" + number + "}", "{\"a\":" + number + "}", RequestScope.NONE)).isTrue();
        assertThat(refusal("{\"a\":{\"$size\":" + number.replace("0e", "1e") + "}}")).contains("whole number");
        assertThat(refusal("{\"a\":{\"$mod\":[" + number.replace("0e", "1e") + ",0]}}")).contains("whole number");
    }

    /** Else an event of 1 MiB would hold up its event loop for ten seconds. */
    @Test
    void anExpressionTakesABoundedNumberOfStepsForAnEvent() {
        String slow = regex("(?:a?){300}c");
        String fast = regex("ac");
        String body = "{\"a\":\"" + "a".repeat(200_000) + "c\"}";
        assertThat(Matching.matches(slow, body, RequestScope.NONE)).as("120 million steps").isFalse();
        assertThat(Matching.matches(fast, body, RequestScope.NONE)).isTrue();
        assertThat(Matching.matches(slow, "{\"a\":\"" + "a".repeat(2_000) + "c\"}", RequestScope.NONE)).isTrue();
        String many = "{\"a\":[" + "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",".repeat(4_000) + "\"ac\"]}";
        assertThat(Matching.matches(slow, many, RequestScope.NONE)).as("the same in small pieces").isFalse();
        assertThat(Matching.matches(fast, many, RequestScope.NONE)).isTrue();
    }

    @Test
    void longPartsAndLongListsTakeABoundedNumberOfStepsToo() {
        String text = "a".repeat(900_000);
        String part = "a".repeat(30_000) + "b";
        for (String filter : List.of("{\"a\":{\"$contains\":\"" + part + "\"}}", "{\"a\":{\"$wildcard\":\"*" + part + "*\"}}")) {
            assertThat(Matching.matches(filter, "{\"a\":\"" + text + part + "\"}", RequestScope.NONE)).isFalse();
            assertThat(Matching.matches(filter, "{\"a\":\"x" + part + "x\"}", RequestScope.NONE)).isTrue();
        }
        String many = "{\"a\":{\"$iequals\":[" + numbers(9_000).replaceAll("(\\d+)", "\"x$1\"") + "]},\"b\":{\"$exists\":true}}";
        assertThat(Matching.matches(many, "{\"a\":[" + "\"y\",".repeat(20_000) + "\"x1\"],\"b\":1}", RequestScope.NONE)).isFalse();
        assertThat(Matching.matches(many, "{\"a\":[" + "\"y\",".repeat(2_000) + "\"x1\"],\"b\":1}", RequestScope.NONE)).isTrue();
    }

    private static String in(int values) {
        return "{\"a\":{\"$in\":[" + numbers(values) + "]}}";
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static String regex(String expression) {
        return "{\"a\":{\"$regex\":\"" + expression.replace("\\", "\\\\") + "\"}}";
    }

    private static String refusal(String filter) {
        FilterException[] refused = new FilterException[1];
        assertThatExceptionOfType(FilterException.class).as(filter).isThrownBy(() -> Filter.parse(filter))
                .satisfies(e -> refused[0] = e);
        return refused[0].reason();
    }

    private static String inSmallHeap(Class<?> main, String argument) throws Exception {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName(), argument))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.strip();
    }

    /** Compiles an expression as the library does. */
    static final class Compiling {
        private Compiling() {}

        public static void main(String... arguments) {
            try {
                System.out.println(Pattern.compile(arguments[0]).programSize());
            } catch (OutOfMemoryError e) {
                System.out.println("out of memory");
            }
        }
    }

    /** Parses a filter with an expression. */
    static final class Parsing {
        private Parsing() {}

        public static void main(String... arguments) {
            try {
                System.out.println(Filter.parse(regex(arguments[0])).cost());
            } catch (FilterException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Parses a filter with that many values below a name of 200,000 characters. */
    static final class ParsingLong {
        private ParsingLong() {}

        public static void main(String... arguments) throws FilterException {
            Filter.parse("{\"" + "n".repeat(200_000) + "\":{\"$in\":[" + numbers(Integer.parseInt(arguments[0])) + "]}}");
            System.out.println("parsed");
        }
    }
}
