/**
 * Quota decisions a second, beside the plainest things that Redis can do and beside Bucket4j.
 *
 * <p>{@code ./sluice bench quota [--rounds 5] [--seconds 1] [--in-flight 64] [--redis redis://host:port]}
 */
@NullMarked
package dev.sluice.benchmarks.quota;

import org.jspecify.annotations.NullMarked;
