package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;

/** What an index can look for: a necessary condition on one value, and how rarely it tends to be met. */
sealed interface AccessKey {

    /** Relative number of events that meet one such key; only the order of magnitude matters. */
    double frequency();

    /** A value equal to a scalar of its own type. */
    record Equal(Literal value) implements AccessKey {
        @Override
        public double frequency() {
            return switch (value) {
                case Literal.Text(String text) -> 1 + 8.0 / (1 + text.length());
                case Literal.Numeral(var number) -> 1 + 8.0 / (1 + number.digits().length());
                default -> 50;
            };
        }
    }

    /** A value equal to a scalar in the loose form. */
    record EqualLoosely(Literal value) implements AccessKey {
        @Override
        public double frequency() {
            return 2;
        }
    }

    /** A string that equals a folded one after folding. */
    record EqualFolded(String value) implements AccessKey {
        @Override
        public double frequency() {
            return 1 + 8.0 / (1 + value.length());
        }
    }

    /** A string with a beginning. */
    record Prefix(String value) implements AccessKey {
        @Override
        public double frequency() {
            return 2 + 40.0 / (1 + value.length());
        }
    }

    /** A string with an ending. */
    record Suffix(String value) implements AccessKey {
        @Override
        public double frequency() {
            return 2 + 40.0 / (1 + value.length());
        }
    }

    /** A number within bounds. */
    record Range(Predicate.Within bounds) implements AccessKey {
        @Override
        public double frequency() {
            Predicate.Bound low = bounds.low();
            Predicate.Bound high = bounds.high();
            if (low == null || high == null || !(low.value() instanceof Literal.Numeral(var least))
                    || !(high.value() instanceof Literal.Numeral(var most))) {
                return 60;
            }
            return least.scale() == most.scale() && least.digits().regionMatches(0, most.digits(), 0, 3) ? 3 : 20;
        }
    }

    /** Any value that is neither object nor array. */
    record Leaf() implements AccessKey {
        @Override
        public double frequency() {
            return 100;
        }
    }

    /** Any value. */
    record Present() implements AccessKey {
        @Override
        public double frequency() {
            return 100;
        }
    }
}
