/** What tests of every module share: real PostgreSQL and Redis servers. */
@NullMarked
package dev.sluice.config.testing;

import org.jspecify.annotations.NullMarked;
