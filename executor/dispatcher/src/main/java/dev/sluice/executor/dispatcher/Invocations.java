package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.executor.sandbox.protocol.Invocation;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Turns an execution into what a sandbox is given. */
final class Invocations {
    private final Definitions definitions;

    Invocations(Definitions definitions) {
        this.definitions = definitions;
    }

    Invocation of(Execution execution) {
        WorkflowVersion workflow = execution.workflow();
        Organization organization = definitions.snapshot().organization(execution.organizationId());
        return new Invocation(
                execution.id(),
                execution.eventId(),
                execution.attempt(),
                new Invocation.Tenant(execution.organizationId(), customer(execution.customerId(), organization)),
                new Invocation.Workflow(workflow.workflowId(), workflow.slug(), versionId(workflow), workflow.version(),
                        workflow.code()),
                trigger(execution, organization),
                execution.headers().forWorkflow(execution.routeHeaders()),
                execution.input().getBytes(),
                workflow.timeout());
    }

    private static Invocation.@Nullable Customer customer(@Nullable UUID id, @Nullable Organization organization) {
        if (id == null) {
            return null;
        }
        Customer known = organization == null ? null : organization.customer(id);
        return new Invocation.Customer(id, known == null ? id.toString() : known.slug());
    }

    private static Invocation.@Nullable TriggerSource trigger(
            Execution execution, @Nullable Organization organization) {
        UUID id = execution.triggerId();
        if (id == null) {
            return null;
        }
        Trigger known = organization == null ? null : organization.triggers().get(id);
        return new Invocation.TriggerSource(id, "webhook", known == null ? id.toString() : known.name());
    }

    /** Names the code for good: a version never changes. */
    private static UUID versionId(WorkflowVersion workflow) {
        return UUID.nameUUIDFromBytes(
                (workflow.workflowId() + "/" + workflow.version()).getBytes(StandardCharsets.US_ASCII));
    }
}
