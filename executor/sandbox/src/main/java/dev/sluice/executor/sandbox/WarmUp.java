package dev.sluice.executor.sandbox;

import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.run.Executions;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs workflows of its own, the whole way that a tenant's goes, so that the first executions find classes loaded and hot
 * paths compiled: a small one over and over, and beside it, once, one that uses what is slow the first time.
 */
final class WarmUp implements Consumer<Frame.FromSandbox> {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final UUID FIRST_USES = new UUID(1, 0);
    private static final Duration BUDGET = Duration.ofMillis(800);
    private static final Duration MOST_FOR_FIRST_USES = Duration.ofSeconds(5);
    private static final int ENOUGH = 3_000;
    private static final byte[] BODY = ("{\"id\":7,\"type\":\"order.created\",\"items\":[{\"sku\":\"a\",\"price\":1.5},"
            + "{\"sku\":\"b\",\"price\":2}],\"text\":\"warm\"}").getBytes(StandardCharsets.UTF_8);
    private static final String CODE =
            """
            export default async function (ctx) {
              const { input, headers } = ctx;
              const seen = await fastn.state.get(`seen:${input.id}`);
              const total = input.items.map((item) => item.price).reduce((sum, price) => sum + price, 0);
              console.log('total', total, headers);
              return { ok: true, total, seen, type: input.type.toUpperCase() };
            }
            """;

    /**
     * Each of these loads much the first time: the data of languages, time zones and Unicode, the random source. A turn for
     * each, because on a busy machine all of them together would take longer than a turn may.
     */
    private static final String FIRST_USES_CODE =
            """
            const day = new Date(0);
            const uses = {
              number: () => new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5),
              date: () => new Intl.DateTimeFormat('en-US',
                { dateStyle: 'full', timeStyle: 'long', timeZone: 'Europe/Berlin' }).format(day),
              localDate: () => day.toLocaleString('fr-FR', { timeZone: 'UTC' }),
              localNumber: () => (1234.5).toLocaleString('en-IN'),
              sorted: () => ['b', 'ä', 'a'].sort(new Intl.Collator('de').compare).join('') + 'a'.localeCompare('b'),
              plural: () => new Intl.PluralRules('pl').select(2),
              relative: () => new Intl.RelativeTimeFormat('en').format(-1, 'day'),
              list: () => new Intl.ListFormat('en').format(['a', 'b']),
              words: () => [...new Intl.Segmenter('en', { granularity: 'word' }).segment('a b')].length,
              region: () => new Intl.DisplayNames('en', { type: 'region' }).of('DE'),
              unicode: () => /^\\p{Lu}\\p{L}+$/u.test('Ärger') && /[\\p{L}--[a-z]]/v.test('Ä') && 'é'.normalize('NFD').length === 2,
              url: () => {
                const url = new URL('https://example.com/a b?c=d');
                url.searchParams.append('e', 'f');
                return url.href;
              },
              copy: () => structuredClone({ day, map: new Map([[1, new Uint8Array(2)]]) }).day.getTime(),
              random: () => crypto.randomUUID().length + crypto.getRandomValues(new Uint8Array(4)).length,
              base64: () => atob(btoa('x')),
              bytes: () => new TextDecoder().decode(new TextEncoder().encode('ä')),
              power: () => (2n ** 70n).toString(),
            };
            export default async function () {
              const seen = {};
              for (const [name, use] of Object.entries(uses)) {
                seen[name] = use();
                await new Promise((resolve) => setTimeout(resolve, 0));
              }
              return seen;
            }
            """;

    private static final int IN_FLIGHT = 2;

    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final Semaphore firstUsesDone = new Semaphore(0);
    private volatile @Nullable Executions executions;
    private volatile @Nullable Outcome failure;
    private volatile @Nullable Outcome firstUses;

    /**
     * Warms up {@code executions}, whose frames must go to {@link #accept} until this returns.
     */
    void run(Executions target) throws InterruptedException {
        executions = target;
        target.start(invocation(FIRST_USES, FIRST_USES, FIRST_USES_CODE));
        long end = System.nanoTime() + BUDGET.toNanos();
        for (int i = 0; i < ENOUGH && failure == null && System.nanoTime() < end; i++) {
            room.acquire();
            target.start(invocation(new UUID(0, i), NOBODY, CODE));
        }
        room.acquire(IN_FLIGHT);
        // On a machine that is this busy, being there comes first; they go on beside the work.
        var _ = firstUsesDone.tryAcquire(MOST_FOR_FIRST_USES.toMillis(), TimeUnit.MILLISECONDS);
        target.dropIdle();
        Outcome broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the warm-up workflow did not complete: " + broken);
        }
    }

    /** What came of what is slow the first time; null until then. */
    @Nullable Outcome firstUses() {
        return firstUses;
    }

    @Override
    public void accept(Frame.FromSandbox frame) {
        Executions target = executions;
        if (frame instanceof Frame.Ended(var executionId, Outcome.Ended outcome)) {
            if (executionId.equals(FIRST_USES)) {
                // Without them the process is slower at first and works all the same.
                firstUses = outcome;
                firstUsesDone.release();
            } else {
                if (!(outcome instanceof Outcome.Completed)) {
                    failure = outcome;
                }
                room.release();
            }
        } else if (frame instanceof Frame.Call(var executionId, int callId, HostCall _) && target != null) {
            target.reply(new Frame.Reply(executionId, callId, new HostReply.Value("{\"at\":1}")));
        }
    }

    private static Invocation invocation(UUID id, UUID versionId, String code) {
        return new Invocation(
                id, NOBODY, 1, new Invocation.Tenant(NOBODY, null),
                new Invocation.Workflow(NOBODY, "warm-up", versionId, 1, code), null,
                Map.of("content-type", "application/json"), BODY, Duration.ofMinutes(1));
    }
}
