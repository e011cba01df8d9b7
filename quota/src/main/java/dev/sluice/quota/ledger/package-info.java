/**
 * What one process knows of an organization's counts, and the arithmetic of windows and limits on it.
 *
 * <p>A {@link dev.sluice.quota.ledger.Ledger} is the whole truth on a node without Redis. With Redis it is what this
 * node last heard, good for refusing what is known to be exhausted and for going on while Redis is away.
 */
@NullMarked
package dev.sluice.quota.ledger;

import org.jspecify.annotations.NullMarked;
