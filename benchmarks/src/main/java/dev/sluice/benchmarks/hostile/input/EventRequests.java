package dev.sluice.benchmarks.hostile.input;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Events as a webhook wants them: with its key or signature, and with an id where it deduplicates. */
final class EventRequests {
    /** What a webhook of the campaign reads its key from. */
    static final String KEY_HEADER = "x-fastn-key";

    private EventRequests() {}

    /** Everything but the length and the body. */
    static Request head(RandomGenerator random, Hook hook, String subPathAndQuery, byte[] body) {
        Request request = Request.of("POST", hook.path() + subPathAndQuery).header("Content-Type", "application/json");
        return authenticated(random, request, hook, body);
    }

    static Request authenticated(RandomGenerator random, Request request, Hook hook, byte[] body) {
        if (hook.secret() != null && !Pick.onceIn(random, 50)) {
            request.header(hook.hmac() ? "X-Hub-Signature-256" : KEY_HEADER,
                    hook.hmac() ? "sha256=" + hmac(hook.secret(), body) : hook.secret());
        }
        if (hook.deduplicationHeader() != null) {
            String id = Pick.onceIn(random, 6) ? OddTexts.plain(random) : Integer.toString(random.nextInt(1_000_000));
            request.header(hook.deduplicationHeader(), Pick.onceIn(random, 6) ? Integer.toString(random.nextInt(20)) : id);
        }
        return request;
    }

    private static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
