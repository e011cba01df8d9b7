/**
 * The compiled matcher.
 *
 * <p>One pass over the bytes ({@link dev.sluice.gateway.filter.engine.Projector}) validates them and notes on a
 * {@link dev.sluice.gateway.filter.engine.Tape} only the values at paths that some filter names. Each noted value is
 * then looked up in the index of its path, which yields the routes that it makes possible; those are verified on the
 * tape and the others are never touched. Everything compiled is immutable; everything that changes for an event is in
 * the tape and its neighbours, which a thread keeps and reuses.
 */
@NullMarked
package dev.sluice.gateway.filter.engine;

import org.jspecify.annotations.NullMarked;
