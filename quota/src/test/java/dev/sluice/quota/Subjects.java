package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** Subjects to test with; each new one is an organization and customer never seen before. */
public final class Subjects {
    private Subjects() {}

    public static Subject customer(Limits limits) {
        return customer(UUID.randomUUID(), Limits.NONE, limits);
    }

    public static Subject customer(UUID organizationId, Limits organizationLimits, Limits limits) {
        return new Subject(organizationId, ZoneOffset.UTC, organizationLimits, UUID.randomUUID(), limits);
    }

    public static Subject organization(Limits limits) {
        return new Subject(UUID.randomUUID(), ZoneOffset.UTC, limits, null, Limits.NONE);
    }

    public static Subject with(Subject subject, Limits limits) {
        return new Subject(subject.organizationId(), subject.zone(), subject.organizationLimits(),
                subject.customerId(), limits);
    }

    public static Subject in(Subject subject, ZoneId zone) {
        return new Subject(subject.organizationId(), zone, subject.organizationLimits(), subject.customerId(),
                subject.customerLimits());
    }

    public static Limits limits(Dimension dimension, Limit limit) {
        return Limits.of(Map.of(dimension, limit));
    }
}
