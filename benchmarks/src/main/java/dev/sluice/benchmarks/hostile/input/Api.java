package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.wire.Answer;

import java.util.function.Consumer;

/** Requests to the management API with an attacker's key. */
final class Api {
    private Api() {}

    static Shot shot(Kind kind, Attacker attacker, String method, String path, String json) {
        return shot(kind, attacker, method, path, json, answer -> { });
    }

    static Shot shot(Kind kind, Attacker attacker, String method, String path, String json, Consumer<Answer> then) {
        return Shot.of(kind, bytes(attacker, method, path, json), Aim.at(method + " /api/v1" + path, attacker.tenant()).then(then));
    }

    static byte[] bytes(Attacker attacker, String method, String path, String json) {
        Request request = Request.of(method, "/api/v1" + path).header("x-fastn-api-key", attacker.key());
        return json.isEmpty() ? request.alone() : request.header("Content-Type", "application/json").with(Corpora.utf8(json));
    }
}
