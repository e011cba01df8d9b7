@NullMarked
package dev.sluice.config.id;

import org.jspecify.annotations.NullMarked;
