/** Real Redis servers and clusters that tests, also those of the modules above, may kill and pause. */
@NullMarked
package dev.sluice.quota.testing;

import org.jspecify.annotations.NullMarked;
