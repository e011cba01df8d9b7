package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.ApiClient;
import dev.sluice.benchmarks.hostile.input.Attacker;
import dev.sluice.benchmarks.hostile.input.Hook;
import dev.sluice.benchmarks.hostile.input.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is there before the first batch: customers, workflows and webhooks of an organization. */
final class Scene {
    private static final String KEY = "a-webhooks-secret";
    private static final long UNREACHED = 1_000_000_000_000L;
    private static final long SOON_REACHED = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String ORDERS = "{\"workflow\":\"echo\",\"filter\":{\"event_type\":\"order.created\"}}";
    private static final String QUICK = "{\"workflow\":\"quick\"}";

    private final ApiClient api;
    private final int tenant;
    private final List<Hook> hooks = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    private Scene(ApiClient api, int tenant) {
        this.api = api;
        this.tenant = tenant;
    }

    /** The webhook of a tenant that does nothing odd: the sum of two numbers, at once. */
    static String good(ApiClient api) throws IOException, InterruptedException {
        api.create("/workflows", new JsonObject().put("name", "good").put("tier", "instant")
                .put("code", "export default (ctx) => ({ sum: ctx.input.a + ctx.input.b });"));
        return api.create("/triggers", new JsonObject("{\"type\":\"webhook\",\"name\":\"good\",\"auth\":{\"type\":\"none\"},\"routes\":[{\"workflow\":\"good\"}]}"))
                .getString("id");
    }

    /** Furnishes an attacker. */
    static Attacker attacker(ApiClient api, int tenant, String key) throws IOException, InterruptedException {
        Scene scene = new Scene(api, tenant);
        String first = scene.customer("first", UNREACHED);
        String second = scene.customer("second", UNREACHED);
        String limited = scene.customer("limited", SOON_REACHED);
        scene.workflow("quick", "return { ok: true };", null);
        scene.workflow("echo", "return ctx.input;", null);
        scene.workflow("thrower", "throw new Error('no');", null);
        scene.workflow("stateful", "console.log(ctx.input); await fastn.state.set('k', ctx.input); return await fastn.state.get('k');", null);
        scene.workflow("now-echo", "return ctx.input;", TIMEOUT);
        scene.workflow("now-thrower", "throw Object.assign(new Error('no', { cause: ctx.input }), { code: 'E' });", TIMEOUT);
        scene.workflow("now-odd", "return { ['k'.repeat(ctx.input?.large ? 60000 : 10)]: 1e21, a: ctx.input?.a, d: '\\u0000\\ud800' };", TIMEOUT);
        scene.hook(first, "none", null, null, QUICK);
        scene.hook(first, "api_key", null, null, ORDERS + "," + QUICK);
        scene.hook(second, "hmac", "{\"path\":\"id\"}", null, ORDERS + ",{\"workflow\":\"thrower\",\"filter\":{\"a\":\"never\"}}," + QUICK);
        scene.hook(second, "api_key", "{\"header\":\"X-Event-Id\"}", null, QUICK + ",{\"workflow\":\"stateful\"}");
        scene.hook(limited, "none", null, null, QUICK);
        scene.hook(null, "none", null, null, "{\"workflow\":\"thrower\"},{\"workflow\":\"thrower\",\"filter\":{\"a\":\"never\"}}");
        scene.hook(first, "none", null, TIMEOUT, "{\"workflow\":\"now-echo\"}");
        scene.hook(second, "none", null, TIMEOUT, "{\"workflow\":\"now-thrower\"}");
        scene.hook(null, "none", null, TIMEOUT, "{\"workflow\":\"now-odd\"}");
        scene.hook(first, "none", "{\"path\":\"order.total\"}", null, """
                {"workflow":"quick","filter":{"and":[{"field":"n","op":"gte","value":0}]}},{"workflow":"echo","filter":{"$or":[{"a":{"$type":"string"}},{"order.items":{"$size":1}}]}},
                {"workflow":"stateful","filter":{"syntax":"eventbridge","pattern":{"event_type":[{"prefix":"order"}]}}},{"workflow":"quick"}""");
        return new Attacker(tenant, key, List.of(first, second, limited), scene.hooks, scene.programs);
    }

    private String customer(String slug, long eventsPerDay) throws IOException, InterruptedException {
        return api.create("/customers", new JsonObject().put("name", slug).put("slug", slug).put("limits", new JsonObject()
                .put("events_per_day", new JsonObject().put("limit", eventsPerDay).put("enforcement", "hard_block")))).getString("id");
    }

    private void workflow(String slug, String body, @Nullable Duration timeout) throws IOException, InterruptedException {
        String code = "export default async function (ctx) { " + body + " }";
        JsonObject json = new JsonObject().put("name", slug).put("slug", slug).put("retry", false)
                .put("code", code)
                .put("tier", timeout == null ? "standard" : "instant");
        api.create("/workflows", timeout == null ? json : json.put("timeoutMs", timeout.toMillis()));
        programs.add(new Program(slug, code, timeout));
    }

    private void hook(@Nullable String customer, String auth, @Nullable String deduplication, @Nullable Duration timeout, String routes)
            throws IOException, InterruptedException {
        JsonObject scheme = new JsonObject().put("type", auth);
        JsonObject json = new JsonObject().put("type", "webhook").put("name", "hook").put("customerId", customer)
                .put("auth", auth.equals("none") ? scheme : scheme.put("secret", KEY)).put("routes", new JsonArray("[" + routes + "]"));
        if (deduplication != null) {
            json.put("deduplicationKey", new JsonObject(deduplication));
        }
        boolean header = deduplication != null && deduplication.contains("header");
        hooks.add(new Hook(api.create("/triggers", json).getString("id"), tenant, customer, auth.equals("none") ? null : KEY,
                auth.equals("hmac"), header ? "X-Event-Id" : null, timeout));
    }
}
