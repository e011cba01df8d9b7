/**
 * Quota decisions a second, beside the plainest things that Redis can do and beside Bucket4j.
 *
 * <p>{@code ./sluice bench quota}, {@code --help} names the options.
 */
@NullMarked
package dev.sluice.benchmarks.quota;

import org.jspecify.annotations.NullMarked;
