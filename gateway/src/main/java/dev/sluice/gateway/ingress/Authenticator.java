package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.WebhookAuth;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks who sent an event; all comparisons take constant time. Belongs to one event loop, which reuses its keyed MACs. */
final class Authenticator {
    private static final int MAX_MACS = 1024;

    private final Map<WebhookAuth.Hmac, Mac> macs = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WebhookAuth.Hmac, Mac> eldest) {
            return size() > MAX_MACS;
        }
    };

    /** What to tell a sender who failed to prove who it is, or null for one who did. */
    @Nullable String refusal(WebhookAuth auth, HttpServerRequest request, byte[] body) {
        return switch (auth) {
            case WebhookAuth.None none -> null;
            case WebhookAuth.ApiKey(var sha256) -> apiKey(sha256, request.getHeader("x-fastn-key"));
            case WebhookAuth.Hmac hmac -> hmac(hmac, request.getHeader(hmac.header()), body);
        };
    }

    private static @Nullable String apiKey(byte[] expected, @Nullable String key) {
        if (key == null) {
            return "send the webhook's key in the header x-fastn-key";
        }
        return MessageDigest.isEqual(expected, Sha256.of(key).digest()) ? null : "the key in x-fastn-key is wrong";
    }

    private @Nullable String hmac(WebhookAuth.Hmac hmac, @Nullable String header, byte[] body) {
        if (header == null) {
            return "send the HMAC SHA-256 of the raw body in the header " + hmac.header();
        }
        if (!header.startsWith(hmac.prefix())) {
            return "the signature in %s must begin with '%s'".formatted(hmac.header(), hmac.prefix());
        }
        byte @Nullable [] signature = decode(hmac.encoding(), header.substring(hmac.prefix().length()));
        if (signature == null) {
            return "the signature in %s is not %s".formatted(hmac.header(), hmac.encoding());
        }
        return MessageDigest.isEqual(mac(hmac).doFinal(body), signature)
                ? null
                : "the signature in %s does not fit the body and the webhook's secret".formatted(hmac.header());
    }

    private Mac mac(WebhookAuth.Hmac hmac) {
        return macs.computeIfAbsent(hmac, key -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        });
    }

    private static byte @Nullable [] decode(WebhookAuth.Hmac.Encoding encoding, String text) {
        try {
            return switch (encoding) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
