/**
 * What an organization has defined: plans, limits and the things they apply to, as immutable values.
 */
@NullMarked
package dev.sluice.config.definition;

import org.jspecify.annotations.NullMarked;
