/** Reads JSON text: the validating byte scanner that the matcher is built on, exact numbers, and trees for filters. */
@NullMarked
package dev.sluice.gateway.filter.json;

import org.jspecify.annotations.NullMarked;
