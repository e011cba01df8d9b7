package dev.sluice.executor.dispatcher.journal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Names the events that duplicates repeat. The batch is committed by then, so this never fails: where the original
 * cannot be named any more, because its key has just expired or the database has just gone, the duplicate is named.
 */
final class Originals {
    private static final String FIND = """
            SELECT event_id FROM deduplication WHERE trigger_id = $1 AND key = $2 AND organization_id = $3""";

    private final Pool pool;

    Originals(Pool pool) {
        this.pool = pool;
    }

    Future<Map<UUID, Appended>> find(List<JournalEntry> duplicates) {
        if (duplicates.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Map<UUID, Appended> found = new HashMap<>();
        List<Future<?>> lookups = new ArrayList<>();
        for (JournalEntry entry : duplicates) {
            UUID id = entry.event().id();
            found.put(id, new Appended.Duplicate(id));
            Tuple key = Tuple.of(
                    entry.event().triggerId(), JournalStatement.key(entry), entry.event().organizationId());
            lookups.add(pool.preparedQuery(FIND).execute(key)
                    .onSuccess(rows -> name(found, id, rows))
                    .otherwiseEmpty());
        }
        return Future.all(lookups).map(done -> found);
    }

    private static void name(Map<UUID, Appended> found, UUID id, RowSet<Row> rows) {
        Iterator<Row> row = rows.iterator();
        if (row.hasNext()) {
            found.put(id, new Appended.Duplicate(row.next().getUUID(0)));
        }
    }
}
