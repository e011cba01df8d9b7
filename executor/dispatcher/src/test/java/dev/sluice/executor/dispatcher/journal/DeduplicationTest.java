package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.definition.Sha256;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init") // opened before all tests
class DeduplicationTest {
    private static Database database;
    private final Samples samples = new Samples();
    private final Journal journal = journal();

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aKeyCountsOnceWithinABatchAndAcrossBatches() {
        JournalEntry original = samples.keyed("a");
        JournalEntry unkeyed = samples.waiting(null);
        List<Appended> first = append(unkeyed, original, samples.keyed("a"), samples.keyed("b"));
        List<Appended> second = append(samples.keyed("a"), samples.keyed("c"), samples.keyed("c"));

        Appended duplicate = new Appended.Duplicate(original.event().id());
        Appended committed = new Appended.Committed();
        assertThat(first).containsExactly(committed, committed, duplicate, committed);
        assertThat(second.get(0)).isEqualTo(duplicate);
        assertThat(second.get(1)).isEqualTo(committed);
        assertThat(second.get(2)).isInstanceOf(Appended.Duplicate.class);
        assertThat(events()).isEqualTo(4);
        assertThat(database.count("SELECT count(*) FROM queue WHERE organization_id = ?", samples.organization())).isEqualTo(4);
    }

    @Test
    void aKeyOfAnotherTriggerIsAnotherKey() {
        Samples other = new Samples();
        assertThat(append(samples.keyed("same"), other.keyed("same"))).containsOnly(new Appended.Committed());
    }

    @Test
    void aKeyOfAnotherOrganizationIsNone() {
        append(samples.keyed("k"));
        database.update("UPDATE deduplication SET organization_id = gen_random_uuid() WHERE organization_id = ?",
                samples.organization());
        JournalEntry own = samples.keyed("k");

        assertThat(append(own)).containsExactly(new Appended.Committed());
        assertThat(append(samples.keyed("k"))).containsExactly(new Appended.Duplicate(own.event().id()));
    }

    @Test
    void anExpiredKeyIsForgottenEvenBeforeItIsSwept() {
        append(samples.keyed("old"));
        database.update("UPDATE deduplication SET expires_at = now() - interval '1 second' WHERE organization_id = ?",
                samples.organization());
        JournalEntry again = samples.keyed("old");

        assertThat(append(again)).containsExactly(new Appended.Committed());
        assertThat(append(samples.keyed("old"))).containsExactly(new Appended.Duplicate(again.event().id()));
    }

    @Test
    void whatRepeatsAnEntryThatCannotBeStoredIsNoDuplicate() {
        List<Appended> answers = append(
                samples.waiting(null), samples.unstorable(Sha256.of("k")), samples.keyed("k"), samples.keyed("k"));

        assertThat(answers.get(1)).isInstanceOf(Appended.Unstorable.class);
        assertThat(answers.get(2)).isEqualTo(new Appended.Committed());
        assertThat(answers.get(3)).isInstanceOf(Appended.Duplicate.class);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void journalsWithTheSameKeysInAnyOrderCommitEachOnceAndNeverDeadlock() {
        List<Future<Appended>> answers = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> loops = new ArrayList<>();
        for (int loop = 0; loop < 4; loop++) {
            Context context = database.vertx().getOrCreateContext();
            Random order = new Random(loop);
            Promise<Void> done = Promise.promise();
            loops.add(done.future());
            context.runOnContext(ignored -> {
                Journal own = journal();
                List<Future<Appended>> appends = IntStream.range(0, 600)
                        .mapToObj(i -> own.append(samples.keyed("k" + order.nextInt(150)))).toList();
                answers.addAll(appends);
                Future.all(appends).<Void>mapEmpty().onComplete(done);
            });
        }
        Database.await(Future.all(loops));

        long committed = answers.stream().filter(answer -> answer.result() instanceof Appended.Committed).count();
        assertThat(answers).hasSize(2400);
        assertThat(committed).isEqualTo(events()).isEqualTo(
                database.count("SELECT count(*) FROM deduplication WHERE trigger_id = ?", samples.trigger()));
        assertThat(database.column("SELECT id FROM events WHERE organization_id = ?", samples.organization()))
                .containsAll(answers.stream()
                        .filter(answer -> answer.result() instanceof Appended.Duplicate)
                        .map(answer -> ((Appended.Duplicate) answer.result()).originalEventId().toString())
                        .toList());
    }

    /** The first is a batch by itself, the others are one. */
    private List<Appended> append(JournalEntry... entries) {
        return database.call(() -> Future.all(Arrays.stream(entries).map(journal::append).toList())
                .map(all -> all.<Appended>list()));
    }

    private long events() {
        return database.count("SELECT count(*) FROM events WHERE organization_id = ?", samples.organization());
    }

    private static Journal journal() {
        UUID node = database.ids().next();
        return new Journal(database.loop(), database.postgres().journal(), () -> node, 10_000, 64 << 20, Duration.ofHours(1));
    }
}
