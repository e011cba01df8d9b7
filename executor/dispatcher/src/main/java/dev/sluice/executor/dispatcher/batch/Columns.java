package dev.sluice.executor.dispatcher.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Turns rows into array parameters, one array a column, as {@code unnest} takes them.
 *
 * @param <T> what a row is made from
 */
public final class Columns<T> {
    private final List<? extends T> rows;
    private final Tuple tuple;

    /** Adds the columns of these rows behind what the tuple has. */
    public Columns(List<? extends T> rows, Tuple tuple) {
        this.rows = rows;
        this.tuple = tuple;
    }

    /** Adds a {@code uuid[]}. */
    public Columns<T> uuid(Function<T, @Nullable UUID> value) {
        return add(UUID[]::new, value);
    }

    /** Adds a {@code text[]}. */
    public Columns<T> text(Function<T, @Nullable String> value) {
        return add(String[]::new, value);
    }

    /** Adds a {@code timestamptz[]}. */
    public Columns<T> time(Function<T, @Nullable Instant> value) {
        return add(OffsetDateTime[]::new, row -> utc(value.apply(row)));
    }

    /** Adds an {@code int[]}. */
    public Columns<T> integer(Function<T, Integer> value) {
        return add(Integer[]::new, value);
    }

    /** Adds a {@code bigint[]}. */
    public Columns<T> bigint(Function<T, Long> value) {
        return add(Long[]::new, value);
    }

    /** Adds a {@code float8[]}. */
    public Columns<T> real(Function<T, Double> value) {
        return add(Double[]::new, value);
    }

    /** Adds a {@code bool[]}. */
    public Columns<T> bool(Function<T, Boolean> value) {
        return add(Boolean[]::new, value);
    }

    /** Adds a {@code bytea[]}. */
    public Columns<T> bytes(Function<T, Buffer> value) {
        return add(Buffer[]::new, value);
    }

    private <C> Columns<T> add(IntFunction<@Nullable C[]> array, Function<T, ? extends @Nullable C> value) {
        @Nullable C[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        tuple.addValue(column);
        return this;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
