package dev.sluice.gateway.e2e;

import dev.sluice.gateway.fleet.Crowd;
import dev.sluice.gateway.fleet.FreeCustomer;
import dev.sluice.gateway.fleet.FreeOrganization;
import dev.sluice.gateway.fleet.Tally;
import dev.sluice.gateway.fleet.ThreeGateways;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.quota.testing.RedisProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The limits of the free plan, held by three gateway processes together against 64 clients of one customer, also while
 * what they count on fails.
 */
class ThreeGatewaysQuotaTest {
    private static final int A_MINUTE = 10;
    private static final int A_DAY = 500;
    private static final int UNDER_WAY = 150;
    /** Longer than a gateway waits for an answer from Redis. */
    private static final int REFUSALS_MEANWHILE = 1_500;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WINDOWS_LIMIT = Duration.ofSeconds(150);
    private static final List<Duration> SKEW = List.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofSeconds(1));
    private static final List<Duration> NO_SKEW = List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static ThreeGateways fleet;
    private static FreeOrganization organization;

    @BeforeAll
    static void start() throws Exception {
        fleet = ThreeGateways.start();
        organization = new FreeOrganization(fleet);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    /** The next minute is the first whole one; the edge to the one after it is crossed by clocks that disagree. */
    @Test
    void everyWholeMinuteAdmitsExactlyTen() throws Exception {
        FreeCustomer customer = organization.customer();
        Tally tally;
        try (Crowd crowd = customer.crowd()) {
            tally = crowd.tally();
            crowd.await("used up after an edge", WINDOWS_LIMIT, seen -> usedUp(seen, 2));
            long edge = tally.admittedByWindow().lastKey();
            awaitSecond(edge - 5);
            shiftClocks(SKEW);
            crowd.await("used up after the next edge", WINDOWS_LIMIT, seen -> usedUp(seen, 3));
            // Until the clock that is behind has crossed the edge too.
            awaitSecond(edge + 3);
        } finally {
            shiftClocks(NO_SKEW);
        }
        NavigableMap<Long, Integer> windows = tally.admittedByWindow();
        assertThat(windows.values()).allMatch(admitted -> admitted <= A_MINUTE);
        assertThat(windows.tailMap(windows.firstKey(), false).values()).containsOnly(A_MINUTE);
        assertThat(tally.admittedByMinute().values()).as("by the clock").allMatch(admitted -> admitted <= A_MINUTE);
        assertThat(customer.journalled()).isEqualTo(tally.admitted());
        assertThat(tally.failures()).isEmpty();
    }

    private static void awaitSecond(long unixSecond) {
        Awaitility.await("the clock").atMost(WINDOWS_LIMIT).until(() -> Instant.now().getEpochSecond() >= unixSecond);
    }

    private static boolean usedUp(Tally tally, int windows) {
        return tally.admittedByWindow().size() == windows
                && tally.admittedByWindow().lastEntry().getValue() >= A_MINUTE;
    }

    @RepeatedTest(2)
    void aDayAdmitsExactlyFiveHundred() throws Exception {
        exactlyFiveHundred(organization.customerLimitedByDay());
    }

    @Test
    void aDayAdmitsExactlyFiveHundredWhileClocksAreASecondOff() throws Exception {
        assumeTrue(fleet.canShiftClocks(), "there is no C compiler to build what shifts the clocks");
        FreeCustomer witness = organization.customerLimitedByDay();
        shiftClocks(SKEW);
        try {
            for (int i = 0; i < SKEW.size(); i++) {
                int gateway = i;
                Awaitility.await("shifted clock").atMost(LIMIT).until(() ->
                        witness.clockAhead(gateway).minus(SKEW.get(gateway)).abs().toMillis() < 500);
            }
            exactlyFiveHundred(organization.customerLimitedByDay());
        } finally {
            shiftClocks(NO_SKEW);
        }
    }

    private static void shiftClocks(List<Duration> ahead) {
        for (int i = 0; i < ahead.size() && fleet.canShiftClocks(); i++) {
            fleet.shiftClock(i, ahead.get(i));
        }
    }

    private static void exactlyFiveHundred(FreeCustomer customer) throws Exception {
        try (Crowd crowd = customer.crowd()) {
            awaitEnd(crowd);
            Tally tally = crowd.stop();
            atMost(A_DAY, customer, tally);
            assertThat(tally.admittedByWindow().lastEntry().getValue()).isEqualTo(A_DAY);
        }
    }

    @RepeatedTest(2)
    void aPausedGatewayLetsNobodyInTwice() throws Exception {
        FreeCustomer customer = organization.customerLimitedByDay();
        RunningSluice paused = fleet.gateways().get(1);
        try (Crowd crowd = customer.crowd()) {
            crowd.await("load", LIMIT, seen -> seen.admitted() >= UNDER_WAY);
            paused.pause();
            try {
                crowd.await("the others' refusals", LIMIT, seen -> seen.refusedBy(0, REFUSALS_MEANWHILE)
                        && seen.refusedBy(2, REFUSALS_MEANWHILE));
            } finally {
                paused.resume();
            }
            awaitEnd(crowd);
            Tally tally = crowd.stop();
            System.out.printf("a gateway was paused: %d admitted of %d%n", tally.admitted(), A_DAY);
            atMost(A_DAY, customer, tally);
            // What the gateway asked for just before may have been counted and decided again.
            assertThat(tally.admitted()).isGreaterThanOrEqualTo(A_DAY - 64);
        }
    }

    @RepeatedTest(2)
    void aFailoverLosesNoMoreThanWhatWasUnheardOf() throws Exception {
        FreeCustomer customer = organization.customerLimitedByDay();
        RedisProcess master = organization.master();
        try (Crowd crowd = customer.crowd()) {
            crowd.await("load", LIMIT, seen -> seen.admitted() >= UNDER_WAY);
            master.kill();
            crowd.await("all on their own", LIMIT, seen -> seen.allWereAlone() || seen.refusedByAll(REFUSALS_MEANWHILE));
            crowd.awaitUnderWay();
            long unheard = crowd.tally().unheard();
            awaitEnd(crowd);
            Tally tally = crowd.stop();
            System.out.printf("a master was killed: %d admitted of %d, %d of them without it; unheard of: %d%n",
                    tally.admitted(), A_DAY, tally.admittedAlone(), unheard);
            atMost(A_DAY + unheard, customer, tally);
        } finally {
            if (!master.isAlive()) {
                master.startAgain();
            }
            fleet.redis().awaitWhole();
        }
    }

    private static void awaitEnd(Crowd crowd) {
        crowd.await("refusals by all gateways", LIMIT, seen -> seen.refusedByAll(200));
    }

    private static void atMost(long limit, FreeCustomer customer, Tally tally) throws SQLException {
        assertThat(tally.failures()).isEmpty();
        assertThat((long) tally.admittedByWindow().lastEntry().getValue()).isLessThanOrEqualTo(limit);
        assertThat(customer.journalled()).isEqualTo(tally.admitted());
    }
}
