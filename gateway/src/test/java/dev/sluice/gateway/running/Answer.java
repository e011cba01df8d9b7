package dev.sluice.gateway.running;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** What the product answered. */
public record Answer(HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    public byte[] bytes() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return new JsonObject(Buffer.buffer(response.body()));
    }

    public @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** This answer, if it has the status; else the failure shows what came instead. */
    public Answer expect(int status) {
        assertThat(status()).as("%s %s: %s", response.request().method(), response.uri(), text()).isEqualTo(status);
        return this;
    }

    /** The explanation of an error, which must be one in the form of RFC 9457. */
    public JsonObject problem(int status) {
        expect(status);
        assertThat(header("content-type")).as("content type of %s", text()).isEqualTo("application/problem+json");
        JsonObject problem = json();
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("type")).isNotBlank();
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        return problem;
    }
}
