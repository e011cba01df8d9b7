/** Why a route did or did not match. */
@NullMarked
package dev.sluice.gateway.filter.explain;

import org.jspecify.annotations.NullMarked;
