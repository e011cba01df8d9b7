@NullMarked
package dev.sluice.benchmarks.hostile.check;

import org.jspecify.annotations.NullMarked;
