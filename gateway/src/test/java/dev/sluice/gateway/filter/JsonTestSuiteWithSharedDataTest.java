package dev.sluice.gateway.filter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** JSONTestSuite: what must be accepted is, what must be refused is, and the rest is decided and stays so. */
final class JsonTestSuiteWithSharedDataTest {
    /**
     * Left open by the standard and accepted here: numbers of any size are exact, a surrogate without its partner may
     * be written as an escape, and a byte order mark of UTF-8 is passed over. Everything else left open (other encodings,
     * bytes that are not UTF-8) is refused.
     */
    private static final Set<String> ACCEPTED = Set.of(
            "i_number_double_huge_neg_exp.json",
            "i_number_huge_exp.json",
            "i_number_neg_int_huge_exp.json",
            "i_number_pos_double_huge_exp.json",
            "i_number_real_neg_overflow.json",
            "i_number_real_pos_overflow.json",
            "i_number_real_underflow.json",
            "i_number_too_big_neg_int.json",
            "i_number_too_big_pos_int.json",
            "i_number_very_big_negative_int.json",
            "i_object_key_lone_2nd_surrogate.json",
            "i_string_1st_surrogate_but_2nd_missing.json",
            "i_string_1st_valid_surrogate_2nd_invalid.json",
            "i_string_incomplete_surrogate_and_escape_valid.json",
            "i_string_incomplete_surrogate_pair.json",
            "i_string_incomplete_surrogates_escape_valid.json",
            "i_string_invalid_lonely_surrogate.json",
            "i_string_invalid_surrogate.json",
            "i_string_inverted_surrogates_U+1D11E.json",
            "i_string_lone_second_surrogate.json",
            "i_structure_500_nested_arrays.json",
            "i_structure_UTF-8_BOM_empty_object.json");

    private static final List<Filter> SKIPPING = List.of(Matching.filter("{\"never there\":1}"));
    private static final List<Filter> LOOKING = List.of(Matching.filter("{\"a\":{\"$exists\":true},\"b\":{\"$size\":1}}"),
            Matching.filter("{\"$any\":{\"$eq\":1}}"));

    @Test
    void acceptsAndRefusesAsItMust() {
        List<Path> files = SharedData.json("json-test-suite/test_parsing");
        assertThat(files).hasSize(318);
        List<String> wrong = new ArrayList<>();
        Set<String> open = new TreeSet<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            byte[] body = SharedData.bytes(file);
            boolean accepted = accepts(SKIPPING, body);
            if (accepted != accepts(LOOKING, body)) {
                wrong.add(name + " depends on the filters");
            }
            if (name.startsWith("i_")) {
                if (accepted) {
                    open.add(name);
                }
            } else if (accepted != name.startsWith("y_")) {
                wrong.add(name + (accepted ? " accepted" : " refused"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(open).isEqualTo(new TreeSet<>(ACCEPTED));
    }

    /** Matches the body in the middle of a larger array, whose other bytes must not matter. */
    private static boolean accepts(List<Filter> filters, byte[] body) {
        byte[] padded = new byte[body.length + 40];
        Arrays.fill(padded, (byte) '"');
        System.arraycopy(body, 0, padded, 20, body.length);
        Match match = new Match();
        Matcher matcher = Matcher.compile(filters);
        matcher.match(padded, 20, body.length, RequestScope.NONE, match);
        boolean inTheMiddle = match.valid();
        matcher.match(body, RequestScope.NONE, match);
        assertThat(match.valid()).isEqualTo(inTheMiddle);
        return inTheMiddle;
    }
}
