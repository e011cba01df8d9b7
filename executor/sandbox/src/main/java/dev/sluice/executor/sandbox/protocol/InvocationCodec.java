package dev.sluice.executor.sandbox.protocol;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** {@link Invocation} on the wire. */
final class InvocationCodec {
    private InvocationCodec() {}

    static void write(FieldWriter out, Invocation invocation) {
        out.uuid(invocation.executionId());
        out.uuid(invocation.eventId());
        out.int32(invocation.attempt());
        out.uuid(invocation.tenant().organizationId());
        Invocation.Customer customer = invocation.tenant().customer();
        if (out.present(customer) && customer != null) {
            out.uuid(customer.id());
            out.string(customer.slug());
        }
        Invocation.Workflow workflow = invocation.workflow();
        out.uuid(workflow.id());
        out.string(workflow.slug());
        out.uuid(workflow.versionId());
        out.int32(workflow.version());
        out.string(workflow.code());
        Invocation.TriggerSource trigger = invocation.trigger();
        if (out.present(trigger) && trigger != null) {
            out.uuid(trigger.id());
            out.string(trigger.type());
            out.string(trigger.name());
        }
        out.int32(invocation.headers().size());
        invocation.headers().forEach((name, value) -> {
            out.string(name);
            out.string(value);
        });
        out.bytes(invocation.body());
        out.duration(invocation.timeout());
    }

    static Invocation read(FieldReader in) throws ProtocolException {
        UUID executionId = in.uuid();
        UUID eventId = in.uuid();
        int attempt = in.int32();
        Invocation.Tenant tenant = new Invocation.Tenant(
                in.uuid(), in.bool() ? new Invocation.Customer(in.uuid(), in.string()) : null);
        Invocation.Workflow workflow =
                new Invocation.Workflow(in.uuid(), in.string(), in.uuid(), in.int32(), in.string());
        Invocation.TriggerSource trigger =
                in.bool() ? new Invocation.TriggerSource(in.uuid(), in.string(), in.string()) : null;
        int count = in.count(2 * Integer.BYTES);
        Map<String, String> headers = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            headers.put(in.string(), in.string());
        }
        byte[] body = in.bytes();
        Duration timeout = in.duration();
        if (timeout.isZero() || timeout.isNegative()) {
            throw new ProtocolException("timeout is not positive");
        }
        return new Invocation(executionId, eventId, attempt, tenant, workflow, trigger, headers, body, timeout);
    }
}
