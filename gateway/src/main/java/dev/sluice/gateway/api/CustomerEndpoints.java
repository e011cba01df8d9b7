package dev.sluice.gateway.api;

import dev.sluice.config.definition.CustomerStore;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Limits;
import dev.sluice.config.definition.Slugs;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code /customers}: the organization's tenants and their limits. */
final class CustomerEndpoints {
    private enum Status { ACTIVE, INACTIVE }

    private final CustomerStore store;
    private final Definitions definitions;
    private final Uuid7 ids;

    CustomerEndpoints(CustomerStore store, Definitions definitions, Uuid7 ids) {
        this.store = store;
        this.definitions = definitions;
        this.ids = ids;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.POST, "/customers", this::create)
                .route(HttpMethod.GET, "/customers", QueryParameters.PAGE, this::list)
                .route(HttpMethod.GET, "/customers/:id", call -> Reply.ok(json(find(call))))
                .route(HttpMethod.PUT, "/customers/:id", this::update)
                .route(HttpMethod.PUT, "/customers/:id/limits", this::override)
                .route(HttpMethod.DELETE, "/customers/:id", this::delete);
    }

    private Reply create(ApiCall call) {
        Fields fields = call.fields();
        String name = fields.name("name");
        String slug = Slugs.read(fields, name, "customer");
        String limits = fields.optionalJson("limits");
        fields.rejectOthers();
        UUID id = ids.next();
        Limits override = limits == null ? Limits.NONE : Limits.fromJson(ExactJson.object(limits));
        Taken.await(store.create(call.tenant(), id, slug, name, override), "slug", slug);
        definitions.refresh(call.organization().id()).await();
        CustomerStore.Saved saved = store.find(call.tenant(), id.toString()).await();
        if (saved == null) {
            throw call.notFound("customer").asException();
        }
        return Reply.json(201, json(saved));
    }

    private Reply list(ApiCall call) {
        List<JsonObject> found = store.list(call.tenant(), call.slugCursor(), call.limit() + 1).await()
                .stream().map(CustomerEndpoints::json).toList();
        return Reply.page(found, call.limit(), item -> item.getString("slug"));
    }

    private Reply update(ApiCall call) {
        CustomerStore.Saved before = find(call);
        Fields fields = call.fields();
        String name = fields.has("name") ? fields.name("name") : before.name();
        Status status = fields.choice("status", Status.class, Status.valueOf(before.status().toUpperCase(Locale.ROOT)));
        fields.rejectOthers();
        store.update(call.tenant(), before.id(), name, status == Status.ACTIVE).await();
        return refreshed(call);
    }

    private Reply override(ApiCall call) {
        CustomerStore.Saved before = find(call);
        store.override(call.tenant(), before.id(), Limits.fromJson(ExactJson.object(call.body()))).await();
        return refreshed(call);
    }

    private Reply refreshed(ApiCall call) {
        definitions.refresh(call.organization().id()).await();
        return Reply.ok(json(find(call)));
    }

    private Reply delete(ApiCall call) {
        store.delete(call.tenant(), find(call).id()).await();
        definitions.refresh(call.organization().id()).await();
        return Reply.noContent();
    }

    private CustomerStore.Saved find(ApiCall call) {
        CustomerStore.Saved saved = store.find(call.tenant(), call.id()).await();
        if (saved == null) {
            throw call.notFound("customer").asException();
        }
        return saved;
    }

    private static JsonObject json(CustomerStore.Saved saved) {
        return new JsonObject()
                .put("id", saved.id().toString())
                .put("slug", saved.slug())
                .put("name", saved.name())
                .put("status", saved.status())
                .put("limits", saved.override().toJson())
                .put("createdAt", saved.createdAt().toInstant().toString());
    }
}
