package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.input.Shot.After;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Events whose headers are odd. All of them are complete, and must be answered. */
final class HeaderShots {
    private static final List<String> LENGTHS = List.of("-1", "+5", "0x10", "1e3", "5, 5", "5,6", "", " ", "99999999999999999999", "9223372036854775807",
            "2147483648", "1048577", "5 5", "five", "\u0000");
    private static final List<String> CODINGS = List.of("gzip, chunked", "gzip", "identity", "chunked, chunked", "chunked;q=1", "xchunked", "", "CHUNKED", "chunked, identity");
    private static final List<String> TYPES = List.of("application/json; charset=utf-16", "application/json;charset=\"UTF-8\"", "APPLICATION/JSON", "application/vnd.api+json",
            "text/plain", "", ";", "application/json, text/html", "multipart/form-data; boundary=x", "application/json\u00e9");
    private static final List<String> CONTENT_CODINGS = List.of("identity", "", "gzip", "br, gzip", "\u0001");
    private static final List<String> NAMES = List.of("X-Odd", "x-odd", "Cookie", "Authorization", "X-Gitlab-Token", "X-Forwarded-For", "X-Fastn-Customer-Id", "Connection",
            "Upgrade", "Accept-Encoding", "Trailer", "TE", "Date", "__proto__", "constructor", "X-Event-Id", "X-Hub-Signature-256");
    private static final List<String> BROKEN = List.of(": no name\r\n", "no colon\r\n", "X Odd: 1\r\n", "X-Odd : 1\r\n", " folded\r\n", "X-Odd: a\r\n b\r\n", "X-\u0000: 1\r\n",
            "X-Odd: a\u0000b\r\n", "X-Odd: a\nX-Other: b\r\n", "X-Odd: a\rb\r\n", "X-\u00e9: 1\r\n", "\u0001: \u0001\r\n", "(): 1\r\n");

    private final Bodies bodies;

    HeaderShots(Bodies bodies) {
        this.bodies = bodies;
    }

    Shot next(RandomGenerator random, Hook hook) {
        byte[] body = bodies.json(random);
        Aim aim = Aim.at(hook, body);
        Request usual = EventRequests.head(random, hook, "", body);
        return switch (random.nextInt(12)) {
            case 0 -> closing(authenticated(random, hook, body, Request.line("POST " + hook.path() + " HTTP/1.1")).with(body), aim);
            case 1 -> closing(usual.header("Host", "other").with(body), aim);
            case 2 -> closing(refused(random, hook).header("Content-Length", Pick.one(random, LENGTHS)).alone(), aim);
            case 3 -> closing(refused(random, hook).header("Content-Length", "5").header("Content-Length", random.nextBoolean() ? "5" : "6")
                    .followedBy(Corpora.utf8("12345")), Aim.at(hook, Corpora.utf8("12345")));
            case 4 -> closing(refused(random, hook).header("Content-Length", "5").header("Transfer-Encoding", "chunked")
                    .followedBy(Corpora.utf8("2\r\n{}\r\n0\r\n\r\n")), Aim.at(hook, Corpora.utf8("{}")));
            case 5 -> closing(refused(random, hook).header("Transfer-Encoding", Pick.one(random, CODINGS))
                    .followedBy(Corpora.utf8("2\r\n{}\r\n0\r\n\r\n")), Aim.at(hook, Corpora.utf8("{}")));
            case 6 -> closing(usual.header("Expect", Pick.one(random, List.of("100-continue", "100-Continue", "200-ok", ""))).with(body), aim);
            case 7 -> Shot.of(Kind.HEADERS, authenticated(random, hook, body, Request.of("POST", hook.path())
                    .header("Content-Type", Pick.one(random, TYPES))).with(body), aim);
            case 8 -> Shot.of(Kind.HEADERS, usual.header("Content-Encoding", Pick.one(random, CONTENT_CODINGS)).with(body), aim);
            case 9 -> closing(usual.raw(Pick.one(random, BROKEN)).with(body), aim);
            case 10 -> closing(many(random, usual).with(body), aim);
            default -> Shot.of(Kind.HEADERS, odd(random, usual).with(body), aim);
        };
    }

    private static Request authenticated(RandomGenerator random, Hook hook, byte[] body, Request request) {
        return EventRequests.authenticated(random, request, hook, body);
    }

    /** One that says nothing of its body yet. */
    private static Request refused(RandomGenerator random, Hook hook) {
        return EventRequests.head(random, hook, "", new byte[0]);
    }

    private static Request odd(RandomGenerator random, Request request) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String value = OddTexts.upTo(random, 4000).replaceAll("[\r\n\u0000]", "");
            request.header(Pick.one(random, NAMES), new String(Corpora.utf8(value), StandardCharsets.ISO_8859_1));
        }
        return request;
    }

    private static Request many(RandomGenerator random, Request request) {
        int count = Pick.one(random, List.of(50, 100, 101, 500, 1500));
        for (int i = 0; i < count; i++) {
            request.header("X-Many-" + i, "v".repeat(random.nextInt(30)));
        }
        return Pick.onceIn(random, 3) ? request.header("X-Long", "v".repeat(32_000)) : request;
    }

    private static Shot closing(byte[] bytes, Aim aim) {
        return Shot.of(Kind.HEADERS, bytes, aim).after(After.CLOSE);
    }
}
