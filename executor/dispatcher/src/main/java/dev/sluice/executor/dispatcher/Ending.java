package dev.sluice.executor.dispatcher;

import org.jspecify.annotations.Nullable;

/**
 * How an execution ended, for a caller who waited.
 *
 * @param status {@code completed}, {@code failed}, {@code timeout}, {@code cancelled}, or {@code pending} if it is to run
 *     again later
 * @param result JSON, null unless completed
 * @param error JSON object with name, message and stack; null if completed
 */
public record Ending(String status, @Nullable String result, @Nullable String error) {}
