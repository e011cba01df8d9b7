/** The edge under load: how much a durable 202 costs over a bare echo. */
@NullMarked
package dev.sluice.benchmarks.ingress;

import org.jspecify.annotations.NullMarked;
