package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Which events are taken for one sent again, by the key that their webhook names. */
@ExtendWith(SluiceResolver.class)
class DeduplicationKeyTest {
    private final Client client;
    private final Client sender;
    private final String slug = "deduplicated-" + UUID.randomUUID();

    DeduplicationKeyTest(RunningSluice sluice) {
        client = sluice.client();
        sender = sluice.strangerClient();
    }

    @BeforeEach
    void createWorkflow() {
        client.workflow(slug, "return 1;");
    }

    @Test
    void aPathFindsItsValueInWhateverFiltersAccept() {
        String webhook = webhook(new JsonObject().put("path", "data.id"));
        for (String number : List.of("1".repeat(1_500), "1e9999999999", "[".repeat(990) + "]".repeat(990), "1")) {
            String body = "{\"data\":{\"id\":\"" + UUID.randomUUID() + "\"},\"n\":" + number + "}";
            assertThat(isDuplicate(sender.event(webhook, body))).isFalse();
            assertThat(isDuplicate(sender.event(webhook, body))).as("sent again").isTrue();
            assertThat(isDuplicate(sender.event(webhook, " " + body.replace(":", " : ")))).as("written otherwise").isTrue();
        }
    }

    @Test
    void oneRequestAfterAnotherIsAnsweredOnItsConnection() {
        String webhook = webhook(new JsonObject().put("path", "id"));
        for (int i = 0; i < 3; i++) {
            sender.event(webhook, "{\"id\":1e9999999999}").expect(202);
            sender.event(webhook, "{}").expect(202);
        }
    }

    @Test
    void eventsWithoutAKeyAreNoDuplicates() {
        String byPath = webhook(new JsonObject().put("path", "id"));
        for (String body : List.of("{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\" \"}", "{\"id\":[]}", "[]", "1")) {
            assertThat(isDuplicate(sender.event(byPath, body))).as(body).isFalse();
            assertThat(isDuplicate(sender.event(byPath, body))).as(body).isFalse();
        }
        String byHeader = webhook(new JsonObject().put("header", "X-Event-Id"));
        for (String value : List.of("", " ", "\t")) {
            assertThat(isDuplicate(sender.with("x-event-id", value).event(byHeader, "{\"n\":1}"))).isFalse();
            assertThat(isDuplicate(sender.with("x-event-id", value).event(byHeader, "{\"n\":2}"))).isFalse();
        }
        assertThat(isDuplicate(sender.event(byHeader, "{}"))).isFalse();
        assertThat(isDuplicate(sender.event(byHeader, "{}"))).isFalse();
        assertThat(isDuplicate(sender.with("X-EVENT-ID", "7").event(byHeader, "{}"))).isFalse();
        assertThat(isDuplicate(sender.with("x-event-id", "7 ").event(byHeader, "{}"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | deduplicationKey
            {"header": "X-Id", "path": "id"}      | deduplicationKey
            {"header": ""}                        | deduplicationKey.header
            {"header": " "}                       | deduplicationKey.header
            {"header": "bad name"}                | deduplicationKey.header
            {"header": "X-Id:"}                   | deduplicationKey.header
            {"header": "Größe"}                   | deduplicationKey.header
            {"header": "Authorization"}           | deduplicationKey.header
            {"header": "X-Api-Key"}               | deduplicationKey.header
            {"header": "x-fastn-key"}             | deduplicationKey.header
            {"header": "X-Pin"}                   | deduplicationKey.header
            {"header": "Content-Type"}            | deduplicationKey.header
            {"header": "HOST"}                    | deduplicationKey.header
            {"path": ""}                          | deduplicationKey.path
            {"path": "a..b"}                      | deduplicationKey.path
            {"path": ".a"}                        | deduplicationKey.path
            {"path": "$.id"}                      | deduplicationKey.path
            {"path": "$headers.x-id"}             | deduplicationKey.path
            {"path": "items[*].id"}               | deduplicationKey.path
            {"path": 7}                           | deduplicationKey.path
            {"paths": "id"}                       | deduplicationKey.paths
            """)
    void aKeyThatCannotTellEventsApartIsRefusedByName(String key, String field) {
        JsonObject problem = client.post("/triggers", new JsonObject().put("type", "webhook").put("name", "bad")
                .put("redact", new JsonArray().add("x-pin"))
                .put("routes", new JsonArray().add(new JsonObject().put("workflow", slug)))
                .put("deduplicationKey", new JsonObject(key))).problem(422);
        assertThat(problem.getString("field")).as(problem.encode()).isEqualTo(field);
    }

    private String webhook(JsonObject key) {
        return client.webhook(slug, new JsonObject().put("auth", new JsonObject().put("type", "none"))
                .put("deduplicationKey", key)).getString("id");
    }

    private static boolean isDuplicate(Answer answer) {
        return answer.expect(202).json().getBoolean("duplicate", false);
    }
}
