@NullMarked
package dev.sluice.config.datadirectory;

import org.jspecify.annotations.NullMarked;
