package dev.sluice.gateway.filter.review;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.JsonType;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;

import java.math.BigInteger;
import java.util.List;

/** What can be said of a condition without an event. Errs on the side of saying that it depends. */
enum Outcome {
    ALWAYS, NEVER, DEPENDS;

    /** Conditions with more parts are not searched for pairs that contradict each other. */
    private static final int MOST_PAIRWISE = 100;

    static Outcome of(Condition condition) {
        return of(condition, false);
    }

    private static Outcome of(Condition condition, boolean ofRequest) {
        return switch (condition) {
            case Condition.All(var parts) -> all(parts, ofRequest);
            case Condition.Any(var parts) -> all(parts.stream().<Condition>map(Condition.Not::new).toList(), ofRequest).opposite();
            case Condition.Not(Condition.Not(var inner)) -> of(inner, ofRequest);
            case Condition.Not(var inner) -> of(inner, ofRequest).opposite();
            case Condition.Field(String name, var inner) -> of(inner, false);
            case Condition.Scoped(var scope, String name, var inner) -> of(inner, true);
            case Condition.Some(var inner) -> of(inner, ofRequest);
            case Condition.Elements(var quantifier, var inner) ->
                ofRequest || (of(inner, false) == NEVER && quantifier == Condition.Quantifier.ANY) ? NEVER : DEPENDS;
            case Condition.Test(var predicate) -> isImpossible(predicate, ofRequest) ? NEVER : DEPENDS;
        };
    }

    private Outcome opposite() {
        return this == ALWAYS ? NEVER : this == NEVER ? ALWAYS : DEPENDS;
    }

    private static Outcome all(List<Condition> parts, boolean ofRequest) {
        boolean always = true;
        for (Condition part : parts) {
            Outcome outcome = of(part, ofRequest);
            if (outcome == NEVER || (parts.size() <= MOST_PAIRWISE && parts.contains(new Condition.Not(part)))) {
                return NEVER;
            }
            always &= outcome == ALWAYS;
        }
        return always ? ALWAYS : ofRequest && parts.size() <= MOST_PAIRWISE && contradict(parts) ? NEVER : DEPENDS;
    }

    /** Whether two parts want one value to be two things; an array could be both, but nothing of a request is one. */
    private static boolean contradict(List<Condition> parts) {
        for (Condition part : parts) {
            for (Condition other : parts) {
                if (part instanceof Condition.Test(Predicate.OneOf(var values, var compare))
                        && other instanceof Condition.Test(Predicate.OneOf(var others, var sameCompare))
                        && values.stream().noneMatch(others::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isImpossible(Predicate predicate, boolean ofRequest) {
        boolean possible = switch (predicate) {
            case Predicate.OneOf(var values, var compare) -> values.stream().anyMatch(
                    value -> !ofRequest || compare == Predicate.Compare.LOOSE || value instanceof Literal.Text);
            case Predicate.Within within -> within.compare() == Predicate.Compare.LOOSE
                    || (!within.isEmpty() && !(ofRequest && isNumber(within)));
            case Predicate.Size(int least, int most) -> least <= most;
            case Predicate.Modulo(BigInteger divisor, BigInteger remainder) ->
                !ofRequest && remainder.abs().compareTo(divisor.abs()) < 0;
            case Predicate.HasType(var types) -> !ofRequest || types.contains(JsonType.STRING);
            default -> true;
        };
        return !possible;
    }

    private static boolean isNumber(Predicate.Within within) {
        Predicate.Bound bound = within.low() != null ? within.low() : within.high();
        return bound != null && bound.value() instanceof Literal.Numeral;
    }
}
