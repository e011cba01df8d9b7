package dev.sluice.gateway.http;

import dev.sluice.config.log.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.UUID;

/** Failures that nobody expected: the log gets the failure, the caller an id to ask about. */
public final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

    private Incidents() {}

    /**
     * Logs a failure and makes the answer to it.
     *
     * @param what was being done and for which tenant, for the log
     */
    public static Problem problem(Throwable failure, String what) {
        UUID incident = UUID.randomUUID();
        LOG.error("{} failed unexpectedly, told to the caller as incident {}: {}", what, incident, Causes.of(failure));
        LOG.debug("incident {}", incident, failure);
        return new Problem(500, "something went wrong here; the log has more under the incident's id",
                Map.of("incident", incident.toString()));
    }
}
