/** Holds the code to the layout that the modules and packages announce. */
@NullMarked
package dev.sluice.gateway.architecture;

import org.jspecify.annotations.NullMarked;
