@NullMarked
package dev.sluice.config.log;

import org.jspecify.annotations.NullMarked;
