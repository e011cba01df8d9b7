package dev.sluice.executor.dispatcher.state;

import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostCall.StateScope;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init") // opened before all tests
class WorkflowStateTest {
    private static final HostReply NOTHING = new HostReply.Value(null);
    private static Database database;
    private static WorkflowState state;
    private final UUID organization = database.ids().next();
    private final Invocation one = invocation(organization, null);

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
        state = new WorkflowState(database.postgres());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aValueIsReplacedAndDeleted() {
        assertThat(get(one, StateScope.ORG)).isEqualTo(NOTHING);
        set(one, StateScope.ORG, "{\"a\":1.10}", null);
        set(one, StateScope.ORG, "\"\\u0000\"", null);
        assertThat(get(one, StateScope.ORG)).isEqualTo(new HostReply.Value("\"\\u0000\""));
        assertThat(call(one, new HostCall.StateDelete(StateScope.ORG, "k"))).isEqualTo(new HostReply.Value("true"));
        assertThat(call(one, new HostCall.StateDelete(StateScope.ORG, "k"))).isEqualTo(new HostReply.Value("false"));
        assertThat(get(one, StateScope.ORG)).isEqualTo(NOTHING);
    }

    @Test
    void tenantsAndScopesAreApart() {
        Invocation customer = invocation(organization, database.ids().next());
        Invocation stranger = invocation(database.ids().next(), null);
        Invocation sameTenant = invocation(organization, null);
        set(one, StateScope.ORG, "1", null);
        set(one, StateScope.INVOCATION, "2", null);
        set(customer, StateScope.ORG, "3", null);

        assertThat(get(one, StateScope.ORG)).isEqualTo(new HostReply.Value("1"));
        assertThat(get(one, StateScope.INVOCATION)).isEqualTo(new HostReply.Value("2"));
        assertThat(get(customer, StateScope.ORG)).isEqualTo(new HostReply.Value("3"));
        assertThat(get(sameTenant, StateScope.ORG)).isEqualTo(new HostReply.Value("1"));
        assertThat(get(sameTenant, StateScope.INVOCATION)).isEqualTo(NOTHING);
        assertThat(get(stranger, StateScope.ORG)).isEqualTo(NOTHING);
    }

    @Test
    void whatHasExpiredIsGoneBeforeItIsSwept() {
        set(one, StateScope.ORG, "1", Duration.ofHours(1));
        assertThat(get(one, StateScope.ORG)).isEqualTo(new HostReply.Value("1"));
        database.update("UPDATE workflow_state SET expires_at = now() WHERE organization_id = ?", organization);

        assertThat(get(one, StateScope.ORG)).isEqualTo(NOTHING);
        set(one, StateScope.ORG, "2", null);
        assertThat(get(one, StateScope.ORG)).isEqualTo(new HostReply.Value("2"));
    }

    @Test
    void anInvocationsStateIsNotKeptForGoodAndNoTimeIsTooLong() {
        set(one, StateScope.INVOCATION, "1", null);
        set(one, StateScope.ORG, "1", Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(database.column("SELECT scope FROM workflow_state WHERE organization_id = ? AND expires_at IS NOT NULL ORDER BY scope",
                organization)).containsExactly("INVOCATION", "ORG");
    }

    @Test
    void aKeyThatCannotBeStoredIsRefused() {
        for (String key : new String[] {"", "a\0", "x".repeat(513), "\ud83d\ude00".repeat(256) + "x", "a\ud800", "a\udc00", "\ude00\ud83d"}) {
            assertThat(call(one, new HostCall.StateGet(StateScope.ORG, key))).isInstanceOf(HostReply.Refused.class);
        }
    }

    @Test
    void theLongestKeyFitsIntoTheIndexWhateverItsCharacters() {
        Random random = new Random(1);
        StringBuilder key = new StringBuilder();
        random.ints(256, 0x10000, 0x10ffff).forEach(key::appendCodePoint);
        for (String longest : List.of(key.toString(), "\uffee".repeat(511) + "x")) {
            assertThat(call(one, new HostCall.StateSet(StateScope.ORG, longest, "1", null))).isEqualTo(NOTHING);
            assertThat(call(one, new HostCall.StateGet(StateScope.ORG, longest))).isEqualTo(new HostReply.Value("1"));
        }
    }

    private static HostReply get(Invocation of, StateScope scope) {
        return call(of, new HostCall.StateGet(scope, "k"));
    }

    private static void set(Invocation of, StateScope scope, String json, @Nullable Duration ttl) {
        assertThat(call(of, new HostCall.StateSet(scope, "k", json, ttl))).isEqualTo(NOTHING);
    }

    private static HostReply call(Invocation of, HostCall call) {
        return state.call(of, call).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Invocation invocation(UUID organization, @Nullable UUID customer) {
        UUID id = database.ids().next();
        return new Invocation(id, id, 1,
                new Invocation.Tenant(organization, customer == null ? null : new Invocation.Customer(customer, "c")),
                new Invocation.Workflow(id, "w", id, 1, ""), null, Map.of(), new byte[0], Duration.ofSeconds(1));
    }
}
