/** HTTP/1.1 as exact bytes: what is sent is what was made, right or wrong, and what comes back is read strictly. */
@NullMarked
package dev.sluice.benchmarks.hostile.wire;

import org.jspecify.annotations.NullMarked;
