package dev.sluice.config.definition;

import dev.sluice.config.id.Uuids;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

/**
 * One organization with everything it has defined, at one moment.
 *
 * @param planLimits what each customer may use, unless it has limits of its own
 * @param ownLimits what all customers together may use; without any, only the plan's limits on each of them hold
 * @param customers by id
 * @param customersBySlug the same by slug
 * @param workflows deployed versions, by slug
 */
public record Organization(
        UUID id,
        String planId,
        ZoneId zone,
        Limits planLimits,
        Limits ownLimits,
        Map<UUID, Customer> customers,
        Map<String, Customer> customersBySlug,
        Map<String, WorkflowVersion> workflows,
        Map<UUID, Trigger> triggers,
        Map<Sha256, ApiKey> apiKeys) {
    public Organization {
        customers = Map.copyOf(customers);
        customersBySlug = Map.copyOf(customersBySlug);
        workflows = Map.copyOf(workflows);
        triggers = Map.copyOf(triggers);
        apiKeys = Map.copyOf(apiKeys);
    }

    /** The customer with this id. */
    public @Nullable Customer customer(UUID customerId) {
        return customers.get(customerId);
    }

    /** The customer with this id or slug. What has the form of an id is never a slug. */
    public @Nullable Customer customer(String idOrSlug) {
        UUID customerId = Uuids.parse(idOrSlug);
        return customerId != null ? customers.get(customerId) : customersBySlug.get(idOrSlug);
    }
}
