@NullMarked
package dev.sluice.config.definition;

import org.jspecify.annotations.NullMarked;
