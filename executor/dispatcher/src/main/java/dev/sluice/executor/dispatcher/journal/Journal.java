package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.definition.Sha256;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.executor.dispatcher.batch.Bounds;
import dev.sluice.executor.dispatcher.batch.DataRefusal;
import dev.sluice.executor.dispatcher.batch.GroupCommit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Appends events with their executions; an append completes once PostgreSQL has committed it. Any thread may append. */
public final class Journal {
    private static final int MAX_BATCH = 256;
    /** Large enough for one commit to be cheap, small enough for the statement not to need a second heap. */
    private static final long MAX_BATCH_BYTES = 8 << 20;
    private static final Appended COMMITTED = new Appended.Committed();
    private final Pool pool;
    private final Originals originals;
    private final Supplier<UUID> node;
    private final Duration deduplicationWindow;
    private final GroupCommit<JournalEntry, Appended> commits;

    /**
     * An empty journal.
     *
     * @param loop the event loop that writes; one that does nothing else writes sooner
     * @param pool connections of the pipeline role that only this journal uses
     * @param node this node's present id, under which executions are leased
     * @param maxPending most events that wait for a commit
     * @param maxPendingBytes events are refused while their bodies and headers that wait for a commit hold this much
     * @param deduplicationWindow how long a deduplication key is remembered
     */
    public Journal(Context loop, Pool pool, Supplier<UUID> node, int maxPending, long maxPendingBytes,
            Duration deduplicationWindow) {
        this.pool = pool;
        this.originals = new Originals(pool);
        this.node = node;
        this.deduplicationWindow = deduplicationWindow;
        this.commits = new GroupCommit<>(write -> loop.runOnContext(ignored -> write.run()),
                new Bounds(Postgres.JOURNAL_CONNECTIONS, MAX_BATCH, MAX_BATCH_BYTES, maxPending, maxPendingBytes),
                JournalEntry::bytes, this::write);
    }

    /** Whether the next append would be refused; asked before a body is read. */
    public boolean isFull() {
        return commits.isFull();
    }

    /** Events that wait for a commit. */
    public int pending() {
        return commits.pending();
    }

    /** Completes after the commit; fails with {@link dev.sluice.executor.dispatcher.batch.BacklogFullException} at once if too many wait. */
    public Future<Appended> append(JournalEntry entry) {
        return commits.append(entry);
    }

    private record Key(@Nullable UUID trigger, Sha256 key) {}

    private Future<List<Appended>> write(List<JournalEntry> batch) {
        Map<Key, UUID> first = new HashMap<>();
        Map<UUID, UUID> sameBatch = new HashMap<>();
        List<JournalEntry> distinct = new ArrayList<>(batch.size());
        for (JournalEntry entry : batch) {
            Sha256 key = entry.deduplicationKey();
            UUID original = key == null
                    ? null
                    : first.putIfAbsent(new Key(entry.event().triggerId(), key), entry.event().id());
            if (original == null) {
                distinct.add(entry);
            } else {
                sameBatch.put(entry.event().id(), original);
            }
        }
        return insert(distinct, !first.isEmpty()).compose(exceptions -> {
            Map<UUID, Appended> answers = new HashMap<>();
            List<JournalEntry> bereft = new ArrayList<>();
            for (JournalEntry entry : batch) {
                UUID id = entry.event().id();
                UUID original = sameBatch.get(id);
                Appended exception = exceptions.get(original == null ? id : original);
                if (original != null && exception instanceof Appended.Unstorable) {
                    bereft.add(entry);
                } else if (exception != null) {
                    answers.put(id, exception);
                } else {
                    answers.put(id, original == null ? COMMITTED : new Appended.Duplicate(original));
                }
            }
            return inOrder(batch, answers, bereft);
        });
    }

    /** What repeats an entry that could not be stored repeats nothing: it is written on its own. */
    private Future<List<Appended>> inOrder(
            List<JournalEntry> batch, Map<UUID, Appended> answers, List<JournalEntry> bereft) {
        Future<List<Appended>> rest = bereft.isEmpty() ? Future.succeededFuture(List.of()) : write(bereft);
        return rest.map(late -> {
            for (int i = 0; i < bereft.size(); i++) {
                answers.put(bereft.get(i).event().id(), late.get(i));
            }
            return batch.stream().map(entry -> Objects.requireNonNull(answers.get(entry.event().id()))).toList();
        });
    }

    /** Answers, by event, what was not committed. */
    private Future<Map<UUID, Appended>> insert(List<JournalEntry> batch, boolean keyed) {
        Future<RowSet<Row>> written =
                JournalStatement.of(batch, node.get(), keyed ? deduplicationWindow : null).execute(pool);
        Future<Map<UUID, Appended>> inserted = keyed
                ? written.compose(rows -> {
                    Set<UUID> fresh = new HashSet<>();
                    rows.forEach(row -> fresh.add(row.getUUID(0)));
                    return originals.find(batch.stream()
                            .filter(entry -> entry.deduplicationKey() != null && !fresh.contains(entry.event().id()))
                            .toList());
                })
                : written.map(rows -> Map.of());
        return inserted.recover(failure -> {
            if (!DataRefusal.isAboutContent(failure)) {
                return Future.failedFuture(failure);
            }
            return batch.size() == 1
                    ? Future.succeededFuture(Map.of(batch.getFirst().event().id(), new Appended.Unstorable(failure)))
                    : insertHalves(batch, keyed);
        });
    }

    /** One entry that the database cannot hold must not take the others of its batch with it. */
    private Future<Map<UUID, Appended>> insertHalves(List<JournalEntry> batch, boolean keyed) {
        int half = batch.size() / 2;
        return insert(batch.subList(0, half), keyed).compose(left ->
                insert(batch.subList(half, batch.size()), keyed).map(right -> {
                    Map<UUID, Appended> both = new HashMap<>(left);
                    both.putAll(right);
                    return both;
                }));
    }
}
