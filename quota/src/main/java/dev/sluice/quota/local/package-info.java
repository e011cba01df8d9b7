/** Quotas counted in one process, for a node that has no Redis. */
@NullMarked
package dev.sluice.quota.local;

import org.jspecify.annotations.NullMarked;
