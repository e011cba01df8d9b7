package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Cell;
import org.jspecify.annotations.Nullable;

/**
 * A change to a count on the server that is not a decision.
 *
 * @param cell this node's copy of the count, or null if the change does not come from it
 * @param window the window it is about; a count that has moved on is left alone
 * @param delta how much to add, negative to give back
 * @param least what the count must at least be before that
 */
record Addition(Account account, Dimension dimension, @Nullable Cell cell, long window, long delta, long least) {}
