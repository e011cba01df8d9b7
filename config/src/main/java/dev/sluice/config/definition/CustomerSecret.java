package dev.sluice.config.definition;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The secret with which one customer sends to a webhook that several customers share. It is derived from the webhook's
 * own secret, so nothing is stored for it, it changes with that secret, and a customer that has its own can neither
 * compute another's nor the webhook's.
 */
public final class CustomerSecret {
    private static final String PREFIX = "whc_";
    private static final String ALGORITHM = "HmacSHA256";

    private CustomerSecret() {}

    /**
     * {@code whc_} and the HMAC SHA-256, in hex, of {@code customer:} and the customer's id.
     *
     * @param webhookKey what is stored of the webhook's secret: its SHA-256 for API keys, the secret itself for HMAC
     */
    public static String of(byte[] webhookKey, UUID customerId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(webhookKey, ALGORITHM));
            return PREFIX + HexFormat.of().formatHex(
                    mac.doFinal(("customer:" + customerId).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
