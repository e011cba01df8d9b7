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
            return value instanceof Literal.Bool || value instanceof Literal.Null ? 50 : 1;
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
            return 1;
        }
    }

    /** A string with a beginning. */
    record Prefix(String value) implements AccessKey {
        @Override
        public double frequency() {
            return 1 + 40.0 / (1 + value.length());
        }
    }

    /** A string with an ending. */
    record Suffix(String value) implements AccessKey {
        @Override
        public double frequency() {
            return 1 + 40.0 / (1 + value.length());
        }
    }

    /** A number within bounds. */
    record Range(Predicate.Within bounds) implements AccessKey {
        @Override
        public double frequency() {
            return bounds.low() != null && bounds.high() != null ? 20 : 60;
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
