package dev.sluice.config.definition;

import java.util.UUID;

/**
 * The organization's end user, an isolated tenant.
 *
 * @param limits what holds for this customer: the plan's, or its own where set
 */
public record Customer(UUID id, UUID organizationId, String slug, boolean active, Limits limits) {}
