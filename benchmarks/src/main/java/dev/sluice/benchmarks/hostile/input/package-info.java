/**
 * What is sent: requests made from grammars and corpora, mutated, all drawn from one seeded generator. A batch is drawn
 * before it is sent, so that the same seed makes the same requests while the node accepts the same definitions.
 */
@NullMarked
package dev.sluice.benchmarks.hostile.input;

import org.jspecify.annotations.NullMarked;
