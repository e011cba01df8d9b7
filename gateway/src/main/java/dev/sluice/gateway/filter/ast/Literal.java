package dev.sluice.gateway.filter.ast;

import dev.sluice.gateway.filter.json.Decimal;

/** A scalar written in a filter. */
public sealed interface Literal {

    /** A string. */
    record Text(String value) implements Literal {}

    /** A number of any size. */
    record Numeral(Decimal value) implements Literal {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Literal {}

    /** {@code null}. */
    record Null() implements Literal {}

    /** The one null. */
    Literal NULL = new Null();
}
