package dev.sluice.gateway.api;

import dev.sluice.config.definition.DeduplicationKey;
import dev.sluice.config.definition.TriggerDraft;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.syntax.ValuePathReader;

import java.util.Locale;
import java.util.Set;

/** A deduplication key at the moment it is saved: one that would find nothing, or the same in every event, is refused. */
final class DeduplicationKeyCheck {
    /** What tells a request's form, sender or way, and not which event it is. */
    private static final Set<String> ABOUT_NO_EVENT = Set.of(
            "accept", "accept-charset", "accept-encoding", "accept-language", "connection", "content-encoding",
            "content-length", "content-type", "expect", "forwarded", "from", "host", "origin", "referer", "te",
            "transfer-encoding", "upgrade", "user-agent", "via", "x-fastn-customer-id", "x-forwarded-for",
            "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip");

    private DeduplicationKeyCheck() {}

    static void check(TriggerDraft draft) {
        switch (draft.deduplicationKey()) {
            case null -> { }
            case DeduplicationKey.Header(var name) -> checkHeader(name, draft);
            case DeduplicationKey.Path(var path) -> checkPath(path);
        }
    }

    private static void checkHeader(String name, TriggerDraft draft) {
        if (!TriggerDraft.isToken(name)) {
            throw new InvalidFieldException("deduplicationKey.header", "is not the name of a header");
        }
        if (draft.credentials().inHeader(name)) {
            throw new InvalidFieldException("deduplicationKey.header", "carries a credential, which does not tell events apart");
        }
        if (ABOUT_NO_EVENT.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidFieldException("deduplicationKey.header", "does not tell events apart: it is not the event's own");
        }
    }

    private static void checkPath(String path) {
        try {
            ValuePathReader.read(path);
        } catch (FilterException e) {
            throw new InvalidFieldException("deduplicationKey.path", e.reason());
        }
    }
}
