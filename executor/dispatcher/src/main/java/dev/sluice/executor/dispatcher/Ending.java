package dev.sluice.executor.dispatcher;

import dev.sluice.config.json.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended, for a caller who waited.
 *
 * @param status {@code completed}, {@code failed}, {@code timeout}, {@code cancelled}, or {@code pending} if it is to run
 *     again later
 * @param result JSON, null unless completed
 * @param error JSON object with name, message and stack; null if completed
 */
public record Ending(String status, @Nullable String result, @Nullable String error) {
    /** The error's message, or null if there is none. */
    public @Nullable String message() {
        return error == null ? null : new RawJson(error).members().getOrDefault("message", RawJson.NULL).string();
    }
}
