@NullMarked
package dev.sluice.config.postgres;

import org.jspecify.annotations.NullMarked;
