package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Workflows and triggers as the API takes them and as they are stored. */
class DraftsTest {
    @Test
    void aWorkflowHasTheDefaultsOfItsTier() {
        WorkflowDraft draft = workflow("{\"code\": \"x\"}");
        assertThat(draft).isEqualTo(new WorkflowDraft(WorkflowDraft.Language.JAVASCRIPT, "x", "", Tier.STANDARD,
                Duration.ofMinutes(1), new RetryPolicy(3, Duration.ofSeconds(5), 2, Duration.ofSeconds(60))));
        assertThat(workflow("{\"code\": \"x\", \"tier\": \"long\"}").timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(workflow("{\"code\": \"x\", \"retry\": false}").retry()).isEqualTo(RetryPolicy.NEVER);
        assertThat(workflow("{\"code\": \"x\", \"retry\": {\"enabled\": false, \"maxAttempts\": 5}}").retry())
                .isEqualTo(RetryPolicy.NEVER);
    }

    @Test
    void aWorkflowComesBackFromItsStoredForm() {
        WorkflowDraft draft = workflow("""
                {"code": "a", "language": "typescript", "tier": "instant", "timeoutMs": 1500,
                 "retry": {"maxAttempts": 7, "initialIntervalMs": 10, "backoffCoefficient": 1.5, "maxIntervalMs": 99}}""")
                .withCode("b");
        assertThat(WorkflowDraft.stored(ExactJson.object(draft.toJson().encode()))).isEqualTo(draft);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}                                                | code: is required
            {"code": ""}                                      | code: is required
            {"code": "a\\u0000"}                              | code: must have no NUL
            {"code": "x", "tier": "slow"}                     | tier: is 'slow', must be one of [instant, standard, long]
            {"code": "x", "timeoutMs": 1000}                  | timeoutMs: is 1000, must be from 5000 to 900000
            {"code": "x", "tier": "instant", "timeoutMs": 61000} | timeoutMs: is 61000, must be from 1000 to 60000
            {"code": "x", "timeoutMs": 1e4}                   | timeoutMs: must be a whole number
            {"code": "x", "language": "python"}               | language: is 'python'
            {"code": "x", "retry": {"maxAttempts": 0}}        | retry.maxAttempts: is 0, must be from 1 to 20
            {"code": "x", "retry": {"backoffCoefficient": 0.5}} | retry.backoffCoefficient: must be a number
            {"code": "x", "retry": {"attempts": 2}}           | retry.attempts: is unknown
            {"code": "x", "retry": 3}                         | retry: must be an object
            """)
    void aWrongWorkflowIsRefused(String json, String message) {
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> workflow(json)).getMessage()).startsWith(message);
    }

    @Test
    void aTriggerComesBackFromItsStoredForm() {
        TriggerDraft draft = trigger("""
                {"name": "n", "description": "d", "auth": {"type": "hmac", "header": "X-Sig", "encoding": "base64"},
                 "executionMode": "sequential", "deduplicationKey": {"path": "data.id"}, "deadLetterQueue": false,
                 "routes": [{"workflow": "w", "filter": {"total": {"$gte": 1.10}}, "headers": {"a": "b"}}]}""");
        assertThat(draft.auth()).isEqualTo(
                new TriggerDraft.AuthScheme.Hmac("X-Sig", WebhookAuth.Hmac.Encoding.BASE64, ""));
        assertThat(draft.routes().getFirst().filter()).isEqualTo("{\"total\":{\"$gte\":1.10}}");
        assertThat(trigger(draft.toJson().encode())).isEqualTo(draft);
        TriggerDraft plain = trigger("{\"name\": \"n\", \"routes\": [{\"workflow\": \"w\"}]}");
        assertThat(plain.auth()).isEqualTo(new TriggerDraft.AuthScheme.ApiKey());
        assertThat(trigger(plain.toJson().encode())).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"name": "n"}                                                   | routes: is required
            {"name": "n", "routes": []}                                     | routes: is required
            {"name": "n", "routes": [{}]}                                   | routes[0].workflow: is required
            {"name": "n", "routes": [{"workflow": "w", "filtr": {}}]}       | routes[0].filtr: is unknown
            {"name": "n", "routes": [{"workflow": "w", "filter": 3}]}       | routes[0].filter: must be an object or an array
            {"name": "n", "routes": [{"workflow": "w", "filter": {"a": 1e2000}}]} | routes[0].filter: has a number
            {"name": " ", "routes": [{"workflow": "w"}]}                    | name: must have a visible character
            {"name": "n", "routes": [{"workflow": "w"}], "auth": {"type": "basic"}} | auth.type: must be one of
            {"name": "n", "routes": [{"workflow": "w"}], "auth": {"type": "hmac", "algorithm": "md5"}} | auth.algorithm: must be sha256
            {"name": "n", "routes": [{"workflow": "w"}], "auth": {"type": "hmac", "header": "a b"}} | auth.header: is not a header name
            {"name": "n", "routes": [{"workflow": "w"}], "auth": {"type": "none", "header": "a"}} | auth.header: is unknown
            {"name": "n", "routes": [{"workflow": "w"}], "deduplicationKey": {}} | deduplicationKey: must be
            {"name": "n", "routes": [{"workflow": "w"}], "deduplicationKey": {"header": "a", "path": "b"}} | deduplicationKey: must be
            {"name": "n", "routes": [{"workflow": "w"}], "executionMode": "both"} | executionMode: is 'both'
            """)
    void aWrongTriggerIsRefused(String json, String message) {
        assertThat(catchThrowableOfType(InvalidFieldException.class, () -> trigger(json)).getMessage()).startsWith(message);
    }

    @Test
    void aListOfConditionsIsKeptInItsEnvelope() {
        TriggerDraft draft = trigger("{\"name\": \"n\", \"routes\": [{\"workflow\": \"w\", \"filter\": [{\"field\": \"a\", \"op\": \"exists\"}]}]}");
        assertThat(draft.routes().getFirst().filter()).isEqualTo(
                "{\"syntax\":\"conditions\",\"pattern\":[{\"field\":\"a\",\"op\":\"exists\"}]}");
        assertThat(trigger(draft.toJson().encode())).isEqualTo(draft);
    }

    @Test
    void aChangeOfTheRetryPolicyKeepsWhatItDoesNotName() {
        WorkflowDraft before = workflow("""
                {"code": "a", "retry": {"maxAttempts": 7, "initialIntervalMs": 10, "backoffCoefficient": 1.5, "maxIntervalMs": 99}}""");
        assertThat(changed(before, "{\"retry\": {\"maxAttempts\": 2}}"))
                .isEqualTo(new RetryPolicy(2, Duration.ofMillis(10), 1.5, Duration.ofMillis(99)));
        assertThat(changed(before, "{\"retry\": {\"maxIntervalMs\": 5}}"))
                .isEqualTo(new RetryPolicy(7, Duration.ofMillis(10), 1.5, Duration.ofMillis(5)));
        assertThat(changed(before, "{\"retry\": true}")).isEqualTo(before.retry());
        assertThat(changed(before, "{}")).isEqualTo(before.retry());
        assertThat(changed(before, "{\"retry\": false}")).isEqualTo(RetryPolicy.NEVER);
        WorkflowDraft never = workflow("{\"code\": \"a\", \"retry\": false}");
        assertThat(changed(never, "{\"retry\": {\"maxAttempts\": 2}}"))
                .isEqualTo(new RetryPolicy(2, Duration.ofSeconds(5), 2, Duration.ofSeconds(60)));
        assertThat(changed(never, "{\"retry\": true}")).isEqualTo(RetryPolicy.STANDARD);
        assertThat(changed(never, "{}")).isEqualTo(RetryPolicy.NEVER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"type": "hmac"}                                  | X-Sig               | BASE64 | v1=
            {"type": "hmac", "header": "x-sig"}               | X-Sig               | BASE64 | v1=
            {"type": "hmac", "prefix": ""}                    | X-Sig               | BASE64 | ^^
            {"type": "hmac", "encoding": "hex"}               | X-Sig               | HEX    | v1=
            {"type": "hmac", "header": "X-Other"}             | X-Other             | HEX    | ^^
            """)
    void parametersOfTheSameSchemeStay(String auth, String header, WebhookAuth.Hmac.Encoding encoding, String prefix) {
        TriggerDraft.AuthScheme before = new TriggerDraft.AuthScheme.Hmac("X-Sig", WebhookAuth.Hmac.Encoding.BASE64, "v1=");
        Fields fields = new Fields(ExactJson.object("{\"name\": \"n\", \"routes\": [{\"workflow\": \"w\"}], \"auth\": " + auth + "}"));
        assertThat(TriggerDraft.read(fields, before).auth()).isEqualTo(new TriggerDraft.AuthScheme.Hmac(header, encoding, prefix));
    }

    private static RetryPolicy changed(WorkflowDraft before, String json) {
        return WorkflowDraft.read(new Fields(ExactJson.object(json)), before).retry();
    }

    private static WorkflowDraft workflow(String json) {
        return WorkflowDraft.read(new Fields(ExactJson.object(json)), null);
    }

    private static TriggerDraft trigger(String json) {
        return TriggerDraft.read(new Fields(ExactJson.object(json)));
    }
}
