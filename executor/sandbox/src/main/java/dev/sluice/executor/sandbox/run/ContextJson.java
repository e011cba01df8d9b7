package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.Invocation;

import java.util.Map;

/** {@code ctx} without its input, as JSON. */
final class ContextJson {
    private ContextJson() {}

    static String of(Invocation invocation) {
        StringBuilder json = new StringBuilder(512);
        json.append("{\"input\":null,\"headers\":{");
        String separator = "";
        for (Map.Entry<String, String> header : invocation.headers().entrySet()) {
            string(json.append(separator), header.getKey());
            string(json.append(':'), header.getValue());
            separator = ",";
        }
        json.append("},\"executionId\":\"").append(invocation.executionId())
                .append("\",\"eventId\":\"").append(invocation.eventId())
                .append("\",\"attempt\":").append(invocation.attempt());
        Invocation.Customer customer = invocation.tenant().customer();
        json.append(",\"customer\":");
        if (customer == null) {
            json.append("null");
        } else {
            string(json.append("{\"id\":\"").append(customer.id()).append("\",\"slug\":"), customer.slug()).append('}');
        }
        Invocation.Workflow workflow = invocation.workflow();
        string(json.append(",\"workflow\":{\"id\":\"").append(workflow.id()).append("\",\"slug\":"), workflow.slug())
                .append(",\"version\":").append(workflow.version()).append('}');
        Invocation.TriggerSource trigger = invocation.trigger();
        json.append(",\"trigger\":");
        if (trigger == null) {
            json.append("null");
        } else {
            string(json.append("{\"id\":\"").append(trigger.id()).append("\",\"type\":"), trigger.type());
            string(json.append(",\"name\":"), trigger.name()).append('}');
        }
        return json.append('}').toString();
    }

    private static StringBuilder string(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"');
    }
}
