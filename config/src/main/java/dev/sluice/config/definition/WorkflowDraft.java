package dev.sluice.config.definition;

import dev.sluice.config.json.Fields;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What an author writes; publishing makes an immutable version of it.
 *
 * @param source as written
 * @param code as it runs: the source without types, empty until it has been checked
 */
public record WorkflowDraft(
        Language language, String source, String code, Tier tier, Duration timeout, RetryPolicy retry) {
    /** The longest source accepted, in characters. */
    public static final int MAX_SOURCE = 1_000_000;

    /** What a workflow may be written in. */
    public enum Language { JAVASCRIPT, TYPESCRIPT }

    /** Reads the API's form: {@code code, language?, tier?, timeoutMs?, retry?}, with what is absent taken over. */
    public static WorkflowDraft read(Fields fields, @Nullable WorkflowDraft before) {
        String source = before == null || fields.has("code") ? fields.text("code", MAX_SOURCE) : before.source();
        Language language = fields.choice(
                "language", Language.class, before == null ? Language.JAVASCRIPT : before.language());
        Tier tier = fields.choice("tier", Tier.class, before == null ? Tier.STANDARD : before.tier());
        Duration standard = before == null || tier != before.tier() ? tier.standard() : before.timeout();
        Duration timeout = Duration.ofMillis(fields.integer(
                "timeoutMs", tier.minimum().toMillis(), tier.maximum().toMillis(), standard.toMillis()));
        RetryPolicy retry = before == null ? RetryPolicy.STANDARD : before.retry();
        return new WorkflowDraft(language, source, "", tier, timeout, retry(fields, retry));
    }

    private static RetryPolicy retry(Fields fields, RetryPolicy before) {
        // Never is no policy to go on from: its intervals are zero.
        RetryPolicy standard = before.equals(RetryPolicy.NEVER) ? RetryPolicy.STANDARD : before;
        if (fields.value("retry") instanceof Boolean enabled) {
            return enabled ? standard : RetryPolicy.NEVER;
        }
        Fields retry = fields.object("retry");
        if (retry == null) {
            return before;
        }
        boolean enabled = retry.flag("enabled", true);
        RetryPolicy policy = new RetryPolicy(
                (int) retry.integer("maxAttempts", 1, 20, standard.maxAttempts()),
                Duration.ofMillis(retry.integer("initialIntervalMs", 0, 3_600_000, standard.initialInterval().toMillis())),
                retry.number("backoffCoefficient", 1, 10, standard.backoffCoefficient()),
                Duration.ofMillis(retry.integer("maxIntervalMs", 0, 86_400_000, standard.maxInterval().toMillis())));
        retry.rejectOthers();
        return enabled ? policy : RetryPolicy.NEVER;
    }

    /** This draft with the code that runs. */
    public WorkflowDraft withCode(String executable) {
        return new WorkflowDraft(language, source, executable, tier, timeout, retry);
    }

    /** This draft as a version. */
    public WorkflowVersion version(UUID workflowId, String slug, int version) {
        return new WorkflowVersion(workflowId, slug, version, tier, timeout, retry, code);
    }

    /** The stored form; {@link #stored} reads it. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("language", language.name().toLowerCase(Locale.ROOT))
                .put("code", source)
                .put("executable", code)
                .put("tier", tier.wireName())
                .put("timeoutMs", timeout.toMillis())
                .put("retry", new JsonObject()
                        .put("maxAttempts", retry.maxAttempts())
                        .put("initialIntervalMs", retry.initialInterval().toMillis())
                        .put("backoffCoefficient", retry.backoffCoefficient())
                        .put("maxIntervalMs", retry.maxInterval().toMillis()));
    }

    /** Reads what {@link #toJson} wrote. */
    public static WorkflowDraft stored(JsonObject json) {
        Fields fields = new Fields(json);
        WorkflowDraft draft = read(fields, null);
        String executable = fields.optionalText("executable", Integer.MAX_VALUE);
        return draft.withCode(executable == null ? "" : executable);
    }
}
