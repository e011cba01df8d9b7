@NullMarked
package dev.sluice.executor.sandbox.run;

import org.jspecify.annotations.NullMarked;
