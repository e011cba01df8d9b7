package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.CustomerSecret;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.WebhookAuth;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Checks who sent an event; all comparisons take constant time. A sender that claims to act for a customer proves it
 * with that customer's own secret ({@link CustomerSecret}); whether there is such a customer makes no difference to what
 * it is told. Belongs to one event loop, which reuses its keyed MACs.
 */
final class Authenticator {
    private static final int MAX_MACS = 1024;
    /** Stands for customers that do not exist, whose secret nobody has. */
    private static final UUID NOBODY = UUID.randomUUID();

    private record Keyed(WebhookAuth.Hmac auth, @Nullable UUID customer) {}

    private final Map<Keyed, Mac> macs = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Keyed, Mac> eldest) {
            return size() > MAX_MACS;
        }
    };

    /** What to tell a sender whose headers alone show that it cannot prove who it is, or null. */
    @Nullable String refusalByHeaders(WebhookAuth auth, Sender sender, HttpServerRequest request) {
        return switch (auth) {
            case WebhookAuth.None none -> sender instanceof Sender.Claimed
                    ? "this webhook is open to everybody, so it takes no events for the customer in x-fastn-customer-id; "
                            + "give it an authentication or its own customer"
                    : null;
            case WebhookAuth.ApiKey(var sha256) -> apiKey(sha256, sender, request.getHeader("x-fastn-key"));
            case WebhookAuth.Hmac hmac -> request.getHeader(hmac.header()) == null
                    ? "send the HMAC SHA-256 of the raw body in the header " + hmac.header()
                    : null;
        };
    }

    /** What to tell a sender whose body is not signed as it should be, or null. */
    @Nullable String refusalByBody(WebhookAuth auth, Sender sender, HttpServerRequest request, byte[] body) {
        return auth instanceof WebhookAuth.Hmac hmac
                ? hmac(hmac, sender, String.valueOf(request.getHeader(hmac.header())), body)
                : null;
    }

    private static @Nullable String apiKey(byte[] expected, Sender sender, @Nullable String key) {
        if (key == null) {
            return "send the webhook's key in the header x-fastn-key";
        }
        if (sender instanceof Sender.Claimed) {
            byte[] own = secret(expected, sender).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(own, key.getBytes(StandardCharsets.UTF_8))
                    ? null
                    : "the key in x-fastn-key is not this webhook's key for the customer in x-fastn-customer-id";
        }
        return MessageDigest.isEqual(expected, Sha256.of(key).digest()) ? null : "the key in x-fastn-key is wrong";
    }

    private @Nullable String hmac(WebhookAuth.Hmac hmac, Sender sender, String header, byte[] body) {
        if (!header.startsWith(hmac.prefix())) {
            return "the signature in %s must begin with '%s'".formatted(hmac.header(), hmac.prefix());
        }
        byte @Nullable [] signature = decode(hmac.encoding(), header.substring(hmac.prefix().length()));
        if (signature == null) {
            return "the signature in %s is not %s".formatted(hmac.header(), hmac.encoding());
        }
        if (MessageDigest.isEqual(mac(hmac, sender).doFinal(body), signature)) {
            return null;
        }
        return sender instanceof Sender.Claimed
                ? "the signature in %s does not fit the body and this webhook's secret for the customer in x-fastn-customer-id"
                        .formatted(hmac.header())
                : "the signature in %s does not fit the body and the webhook's secret".formatted(hmac.header());
    }

    private Mac mac(WebhookAuth.Hmac hmac, Sender sender) {
        UUID customer = sender instanceof Sender.Claimed ? id(sender) : null;
        return macs.computeIfAbsent(new Keyed(hmac, customer), keyed -> {
            try {
                byte[] key = keyed.customer() == null
                        ? hmac.secret()
                        : CustomerSecret.of(hmac.secret(), keyed.customer()).getBytes(StandardCharsets.US_ASCII);
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        });
    }

    private static String secret(byte[] webhookKey, Sender claimed) {
        return CustomerSecret.of(webhookKey, id(claimed));
    }

    private static UUID id(Sender claimed) {
        Customer customer = claimed.customer();
        return customer == null ? NOBODY : customer.id();
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
