package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Limits;
import dev.sluice.config.definition.Organization;
import dev.sluice.quota.Subject;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The quota subjects of one organization as it stands in one snapshot; made once, used for every request. */
public final class Subjects {
    private final Subject own;
    private final Map<UUID, Subject> byCustomer = new HashMap<>();

    /** The subjects of an organization and of all its customers. */
    public Subjects(Organization organization) {
        Limits ownAccount = organization.planLimits().overriddenBy(organization.ownLimits());
        own = new Subject(organization.id(), organization.zone(), ownAccount, null, Limits.NONE);
        for (Customer customer : organization.customers().values()) {
            byCustomer.put(customer.id(), new Subject(organization.id(), organization.zone(), organization.ownLimits(),
                    customer.id(), customer.limits()));
        }
    }

    /** The subject of a customer, or of the organization itself. */
    public Subject of(@Nullable Customer customer) {
        return customer == null ? own : byCustomer.getOrDefault(customer.id(), own);
    }
}
