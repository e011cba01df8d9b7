package dev.sluice.quota.redis;

import dev.sluice.config.log.Outage;
import dev.sluice.quota.Admission;
import dev.sluice.quota.QuotaMetrics;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.RememberedBlocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all lanes share.
 *
 * @param reunion how long after this node has found Redis again other nodes may still be without it
 */
record LaneContext(
        InstantSource clock, Calls calls, RememberedBlocks blocks, WithoutRedis policy, Duration reunion,
        QuotaMetrics metrics, ScheduledExecutorService timer, Set<Lane> lanesAway, Outage outage) {
    private static final Logger LOG = LoggerFactory.getLogger(LaneContext.class);

    LaneContext(
            InstantSource clock, Calls calls, RememberedBlocks blocks, WithoutRedis policy, Duration reunion,
            QuotaMetrics metrics, ScheduledExecutorService timer) {
        this(clock, calls, blocks, policy, reunion, metrics, timer, ConcurrentHashMap.newKeySet(),
                new Outage(LOG, "Redis does not answer"));
    }

    /** Notes that a lane is on its own. */
    void away(Lane lane) {
        lanesAway.add(lane);
        stillAway();
    }

    /** Says so now and then while lanes are on their own. */
    void stillAway() {
        if (!lanesAway.isEmpty()) {
            outage.failed("the quotas of %d organizations are decided by the failure policy: %s"
                    .formatted(lanesAway.size(), policy.mode().key()));
        }
    }

    /** Notes that a lane counts on Redis again. */
    void back(Lane lane) {
        if (lanesAway.remove(lane) && lanesAway.isEmpty()) {
            outage.over();
        }
    }

    /** Counts an answer. */
    void count(Admission admission) {
        switch (admission) {
            case Admission.Granted granted -> metrics.granted().increment();
            case Admission.Refused refused -> metrics.refused().increment();
            case Admission.Unavailable unavailable -> metrics.unavailable().increment();
        }
        if (admission.mode() != QuotaMode.EXACT) {
            metrics.decidedWithoutRedis().increment();
        }
    }
}
