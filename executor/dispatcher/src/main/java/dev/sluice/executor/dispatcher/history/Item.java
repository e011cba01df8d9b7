package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.json.RawJson;

/**
 * One entry of a list.
 *
 * @param id where the page behind it continues
 */
public record Item(String id, RawJson json) {}
