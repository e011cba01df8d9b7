package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.DeduplicationKey;
import dev.sluice.config.definition.Sha256;
import dev.sluice.gateway.filter.Match;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Finds an event's deduplication key. An event without one is never a duplicate. */
final class DeduplicationKeys {
    private DeduplicationKeys() {}

    /**
     * The key of the event just matched. The value at a path was found while its body was matched: what filters accept has
     * its key, however large its numbers are.
     */
    static @Nullable Sha256 find(Webhook webhook, HttpServerRequest request, Match match) {
        return switch (webhook.trigger().deduplicationKey()) {
            case null -> null;
            case DeduplicationKey.Header(var name) -> ofHeader(request.headers().getAll(name));
            case DeduplicationKey.Path path -> {
                byte[] digest = webhook.matcher().key(match);
                yield digest == null ? null : new Sha256(digest);
            }
        };
    }

    /** A header that was sent several times is one list (RFC 9110 §5.3); empty and blank ones say nothing. */
    static @Nullable Sha256 ofHeader(List<String> values) {
        String key = "";
        for (String value : values) {
            if (!isBlank(value)) {
                key = key.isEmpty() ? value : key + ", " + value;
            }
        }
        return key.isEmpty() ? null : Sha256.of(key);
    }

    private static boolean isBlank(String value) {
        return value.chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
