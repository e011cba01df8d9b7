/** What a filter means, whichever dialect it was written in: conditions on values, and paths to them. */
@NullMarked
package dev.sluice.gateway.filter.ast;

import org.jspecify.annotations.NullMarked;
