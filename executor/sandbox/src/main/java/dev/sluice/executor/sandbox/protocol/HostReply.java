package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

/** What became of a {@link HostCall}. */
public sealed interface HostReply {

    /**
     * The promise resolves.
     *
     * @param json its value, or null for undefined
     */
    record Value(@Nullable String json) implements HostReply {
        /** Values belong to a customer and stay out of logs. */
        @Override
        public String toString() {
            return "Value[" + (json == null ? "undefined" : json.length() + " characters") + "]";
        }
    }

    /**
     * The promise rejects with an {@code Error} of this name and message, which the workflow's author will read.
     */
    record Refused(String name, String message) implements HostReply {}
}
