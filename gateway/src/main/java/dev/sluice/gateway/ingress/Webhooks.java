package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Snapshot;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.log.Causes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** All webhooks of the newest snapshot, compiled; what has not changed is not compiled again. */
public final class Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private record Compiled(Organization organization, Subjects subjects, Map<UUID, Webhook> webhooks) {}

    private volatile Map<UUID, Compiled> organizations = Map.of();
    private volatile Map<UUID, Webhook> webhooks = Map.of();

    /** Takes over a snapshot; called by one thread at a time. */
    @SuppressWarnings("ReferenceEquality") // an organization that was not read again is the same object
    public void accept(Snapshot snapshot) {
        Map<UUID, Compiled> next = new HashMap<>();
        Map<UUID, Webhook> all = new HashMap<>();
        for (Organization organization : snapshot.organizations()) {
            Compiled before = organizations.get(organization.id());
            Compiled compiled = before != null && before.organization() == organization ? before : compile(organization);
            next.put(organization.id(), compiled);
            all.putAll(compiled.webhooks());
        }
        organizations = next;
        webhooks = all;
    }

    /** The quota subjects of an organization. */
    public @Nullable Subjects subjects(UUID organizationId) {
        Compiled compiled = organizations.get(organizationId);
        return compiled == null ? null : compiled.subjects();
    }

    @Nullable Webhook find(UUID id) {
        return webhooks.get(id);
    }

    private static Compiled compile(Organization organization) {
        Subjects subjects = new Subjects(organization);
        Map<UUID, Webhook> webhooks = new HashMap<>();
        for (Trigger trigger : organization.triggers().values()) {
            try {
                webhooks.put(trigger.id(), Webhook.compile(trigger, organization, subjects));
            } catch (RuntimeException e) {
                // One trigger that cannot be used must not take the others down.
                LOG.error("webhook {} of organization {} cannot be compiled and answers 404: {}", trigger.id(), organization.id(),
                        Causes.of(e));
            }
        }
        return new Compiled(organization, subjects, webhooks);
    }
}
