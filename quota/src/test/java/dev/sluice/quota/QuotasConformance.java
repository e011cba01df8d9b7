package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Enforcement;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.config.definition.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static dev.sluice.config.definition.Dimension.API_CALLS_PER_DAY;
import static dev.sluice.config.definition.Dimension.EVENTS_PER_DAY;
import static dev.sluice.config.definition.Dimension.EVENTS_PER_MINUTE;
import static dev.sluice.quota.Kind.API_CALL;
import static dev.sluice.quota.Kind.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every implementation of quotas has to do, whatever it counts on. */
public abstract class QuotasConformance {
    private static final Limits FREE = Plan.FREE.limits();

    /** The quotas under test, the same for a whole test. */
    protected abstract Quotas quotas();

    /** Waits until no minute ends within a few seconds. */
    protected abstract void calmMinute();

    /** Lets a minute pass for the counts of an organization, and for the node. */
    protected abstract void passMinute(Subject subject);

    /** The grant as it was made, before a minute passed. */
    protected Admission.Granted minuteAgo(Admission.Granted granted) {
        return granted;
    }

    /** Lets a day pass. */
    protected abstract void passDay(Subject subject);

    /** Now, as the counts see it. */
    protected abstract Instant now();

    protected final Admission admit(Subject subject, Kind kind) {
        return get(quotas().admit(subject, kind));
    }

    private Admission.Granted granted(Subject subject, Kind kind) {
        return (Admission.Granted) admit(subject, kind);
    }

    private static Count tightest(Admission.Granted granted) {
        return Objects.requireNonNull(granted.tightest());
    }

    private Admission.Refused refused(Subject subject, Kind kind) {
        return (Admission.Refused) admit(subject, kind);
    }

    protected static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private long used(Subject subject, Scope scope, Dimension dimension) {
        return get(quotas().usage(subject, Limits.NONE)).lines().stream()
                .filter(line -> line.count().scope() == scope && line.count().dimension() == dimension)
                .findFirst().orElseThrow().count().used();
    }

    private long used(Subject subject, Dimension dimension) {
        return used(subject, Scope.CUSTOMER, dimension);
    }

    @Test
    void admitsExactlyTheLimitInAMinute() {
        calmMinute();
        Subject subject = Subjects.customer(FREE);
        for (int i = 1; i <= 10; i++) {
            Count tightest = tightest(granted(subject, EVENT));
            assertThat(tightest.dimension()).isEqualTo(EVENTS_PER_MINUTE);
            assertThat(tightest.used()).isEqualTo(i);
            assertThat(tightest.remaining()).isEqualTo(10 - i);
        }
        Admission.Refused refused = refused(subject, EVENT);
        assertThat(refused.dimension()).isEqualTo(EVENTS_PER_MINUTE);
        assertThat(refused.limit()).isEqualTo(10);
        assertThat(refused.resetEpochSecond() % 60).isZero();
        assertThat(refused.resetEpochSecond()).isBetween(now().getEpochSecond(), now().getEpochSecond() + 61);
        assertThat(refused.retryAfterSeconds()).isBetween(1L, 60L);
    }

    @Test
    void aRefusalByTheMinuteCostsNothingOfTheDay() {
        calmMinute();
        Subject subject = Subjects.customer(FREE);
        IntStream.range(0, 25).forEach(i -> admit(subject, EVENT));
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(10);
    }

    @Test
    void anUnlimitedSubjectIsAdmittedAtOnceAndNotCounted() {
        Subject subject = Subjects.customer(Plan.UNLIMITED.limits());
        CompletionStage<Admission> first = quotas().admit(subject, EVENT);
        assertThat((Object) first).isSameAs(quotas().admit(subject, API_CALL));
        assertThat(first.toCompletableFuture()).isCompletedWithValue(Admission.Granted.UNLIMITED);
        assertThat(quotas().remembered(subject, EVENT)).isNull();
    }

    @Test
    void aKindWithoutLimitsIsNotCounted() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(1)));
        assertThat(granted(subject, API_CALL).counts()).isEmpty();
        assertThat(granted(subject, API_CALL).counts()).isEmpty();
        assertThat(granted(subject, EVENT).counts()).hasSize(1);
    }

    @Test
    void aSoftLimitAdmitsAndFlags() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.softLimit(2)));
        assertThat(granted(subject, EVENT).softExceeded()).isFalse();
        assertThat(granted(subject, EVENT).softExceeded()).isFalse();
        Admission.Granted third = granted(subject, EVENT);
        assertThat(third.softExceeded()).isTrue();
        assertThat(tightest(third).remaining()).isZero();
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(3);
    }

    @Test
    void aHardLimitHoldsBesideASoftOne() {
        calmMinute();
        Subject subject = Subjects.customer(Limits.of(Map.of(
                EVENTS_PER_DAY, Limit.softLimit(1), EVENTS_PER_MINUTE, Limit.hardBlock(3))));
        IntStream.range(0, 3).forEach(i -> granted(subject, EVENT));
        assertThat(refused(subject, EVENT).dimension()).isEqualTo(EVENTS_PER_MINUTE);
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(3);
    }

    @Test
    void whatIsOffIsNeitherCountedNorRefused() {
        Subject subject = Subjects.customer(Limits.of(Map.of(
                EVENTS_PER_DAY, new Limit(0, Enforcement.OFF), API_CALLS_PER_DAY, Limit.hardBlock(1))));
        assertThat(granted(subject, EVENT).counts()).isEmpty();
        assertThat(get(quotas().usage(subject, Limits.NONE)).lines()).hasSize(1);
    }

    @Test
    void aLimitOfZeroAdmitsNothing() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(0)));
        assertThat(refused(subject, EVENT).limit()).isZero();
    }

    @Test
    void ofTwoExhaustedLimitsTheLaterResetIsNamed() {
        calmMinute();
        Subject subject = Subjects.customer(Limits.of(Map.of(
                EVENTS_PER_DAY, Limit.hardBlock(1), EVENTS_PER_MINUTE, Limit.hardBlock(1))));
        granted(subject, EVENT);
        assertThat(refused(subject, EVENT).resetEpochSecond())
                .isEqualTo(LocalDate.ofInstant(now(), ZoneId.of("UTC")).plusDays(1).toEpochDay() * 86_400);
    }

    @Test
    void concurrentCallersGetExactlyTheLimit() throws Exception {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(500)));
        List<Admission> answers = hammer(64, 20, () -> admit(subject, EVENT));
        assertThat(answers.stream().filter(Admission.Granted.class::isInstance)
                .map(each -> ((Admission.Granted) each).counts().getFirst().used()))
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(answers).hasSize(64 * 20);
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(500);
    }

    @Test
    void asynchronousCallersGetExactlyTheLimit() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(700)));
        List<CompletableFuture<Admission>> answers = IntStream.range(0, 2_000)
                .mapToObj(i -> quotas().admit(subject, EVENT).toCompletableFuture()).toList();
        assertThat(answers.stream().filter(each -> get(each) instanceof Admission.Granted)).hasSize(700);
    }

    @Test
    void theOrganizationsLimitHoldsForItsCustomersTogether() throws Exception {
        UUID organization = UUID.randomUUID();
        Limits shared = Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(150));
        Limits each = Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(100));
        List<Subject> customers = IntStream.range(0, 4)
                .mapToObj(i -> Subjects.customer(organization, shared, each)).toList();
        List<Admission> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Admission>>> running = customers.stream()
                    .map(customer -> threads.submit(() -> hammer(16, 10, () -> admit(customer, EVENT)))).toList();
            for (Future<List<Admission>> one : running) {
                answers.addAll(one.get());
            }
        }
        assertThat(answers.stream().filter(Admission.Granted.class::isInstance)).hasSize(150);
        assertThat(used(customers.getFirst(), Scope.ORGANIZATION, EVENTS_PER_DAY)).isEqualTo(150);
        assertThat(customers.stream().mapToLong(customer -> used(customer, EVENTS_PER_DAY)).sum()).isEqualTo(150);
    }

    @Test
    void aRefusalByTheCustomersLimitCostsTheOrganizationNothing() {
        Subject subject = Subjects.customer(UUID.randomUUID(),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(5)),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(2)));
        IntStream.range(0, 10).forEach(i -> admit(subject, EVENT));
        assertThat(used(subject, Scope.ORGANIZATION, EVENTS_PER_DAY)).isEqualTo(2);
        Subject other = Subjects.customer(subject.organizationId(), subject.organizationLimits(), Limits.NONE);
        IntStream.range(0, 3).forEach(i -> granted(other, EVENT));
        Admission.Refused refused = refused(other, EVENT);
        assertThat(refused.count().scope()).isEqualTo(Scope.ORGANIZATION);
    }

    @Test
    void anOrganizationMayCallOnItsOwnAccount() {
        Subject subject = Subjects.organization(Subjects.limits(API_CALLS_PER_DAY, Limit.hardBlock(1)));
        assertThat(tightest(granted(subject, API_CALL)).scope()).isEqualTo(Scope.ORGANIZATION);
        assertThat(refused(subject, API_CALL).count().scope()).isEqualTo(Scope.ORGANIZATION);
    }

    @Test
    void customersAndKindsDoNotShareCounts() {
        Limits one = Limits.of(Map.of(EVENTS_PER_DAY, Limit.hardBlock(1), API_CALLS_PER_DAY, Limit.hardBlock(1)));
        Subject subject = Subjects.customer(one);
        Subject neighbour = Subjects.customer(subject.organizationId(), Limits.NONE, one);
        granted(subject, EVENT);
        granted(subject, API_CALL);
        granted(neighbour, EVENT);
        refused(subject, EVENT);
        refused(subject, API_CALL);
        refused(neighbour, EVENT);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Subject subject = Subjects.customer(UUID.randomUUID(),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(1)),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(1)));
        for (int i = 0; i < 3; i++) {
            Admission.Granted granted = granted(subject, EVENT);
            refused(subject, EVENT);
            assertThat(quotas().remembered(subject, EVENT)).isNotNull();
            quotas().giveBack(subject, granted);
            assertThat(quotas().remembered(subject, EVENT)).isNull();
        }
        assertThat(used(subject, EVENTS_PER_DAY)).isZero();
        assertThat(used(subject, Scope.ORGANIZATION, EVENTS_PER_DAY)).isZero();
    }

    @Test
    void concurrentGivingBackLeavesWhatWasKept() throws Exception {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(10_000)));
        hammer(64, 10, () -> {
            quotas().giveBack(subject, granted(subject, EVENT));
            return admit(subject, EVENT);
        });
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(640);
    }

    @Test
    void givingBackToAMinuteThatIsOverChangesNothing() {
        calmMinute();
        Subject subject = Subjects.customer(FREE);
        Admission.Granted old = granted(subject, EVENT);
        passMinute(subject);
        granted(subject, EVENT);
        quotas().giveBack(subject, minuteAgo(old));
        assertThat(used(subject, EVENTS_PER_MINUTE)).isEqualTo(1);
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(1);
    }

    @Test
    void aNewMinuteStartsAtZeroAndTheDayGoesOn() {
        calmMinute();
        Subject subject = Subjects.customer(FREE);
        IntStream.range(0, 11).forEach(i -> admit(subject, EVENT));
        passMinute(subject);
        assertThat(quotas().remembered(subject, EVENT)).isNull();
        assertThat(tightest(granted(subject, EVENT)).used()).isEqualTo(1);
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(11);
    }

    @Test
    void aNewDayStartsAtZero() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(1)));
        granted(subject, EVENT);
        refused(subject, EVENT);
        passDay(subject);
        granted(subject, EVENT);
        refused(subject, EVENT);
    }

    @Test
    void aChangedLimitCountsAtOnceAndKeepsWhatIsUsed() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(3)));
        IntStream.range(0, 3).forEach(i -> granted(subject, EVENT));
        refused(subject, EVENT);
        Subject raised = Subjects.with(subject, Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(5)));
        assertThat(quotas().remembered(raised, EVENT)).isNull();
        assertThat(tightest(granted(raised, EVENT)).used()).isEqualTo(4);
        Subject lowered = Subjects.with(subject, Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(2)));
        assertThat(refused(lowered, EVENT).count().used()).isEqualTo(4);
        Subject soft = Subjects.with(subject, Subjects.limits(EVENTS_PER_DAY, Limit.softLimit(2)));
        assertThat(granted(soft, EVENT).softExceeded()).isTrue();
        assertThat(refused(raised, EVENT).count().used()).isEqualTo(5);
    }

    @Test
    void aHardBlockIsRemembered() {
        Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(1)));
        assertThat(quotas().remembered(subject, EVENT)).isNull();
        granted(subject, EVENT);
        assertThat(quotas().remembered(subject, EVENT)).isNull();
        Admission.Refused refused = refused(subject, EVENT);
        assertThat(quotas().remembered(subject, EVENT)).isEqualTo(refused);
        assertThat(quotas().remembered(subject, API_CALL)).isNull();
        assertThat(admit(subject, EVENT)).isEqualTo(refused);
    }

    @Test
    void usageSaysWhereALimitComesFrom() {
        Limits override = Subjects.limits(EVENTS_PER_DAY, Limit.softLimit(50));
        Subject subject = Subjects.customer(FREE.overriddenBy(override));
        IntStream.range(0, 3).forEach(i -> granted(subject, EVENT));
        Usage usage = get(quotas().usage(subject, FREE));
        assertThat(usage.lines()).extracting(line -> line.count().dimension()).containsExactly(Dimension.values());
        Usage.Line day = usage.lines().getFirst();
        assertThat(day.source()).isEqualTo(Usage.Source.OVERRIDE);
        assertThat(day.enforcement()).isEqualTo(Enforcement.SOFT_LIMIT);
        assertThat(day.planLimit()).isEqualTo(Limit.hardBlock(500));
        assertThat(day.percent()).isEqualTo(6);
        assertThat(usage.lines().get(1).source()).isEqualTo(Usage.Source.PLAN);
    }

    @Test
    void aLostCountIsRestoredButNeverLowered() {
        Subject subject = Subjects.customer(UUID.randomUUID(),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(8)),
                Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(5)));
        LocalDate today = LocalDate.ofInstant(now(), subject.zone());
        granted(subject, EVENT);
        get(quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_DAY, today, 4));
        get(quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_DAY, today, 2));
        get(quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_DAY, today.minusDays(1), 5));
        assertThat(used(subject, EVENTS_PER_DAY)).isEqualTo(4);
        granted(subject, EVENT);
        assertThat(refused(subject, EVENT).count().scope()).isEqualTo(Scope.CUSTOMER);
        get(quotas().restore(subject, Scope.ORGANIZATION, EVENTS_PER_DAY, today, 8));
        assertThat(used(subject, Scope.ORGANIZATION, EVENTS_PER_DAY)).isEqualTo(8);
    }

    @Test
    void onlyDaysThatHaveBegunCanBeRestored() {
        Subject subject = Subjects.customer(FREE);
        LocalDate today = LocalDate.ofInstant(now(), subject.zone());
        assertThatIllegalArgumentException().isThrownBy(() ->
                quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_DAY, today.plusDays(1), 1));
        assertThatIllegalArgumentException().isThrownBy(() ->
                quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_MINUTE, today, 1));
        assertThatIllegalArgumentException().isThrownBy(() ->
                quotas().restore(subject, Scope.CUSTOMER, EVENTS_PER_DAY, today, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago",
        "Australia/Lord_Howe", "Asia/Kathmandu"
    })
    void daysAreThoseOfTheOrganization(String name) {
        ZoneId zone = ZoneId.of(name);
        Subject subject =
                Subjects.in(Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(10))), zone);
        LocalDate before = LocalDate.ofInstant(now(), zone);
        Count count = granted(subject, EVENT).counts().getFirst();
        LocalDate after = LocalDate.ofInstant(now(), zone);
        assertThat(LocalDate.ofEpochDay(count.window())).isBetween(before, after);
        LocalDate day = LocalDate.ofEpochDay(count.window());
        long end = day.plusDays(1).atStartOfDay(zone).toEpochSecond();
        assertThat(count.resetEpochSecond()).isEqualTo(end);
        assertThat(count.windowSeconds()).isEqualTo((int) (end - day.atStartOfDay(zone).toEpochSecond()));
    }

    /** Asks from many threads at once, and gathers all answers. */
    protected static List<Admission> hammer(int threads, int times, Supplier<Admission> question)
            throws Exception {
        List<Admission> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Admission>>> running = IntStream.range(0, threads)
                    .mapToObj(i -> executor.submit(() -> IntStream.range(0, times)
                            .mapToObj(j -> question.get()).toList()))
                    .toList();
            for (Future<List<Admission>> one : running) {
                answers.addAll(one.get());
            }
        }
        return answers;
    }
}
