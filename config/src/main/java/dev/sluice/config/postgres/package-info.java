/** PostgreSQL: migrations, one pool for each database role, and transactions bound to one tenant. */
@NullMarked
package dev.sluice.config.postgres;

import org.jspecify.annotations.NullMarked;
