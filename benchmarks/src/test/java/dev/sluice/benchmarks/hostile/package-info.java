@NullMarked
package dev.sluice.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
