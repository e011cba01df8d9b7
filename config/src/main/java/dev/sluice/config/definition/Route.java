package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Sends matching events to a workflow.
 *
 * @param workflow slug of the target
 * @param filter JSON text of the filter; null matches every event
 * @param headers handed to the workflow with the request's own
 */
public record Route(String workflow, @Nullable String filter, Map<String, String> headers) {
    public Route {
        headers = Map.copyOf(headers);
    }
}
