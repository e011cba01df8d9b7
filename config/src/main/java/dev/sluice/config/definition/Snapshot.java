package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** All definitions at one moment, immutable; the edge looks webhooks and keys up here and nowhere else. */
public final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(Map.of());

    private final Map<UUID, Organization> organizations;
    private final Map<UUID, Trigger> triggers;
    private final Map<Sha256, ApiKey> apiKeys;

    private Snapshot(Map<UUID, Organization> organizations) {
        this.organizations = organizations;
        this.triggers = new HashMap<>();
        this.apiKeys = new HashMap<>();
        organizations.values().forEach(organization -> {
            triggers.putAll(organization.triggers());
            apiKeys.putAll(organization.apiKeys());
        });
    }

    /** The organization with this id. */
    public @Nullable Organization organization(UUID id) {
        return organizations.get(id);
    }

    /** The trigger with this webhook id. */
    public @Nullable Trigger trigger(UUID id) {
        return triggers.get(id);
    }

    /** The key with this digest. */
    public @Nullable ApiKey apiKey(Sha256 digest) {
        return apiKeys.get(digest);
    }

    /** Every organization. */
    public Iterable<Organization> organizations() {
        return organizations.values();
    }

    /** This snapshot with some organizations replaced, and with those gone that have become null. */
    Snapshot with(Map<UUID, @Nullable Organization> changed) {
        Map<UUID, Organization> next = new HashMap<>(organizations);
        changed.forEach((id, organization) -> {
            if (organization == null) {
                next.remove(id);
            } else {
                next.put(id, organization);
            }
        });
        return new Snapshot(Map.copyOf(next));
    }
}
