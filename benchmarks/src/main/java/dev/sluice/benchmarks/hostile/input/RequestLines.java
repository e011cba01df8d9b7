package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.input.Shot.After;

import java.util.List;
import java.util.random.RandomGenerator;

/** Request lines that are odd, or none; with a head that ends, so that each must be answered. */
final class RequestLines {
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "post", "PO ST", "P\u0000ST", "", "M-SEARCH", "\u00c9",
            "X".repeat(300));
    private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/1.1 ", "http/1.1", "HTTP/11", "HTTP/1.1x", "HTTPS/1.1", "HTTP/-1.1", "");
    private static final List<String> TARGETS = List.of("*", "//", "/\u0000", "http://127.0.0.1/hooks/x", "http://[::1", "127.0.0.1:80", "/%", "/hooks", "/hooks/", "/hooks/x",
            "/hooks/00000000-0000-0000-0000-000000000000", "/hooks/%30", "/HOOKS/x", "/api/v1", "/api/v1/", "/api//v1/events", "/api/v1/../../metrics", "/health/live", "/health/ready",
            "/metrics", "?", "#x", "/#x", "\\hooks", "/hooks/{}", "/hooks\u00e9");

    private RequestLines() {}

    static Shot next(RandomGenerator random, Hook hook) {
        String method = "GET";
        String target = hook.path();
        String version = "HTTP/1.1";
        switch (random.nextInt(5)) {
            case 0 -> method = Pick.one(random, METHODS);
            case 1 -> target = Pick.one(random, TARGETS);
            case 2 -> version = Pick.one(random, VERSIONS);
            case 3 -> target = "/" + "x".repeat(Pick.one(random, List.of(4000, 8170, 8192, 9000, 40_000)));
            default -> target = Percent.path(random) + Percent.query(random);
        }
        String line = method + " " + target + " " + version;
        byte[] bytes = Request.line(line).header("Host", "127.0.0.1").header("Content-Length", "0").header("Connection", "close").alone();
        return Shot.of(Kind.REQUEST_LINE, bytes, Aim.at(line)).after(After.CLOSE);
    }
}
