package dev.sluice.config.definition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a request is worth stealing, by its name. */
class CredentialsTest {
    private final Credentials standard = Credentials.STANDARD;

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Proxy-Authorization", "X-Forwarded-Authorization", "Cookie", "x-fastn-key",
        "X-FASTN-API-KEY", "X-Gitlab-Token", "X-Api-Key", "Api-Key", "apikey", "X-ApiKey", "X_API_KEY", "X-Webhook-Secret",
        "X-Hook-Secret", "X-Shopify-Access-Token", "X-Amz-Security-Token", "X-Telegram-Bot-Api-Secret-Token",
        "X-Goog-Channel-Token", "X-AuthToken", "X-Auth-Key", "Ocp-Apim-Subscription-Key", "x-functions-key", "X-Auth",
        "X-Password", "Private-Token", "X-Vault-Token", "Cf-Access-Jwt-Assertion", "X-Client-Secret", "token", "secret"})
    void credentialsInHeaders(String name) {
        assertThat(standard.inHeader(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Hub-Signature-256", "X-Hub-Signature", "Stripe-Signature", "X-Signature", "X-Shopify-Hmac-Sha256",
        "svix-id", "svix-signature", "webhook-signature", "webhook-id", "Idempotency-Key", "X-Idempotency-Key", "X-Event-Id",
        "X-GitHub-Event", "Content-Type", "Host", "User-Agent", "Accept", "X-Request-Id", "X-Tokens-Left", "X-Partition-Key",
        "X-Author", "Secretary", "", "X-Pusher-Key", "Digest", "7"})
    void signaturesAndTheRestAreNone(String name) {
        assertThat(standard.inHeader(name)).isFalse();
    }

    @Test
    void aWebhookMayNameMore() {
        Credentials more = new Credentials(Set.of("X-Pin"), null);
        assertThat(more.inHeader("x-pin")).isTrue();
        assertThat(more.inParameter("X-PIN")).isTrue();
        assertThat(more.inHeader("X-Api-Key")).isTrue();
        assertThat(standard.inHeader("x-pin")).isFalse();
    }

    @Test
    void theHeaderOfTheWebhooksSignatureStaysUnlessItIsNamed() {
        assertThat(new Credentials(Set.of(), "X-Shop-Token").inHeader("x-shop-token")).isFalse();
        assertThat(new Credentials(Set.of("x-shop-token"), "X-Shop-Token").inHeader("x-shop-token")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '`', textBlock = """
            null                              | null
            ``                                | ``
            a=b&c                             | a=b&c
            token=abc                         | token=[redacted]
            a=1&API_key=abc&b=2               | a=1&API_key=[redacted]&b=2
            a=1;secret=a=b;b=2                | a=1;secret=[redacted];b=2
            api%5Fkey=abc                     | api%5Fkey=[redacted]
            %zz=1&password=x                  | %zz=1&password=[redacted]
            token=&token&=x&&token=           | token=&token&=x&&token=
            validationToken=abc&pageToken=1   | validationToken=abc&pageToken=1
            signature=abc&X-Amz-Signature=abc | signature=abc&X-Amz-Signature=abc
            """)
    void credentialsInQueries(String query, String kept) {
        assertThat(standard.blanked(query)).isEqualTo(kept);
    }
}
