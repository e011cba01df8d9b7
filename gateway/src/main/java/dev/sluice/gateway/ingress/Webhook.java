package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.DeduplicationKey;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Route;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.gateway.filter.Filter;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.Matcher;
import dev.sluice.gateway.filter.ast.ValuePath;
import dev.sluice.gateway.filter.syntax.ValuePathReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * A webhook, ready for its events.
 *
 * @param matcher the filters of all routes, and the path of the deduplication key
 * @param targets the workflow of each route, null where none of that slug is deployed
 */
record Webhook(
        Trigger trigger,
        Organization organization,
        Subjects subjects,
        Matcher matcher,
        List<@Nullable WorkflowVersion> targets) {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    static Webhook compile(Trigger trigger, Organization organization, Subjects subjects) {
        List<@Nullable Filter> filters = new ArrayList<>();
        List<@Nullable WorkflowVersion> targets = new ArrayList<>();
        for (Route route : trigger.routes()) {
            filters.add(filter(route));
            targets.add(organization.workflows().get(route.workflow()));
        }
        return new Webhook(trigger, organization, subjects, Matcher.compile(filters, keyPath(trigger)), targets);
    }

    /** Whether the caller waits for the result: exactly one route, to an Instant workflow. */
    boolean isInstant() {
        WorkflowVersion only = targets.size() == 1 ? targets.getFirst() : null;
        return only != null && only.tier() == Tier.INSTANT;
    }

    /** Whether its executions run one at a time. */
    boolean isSequential() {
        return trigger.executionMode() == Trigger.ExecutionMode.SEQUENTIAL;
    }

    /** As the log names it. */
    String named() {
        return "webhook " + trigger.id() + " of organization " + organization.id();
    }

    private static @Nullable Filter filter(Route route) {
        try {
            return route.filter() == null ? null : Filter.parse(route.filter());
        } catch (FilterException e) {
            throw new IllegalStateException("a saved filter does not parse: " + e.getMessage(), e);
        }
    }

    /** A path saved before paths were checked, and that names nothing, leaves the webhook without deduplication, as it was. */
    private static @Nullable ValuePath keyPath(Trigger trigger) {
        if (!(trigger.deduplicationKey() instanceof DeduplicationKey.Path(var path))) {
            return null;
        }
        try {
            return ValuePathReader.read(path);
        } catch (FilterException e) {
            LOG.warn("webhook {} deduplicates nothing: its path {}", trigger.id(), e.reason());
            return null;
        }
    }
}
