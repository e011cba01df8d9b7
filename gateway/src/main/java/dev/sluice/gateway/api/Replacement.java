package dev.sluice.gateway.api;

import dev.sluice.config.definition.TriggerDraft;
import dev.sluice.config.definition.TriggerStore;
import dev.sluice.config.json.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Set;

/**
 * What a replacement of a trigger must say. Leaving a field out may mean its default or may be forgotten; who may send,
 * whose events they are and what happens to them is never changed by an oversight.
 */
final class Replacement {
    /** Required in any case, or harmless. */
    private static final Set<String> FREE = Set.of("name", "description", "auth", "routes");
    private static final JsonObject DEFAULTS = TriggerDraft.read(new Fields(new JsonObject()
            .put("name", "-").put("routes", new JsonArray().add(new JsonObject().put("workflow", "-"))))).toJson();

    private Replacement() {}

    static void check(Fields fields, TriggerStore.Saved before) {
        JsonObject present = before.draft().toJson();
        if (!fields.has("auth")) {
            throw fields.invalid("auth", "must be said: repeat {\"type\":\"%s\"} to keep it with its secret, or choose one of api_key, hmac, none"
                    .formatted(present.getJsonObject("auth").getString("type")));
        }
        said(fields, "customerId", before.customerId());
        for (String name : present.fieldNames()) {
            if (!FREE.contains(name) && !Objects.equals(present.getValue(name), DEFAULTS.getValue(name))) {
                said(fields, name, present.getValue(name));
            }
        }
    }

    private static void said(Fields fields, String name, @Nullable Object present) {
        if (present != null && !fields.mentions(name)) {
            throw fields.invalid(name, "is %s now and must be said: repeat it, or null for %s".formatted(
                    present, DEFAULTS.getValue(name) == null ? "none" : DEFAULTS.getValue(name)));
        }
    }
}
