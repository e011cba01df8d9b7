/** The dialects that a filter can be written in, each read into the same conditions. */
@NullMarked
package dev.sluice.gateway.filter.syntax;

import org.jspecify.annotations.NullMarked;
