package dev.sluice.gateway.e2e;

import dev.sluice.gateway.filter.FilterExamples;
import dev.sluice.gateway.filter.FilterExamples.Example;
import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters as they come through the API: what the documentation shows is saved and does what it says, what hurts is not. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterApiTest {
    private final Client client;
    private final String slug = "filtered-" + UUID.randomUUID();

    FilterApiTest(RunningSluice sluice) {
        client = sluice.client();
    }

    @BeforeAll
    void createTarget() {
        client.workflow(slug, "return 1;");
    }

    @Test
    void everyExampleOfTheDocumentationIsSavedAndDoesWhatThePageSays() throws Exception {
        List<String> filters = new ArrayList<>();
        Map<String, Map<Integer, Boolean>> byBody = new LinkedHashMap<>();
        for (Example example : FilterExamples.read()) {
            switch (example) {
                case Example.Refused(String filter, String place) ->
                    assertThat(post("/triggers", trigger(filter)).problem(422).getString("field"))
                            .isEqualTo("routes[0].filter at " + place);
                case Example.Dialect(String filter) -> filters.add(filter);
                case Example.Matching(String filter, String body, boolean matches) -> {
                    // What is described to be explained belongs to no customer.
                    if (!filter.contains("$customer")) {
                        byBody.computeIfAbsent(body, none -> new LinkedHashMap<>()).put(filters.size(), matches);
                    }
                    filters.add(filter);
                }
            }
        }
        JsonObject saved = post("/triggers", trigger(filters.toArray(String[]::new))).expect(201).json();
        assertThat(client.get("/triggers/" + saved.getString("id")).expect(200).json().getJsonArray("routes")).hasSameSizeAs(filters);
        byBody.forEach((body, expected) -> {
            JsonArray routes = post("/triggers/" + saved.getString("id") + "/explain", """
                    {"body": %s, "path": "/orders/eu", "query": "page=7", "ip": "10.1.2.3", "headers": {"X-GitHub-Event": "push"}}"""
                    .formatted(body)).expect(200).json().getJsonArray("routes");
            expected.forEach((route, matches) -> assertThat(routes.getJsonObject(route).getBoolean("matched"))
                    .as("%s on %s", filters.get(route), body).isEqualTo(matches));
        });
    }

    @Test
    void aFaultInAListOfConditionsIsNamedWithItsPlace() {
        assertThat(post("/triggers", trigger("[{\"field\":\"a\",\"op\":\"is\",\"value\":1}]")).problem(422).getString("field"))
                .isEqualTo("routes[0].filter at $.pattern[0].op");
        for (String list : List.of("[]", "[1]", "[[]]")) {
            assertThat(post("/triggers", trigger(list)).problem(422).getString("field")).startsWith("routes[0].filter at $.pattern");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"$regex\":\"((a{1000}){1000}){1000}\"}}", "[{\"field\":\"a\",\"op\":\"regex\",\"value\":\"((a{999}){999}){999}\"}]"})
    void anExpressionThatWouldFillTheHeapIsRefusedWhereverItIsGiven(String filter) {
        assertThat(post("/triggers", trigger(filter)).problem(422).getString("reason")).contains("repeats more than 1000 times");
        JsonObject saved = post("/triggers", trigger("{\"a\":1}")).expect(201).json();
        String path = "/triggers/" + saved.getString("id");
        assertThat(send("PUT", path, trigger(filter).replace("{\"type\"", "{\"auth\":{\"type\":\"none\"},\"type\"")).problem(422)
                .getString("field")).startsWith("routes[0].filter at $");
        assertThat(post(path + "/backtest", "{\"routes\":[{\"workflow\":\"%s\",\"filter\":%s}]}".formatted(slug, filter)).problem(422)
                .getString("field")).startsWith("routes[0].filter at $");
        assertThat(client.get(path).expect(200).json().getJsonArray("routes").getJsonObject(0).getJsonObject("filter"))
                .isEqualTo(new JsonObject().put("a", 1));
    }

    @Test
    void filtersOfOneWebhookShareARoom() {
        String[] filters = new String[70];
        Arrays.fill(filters, "{\"a\":{\"$regex\":\"(abcd){320}\"}}");
        assertThat(post("/triggers", trigger(filters)).problem(422).getString("field")).isEqualTo("routes");
        post("/triggers", trigger(filters[0], filters[1])).expect(201);
    }

    @Test
    void whatIsProbablyMeantOtherwiseIsSaidWhenItIsSaved() {
        JsonArray warnings = post("/triggers", trigger("{\"b\":1}", "{\"state\":[\"open\",\"new\"]}", "{\"items[0].id\":1}",
                "{\"at\":{\"$after\":\"2025-12-31T23:59:60Z\"}}")).expect(201).json().getJsonArray("warnings");
        assertThat(warnings).extracting(warning -> ((JsonObject) warning).getInteger("route")).containsExactly(1, 2, 3);
        assertThat(warnings).extracting(warning -> ((JsonObject) warning).getString("kind")).containsOnly("ambiguous");
        assertThat(warnings.getJsonObject(0).getString("message")).contains("all of", "$in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1e9999999999     | 400
            -1e-9999999999   | 400
            1e999999999      | 422
            1e-999999999     | 422
            1e901            | 422
            1e400            | 201
            """)
    void aNumberIsKeptExactlyOrRefused(String number, int status) {
        for (String filter : List.of("{\"a\":%s}", "{\"a\":{\"$lt\":%s}}", "{\"a\":{\"$in\":[%s]}}", "[{\"field\":\"a\",\"op\":\"eq\",\"value\":%s}]")) {
            post("/triggers", trigger(filter.formatted(number))).expect(status);
        }
    }

    private String trigger(String... filters) {
        StringBuilder all = new StringBuilder();
        for (String filter : filters) {
            all.append(all.isEmpty() ? "" : ",").append("{\"workflow\":\"").append(slug).append("\",\"filter\":").append(filter).append('}');
        }
        return "{\"type\":\"webhook\",\"name\":\"filtered\",\"routes\":[" + all + "]}";
    }

    private Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, String body) {
        return client.send(method, "/api/v1" + path, BodyPublishers.ofString(body));
    }
}
