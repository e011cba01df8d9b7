package dev.sluice.config.definition;

/** How a webhook's sender proves who it is. Secrets stay out of {@code toString}. */
public sealed interface WebhookAuth {
    /** Anyone may send. */
    record None() implements WebhookAuth {}

    /**
     * A key in the header {@code x-fastn-key}.
     *
     * @param sha256 digest of the key: the key itself is not kept
     */
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time by the edge, never by equals
    record ApiKey(byte[] sha256) implements WebhookAuth {
        @Override
        public String toString() {
            return "ApiKey[]";
        }
    }

    /**
     * An HMAC over the raw body.
     *
     * @param header the header that carries the signature
     * @param encoding how the signature is written
     * @param prefix what stands before the signature in the header, possibly empty
     */
    @SuppressWarnings("ArrayRecordComponent") // key material, never compared
    record Hmac(String header, Encoding encoding, String prefix, byte[] secret) implements WebhookAuth {
        /** How a signature is written as text. */
        public enum Encoding { HEX, BASE64 }

        @Override
        public String toString() {
            return "Hmac[header=" + header + "]";
        }
    }
}
