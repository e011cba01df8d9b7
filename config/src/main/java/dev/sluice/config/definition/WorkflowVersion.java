package dev.sluice.config.definition;

import java.time.Duration;
import java.util.UUID;

/**
 * A published workflow, as it runs.
 *
 * @param version from 1; 0 is a draft that runs without being saved
 * @param code JavaScript, types already stripped
 */
public record WorkflowVersion(
        UUID workflowId, String slug, int version, Tier tier, Duration timeout, RetryPolicy retry, String code) {}
