package dev.sluice.config.definition;

import java.util.UUID;

/** A key of the management API, without the key: it is found by its digest. */
public record ApiKey(UUID id, UUID organizationId, Mode mode) {
    /** Which requests a key may make. */
    public enum Mode {
        /** Requests that do not ask for the test mode. */
        LIVE,
        /** Requests that do. */
        TEST
    }
}
