/**
 * The command line: what {@code ./sluice} runs.
 *
 * <p>{@code start} and {@code worker} own the data directory while they run and keep a {@link
 * dev.sluice.gateway.cli.NodeRecord} in it, through which {@code stop} and {@code status} find them.
 */
@NullMarked
package dev.sluice.gateway.cli;

import org.jspecify.annotations.NullMarked;
