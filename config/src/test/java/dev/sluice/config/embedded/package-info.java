@NullMarked
package dev.sluice.config.embedded;

import org.jspecify.annotations.NullMarked;
