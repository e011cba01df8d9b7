package dev.sluice.gateway.filter.ast;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A test of one value. None of them holds for a missing value. */
public sealed interface Predicate {

    /** One of some scalars; loose ones compare as {@link Compare#LOOSE} says. */
    record OneOf(List<Literal> values, Compare compare) implements Predicate {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** Within bounds of the value's own type, numbers or strings; null is no bound. Strings order by code point. */
    record Within(@Nullable Bound low, @Nullable Bound high, Compare compare) implements Predicate {

        /** Whether no value can be within the bounds, because they cross or are of different types. */
        public boolean isEmpty() {
            if (low == null || high == null) {
                return false;
            }
            boolean open = !low.inclusive() || !high.inclusive();
            if (low.value() instanceof Literal.Numeral(var least) && high.value() instanceof Literal.Numeral(var most)) {
                int order = least.compareTo(most);
                return order > 0 || (order == 0 && open);
            }
            return !(low.value() instanceof Literal.Text(String least) && high.value() instanceof Literal.Text(String most))
                    || (least.equals(most) && open);
        }
    }

    /** In a relation to the value at another path; where either is an array, some element of it. */
    record Related(Relation relation, FieldPath other, Compare compare) implements Predicate {}

    /** Any value at all, null included. */
    record Present() implements Predicate {}

    /** A value that is neither object nor array, or an array that has such an element. */
    record Leaf() implements Predicate {}

    /** A value of one of these types. Looks at an array itself, not at its elements. */
    record HasType(Set<JsonType> types) implements Predicate {
        public HasType {
            types = Set.copyOf(types);
        }
    }

    /** A string with one of these beginnings. */
    record StartsWith(List<String> prefixes, Case letters) implements Predicate {
        public StartsWith {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** A string with one of these endings. */
    record EndsWith(List<String> suffixes, Case letters) implements Predicate {
        public EndsWith {
            suffixes = List.copyOf(suffixes);
        }
    }

    /** A string with this in it. */
    record Contains(String part, Case letters) implements Predicate {}

    /** A string that equals one of these but for the case of letters. */
    record EqualsIgnoringCase(List<String> values) implements Predicate {
        public EqualsIgnoringCase {
            values = List.copyOf(values);
        }
    }

    /**
     * A string that fits a pattern of literal pieces with any text, the empty one included, between them.
     *
     * @param pieces at least two; the first and last are the pattern's beginning and end and may be empty
     */
    record Wildcard(List<String> pieces) implements Predicate {
        public Wildcard {
            pieces = List.copyOf(pieces);
        }
    }

    /** A string in which the expression is found. */
    record Regex(Pattern pattern) implements Predicate {}

    /** A string that is an IPv4 or IPv6 address of one of these blocks. */
    record InNetwork(List<Block> blocks) implements Predicate {
        public InNetwork {
            blocks = List.copyOf(blocks);
        }
    }

    /** A string that is an RFC 3339 time before and/or after these. */
    record During(@Nullable Instant after, @Nullable Instant before) implements Predicate {}

    /** An array with that many elements, a string with that many code points, an object with that many members. */
    record Size(int least, int most) implements Predicate {}

    /** A whole number with this remainder, which has the sign of the value. */
    record Modulo(BigInteger divisor, BigInteger remainder) implements Predicate {}

    /** A string that is a semantic version within a range. */
    record InVersions(VersionRange range) implements Predicate {}

    /** A scalar for which the inner test does not hold. Of an array: some element. */
    record AnythingBut(Predicate inner) implements Predicate {}

    /** Some of these tests. */
    record Either(List<Predicate> tests) implements Predicate {
        public Either {
            tests = List.copyOf(tests);
        }
    }

    /** An end of a range. */
    record Bound(Literal value, boolean inclusive) {}

    /** An address block: addresses of 16 bytes, IPv4 ones mapped into IPv6, from first to last. */
    record Block(List<Byte> first, List<Byte> last) {}

    /** Whether letters must be of the same case. */
    enum Case {
        EXACT,
        IGNORED
    }

    /** How values of different types compare. */
    enum Compare {
        /** Never equal. */
        STRICT,
        /** A string that is a number counts as that number, true and "true" as 1, false and "false" as 0. */
        LOOSE
    }
}
