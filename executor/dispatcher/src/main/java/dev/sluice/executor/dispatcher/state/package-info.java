/** {@code fastn.state}: what workflows remember, in PostgreSQL under the tenant's row-level security. */
@NullMarked
package dev.sluice.executor.dispatcher.state;

import org.jspecify.annotations.NullMarked;
