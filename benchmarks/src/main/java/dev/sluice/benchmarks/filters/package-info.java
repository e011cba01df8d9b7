/** Route filters measured beside event-ruler and Jackson on GitHub's webhook bodies. */
@NullMarked
package dev.sluice.benchmarks.filters;

import org.jspecify.annotations.NullMarked;
