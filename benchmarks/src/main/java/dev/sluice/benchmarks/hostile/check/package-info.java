/** What must hold after every batch, and what was found not to. */
@NullMarked
package dev.sluice.benchmarks.hostile.check;

import org.jspecify.annotations.NullMarked;
