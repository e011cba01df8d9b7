package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.JsonType;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.AnythingBut;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.ast.Predicate.Contains;
import dev.sluice.gateway.filter.ast.Predicate.During;
import dev.sluice.gateway.filter.ast.Predicate.Either;
import dev.sluice.gateway.filter.ast.Predicate.EndsWith;
import dev.sluice.gateway.filter.ast.Predicate.EqualsIgnoringCase;
import dev.sluice.gateway.filter.ast.Predicate.HasType;
import dev.sluice.gateway.filter.ast.Predicate.InNetwork;
import dev.sluice.gateway.filter.ast.Predicate.InVersions;
import dev.sluice.gateway.filter.ast.Predicate.Leaf;
import dev.sluice.gateway.filter.ast.Predicate.Modulo;
import dev.sluice.gateway.filter.ast.Predicate.OneOf;
import dev.sluice.gateway.filter.ast.Predicate.Present;
import dev.sluice.gateway.filter.ast.Predicate.Regex;
import dev.sluice.gateway.filter.ast.Predicate.Related;
import dev.sluice.gateway.filter.ast.Predicate.Size;
import dev.sluice.gateway.filter.ast.Predicate.StartsWith;
import dev.sluice.gateway.filter.ast.Predicate.Wildcard;
import dev.sluice.gateway.filter.ast.Predicate.Within;
import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.review.Cost;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** Compiles predicates, all but {@link Related}, which needs paths. */
final class ValueTests {
    private static final long CHEAP = 64;

    private ValueTests() {}

    /** A test that is costly for one value could be asked for a million elements of an array. */
    static ValueTest of(Predicate predicate) {
        ValueTest test = unbounded(predicate);
        long cost = Cost.of(predicate);
        return cost <= CHEAP ? test : (tape, cell) -> tape.mayTake(cost) && test.passes(tape, cell);
    }

    private static ValueTest unbounded(Predicate predicate) {
        return switch (predicate) {
            case OneOf(var values, Compare compare) -> new ScalarSet(values, compare == Compare.LOOSE);
            case Within within -> new RangeTest(within);
            case Present() -> (tape, cell) -> true;
            case Leaf() -> ValueTests::isScalar;
            case HasType(Set<JsonType> types) -> (tape, cell) -> hasType(types, tape, cell);
            case StartsWith(List<String> prefixes, Case letters) -> anyText(prefixes, letters, TextTests::startsWith);
            case EndsWith(List<String> suffixes, Case letters) -> anyText(suffixes, letters, TextTests::endsWith);
            case Contains(String part, Case letters) -> {
                ValueTest test = anyText(List.of(part), letters, TextTests::contains);
                long length = part.length();
                yield (tape, cell) -> tape.maySearch(cell, length) && test.passes(tape, cell);
            }
            case EqualsIgnoringCase(List<String> values) -> anyText(values, Case.IGNORED, TextTests::equal);
            case Wildcard(List<String> pieces) -> new WildcardTest(pieces);
            case Regex(var pattern) -> {
                long size = pattern.programSize();
                yield (tape, cell) -> tape.kind(cell) == Kind.STRING && tape.mayTake(size * (tape.end(cell) - tape.start(cell)))
                        && pattern.matcher(text(tape, cell)).find();
            }
            case InNetwork network -> new NetworkTest(network);
            case During(var after, var before) -> new TimeTest(after, before);
            case Size(int least, int most) -> (tape, cell) -> {
                int size = size(tape, cell);
                return size >= least && size <= most;
            };
            case Modulo(BigInteger divisor, BigInteger remainder) -> new ModuloTest(divisor, remainder);
            case InVersions(var range) -> (tape, cell) -> tape.kind(cell) == Kind.STRING && range.contains(text(tape, cell));
            case AnythingBut(Predicate inner) -> {
                ValueTest test = of(inner);
                yield (tape, cell) -> isScalar(tape, cell) && !test.passes(tape, cell);
            }
            case Either(var alternatives) -> {
                List<ValueTest> tests = alternatives.stream().map(ValueTests::of).toList();
                yield (tape, cell) -> tests.stream().anyMatch(test -> test.passes(tape, cell));
            }
            case Related related -> throw new IllegalArgumentException("needs paths: " + related);
        };
    }

    static String text(Tape tape, int cell) {
        return Utf8.text(tape.bytes(cell), tape.start(cell), tape.end(cell));
    }

    private static boolean isScalar(Tape tape, int cell) {
        return tape.kind(cell) < Kind.OBJECT;
    }

    private static boolean hasType(Set<JsonType> types, Tape tape, int cell) {
        return switch (tape.kind(cell)) {
            case Kind.NULL -> types.contains(JsonType.NULL);
            case Kind.TRUE, Kind.FALSE -> types.contains(JsonType.BOOLEAN);
            case Kind.STRING -> types.contains(JsonType.STRING);
            case Kind.OBJECT -> types.contains(JsonType.OBJECT);
            case Kind.ARRAY -> types.contains(JsonType.ARRAY);
            default -> types.contains(JsonType.NUMBER) || (types.contains(JsonType.INTEGER) && isInteger(tape, cell));
        };
    }

    private static boolean isInteger(Tape tape, int cell) {
        DecimalSlice number = tape.left;
        number.read(tape.bytes(cell), tape.start(cell), tape.end(cell));
        return number.isInteger();
    }

    /** Elements, members or code points; -1 for what has no size. */
    private static int size(Tape tape, int cell) {
        return switch (tape.kind(cell)) {
            case Kind.ARRAY, Kind.OBJECT -> tape.elements(cell);
            case Kind.STRING -> {
                byte[] bytes = tape.bytes(cell);
                int size = 0;
                for (int i = tape.start(cell); i < tape.end(cell); i += Utf8.length(bytes[i])) {
                    size++;
                }
                yield size;
            }
            default -> -1;
        };
    }

    /** A test of two slices. */
    @FunctionalInterface
    interface SliceTest {
        boolean passes(byte[] text, int start, int end, byte[] operand);
    }

    private static ValueTest anyText(List<String> operands, Case letters, SliceTest test) {
        boolean ignored = letters == Case.IGNORED;
        byte[][] bytes = operands.stream()
                .map(operand -> Utf8.bytes(ignored ? Folding.fold(operand) : operand))
                .toArray(byte[][]::new);
        return (tape, cell) -> {
            if (tape.kind(cell) != Kind.STRING) {
                return false;
            }
            byte[] text = tape.bytes(cell);
            int start = tape.start(cell);
            int end = tape.end(cell);
            if (ignored) {
                end = tape.fold(cell);
                start = 0;
                text = tape.folded();
            }
            for (byte[] operand : bytes) {
                if (test.passes(text, start, end, operand)) {
                    return true;
                }
            }
            return false;
        };
    }
}
