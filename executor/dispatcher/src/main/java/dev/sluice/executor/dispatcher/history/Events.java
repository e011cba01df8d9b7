package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.json.ObjectText;
import dev.sluice.config.json.RawJson;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.EventDetails;
import dev.sluice.executor.dispatcher.EventHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Events as the API shows them. They are stored in pages, which overlap in time a little: what belongs to a range of
 * events is looked for in the pages that begin in the range or at most a page's span before it.
 */
public final class Events {
    private static final String COLUMNS =
            "SELECT event.id, page.customer_id, page.trigger_id, page.triggered_by, event.details";
    private static final String WITHOUT_BODIES =
            " FROM event_pages page CROSS JOIN LATERAL unnest(page.ids, page.details) AS event (id, details)";
    private static final String WITH_BODIES = ", event.body FROM event_pages page"
            + " CROSS JOIN LATERAL unnest(page.ids, page.details, page.bodies) AS event (id, details, body)";

    /** An event's id tells its time, and the time the pages to look in. */
    private static final String ONE = """

            WHERE page.received_at BETWEEN $2::timestamptz - page_span() AND $2
              AND page.id BETWEEN earliest_page($1) AND $1 AND $1 = ANY (page.ids) AND event.id = $1""";

    /**
     * The newest pages that are wanted begin with as many events as are wanted. So nothing older than the last of these
     * can be among the newest, and what is younger is in pages from a span before it on.
     */
    private static final String NEWEST = "WITH wanted AS (SELECT id FROM event_pages page" + """

                WHERE ($1::uuid IS NULL OR trigger_id = $1) AND ($2::uuid IS NULL OR customer_id = $2)
                  AND ($3::timestamptz IS NULL OR received_at >= $3 - page_span())
                  AND ($4::timestamptz IS NULL OR received_at < $4) AND ($5::uuid IS NULL OR id < $5)
                ORDER BY id DESC LIMIT $6
            )
            """ + COLUMNS + WITHOUT_BODIES + """

            WHERE ($1::uuid IS NULL OR page.trigger_id = $1) AND ($2::uuid IS NULL OR page.customer_id = $2)
              AND ($3::timestamptz IS NULL OR page.received_at >= $3 - page_span())
              AND ($4::timestamptz IS NULL OR page.received_at < $4) AND ($5::uuid IS NULL OR page.id < $5)
              AND page.id >= earliest_page((SELECT id FROM wanted ORDER BY id LIMIT 1))
              AND ($3::timestamptz IS NULL OR uuid_extract_timestamp(event.id) >= $3)
              AND ($4::timestamptz IS NULL OR uuid_extract_timestamp(event.id) < $4)
              AND ($5::uuid IS NULL OR event.id < $5)
            ORDER BY event.id DESC LIMIT $6""";

    /** The same from the other end. */
    private static final String OLDEST = """
            WITH wanted AS (
                SELECT id FROM event_pages
                WHERE trigger_id = $1 AND triggered_by = 'webhook' AND received_at >= $2 AND received_at < $3 AND id > $4
                ORDER BY id LIMIT $5
            )
            """ + COLUMNS + WITH_BODIES + """

            WHERE page.trigger_id = $1 AND page.triggered_by = 'webhook' AND page.received_at >= $2::timestamptz - page_span()
              AND page.received_at < $3 AND page.id >= earliest_page($4)
              AND page.id <= coalesce((SELECT id FROM wanted ORDER BY id DESC LIMIT 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
              AND event.id > $4 AND uuid_extract_timestamp(event.id) >= $2 AND uuid_extract_timestamp(event.id) < $3
            ORDER BY event.id LIMIT $5""";

    private final Postgres postgres;

    /** Events in this database. */
    public Events(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Events without headers, receipt and body, newest first. */
    public Future<List<Item>> list(Tenant tenant, HistoryFilter filter) {
        return many(tenant, NEWEST, Tuple.of(filter.triggerId(), filter.customerId(), filter.from(), filter.to(),
                filter.before(), filter.limit()),
                row -> new Item(row.getUUID("id").toString(), json(row, details(row)).toJson()));
    }

    /** One event with headers and receipt, or null. */
    public Future<@Nullable RawJson> find(Tenant tenant, UUID id) {
        return one(tenant, COLUMNS + WITHOUT_BODIES + ONE, id, row -> {
            EventDetails details = details(row);
            return json(row, details)
                    .put("headers", details.headers())
                    .put("remoteAddress", details.remoteAddress())
                    .put("receipt", details.receipt())
                    .toJson();
        });
    }

    /** One event as it is stored besides its body, or null. */
    public Future<@Nullable EventDetails> details(Tenant tenant, UUID id) {
        return one(tenant, COLUMNS + WITHOUT_BODIES + ONE, id, Events::details);
    }

    /** An event with all that filters can look at. */
    public record StoredEvent(UUID id, @Nullable UUID customerId, String method, String path, @Nullable String query,
            EventHeaders headers, @Nullable String remoteAddress, Buffer body) {}

    /** One event with its body, or null. */
    public Future<@Nullable StoredEvent> stored(Tenant tenant, UUID id) {
        return one(tenant, COLUMNS + WITH_BODIES + ONE, id, Events::stored);
    }

    /** Events of a webhook in a time range with their bodies, oldest first, from after an id on. */
    public Future<List<StoredEvent>> stored(
            Tenant tenant, UUID triggerId, OffsetDateTime from, OffsetDateTime to, UUID after, int limit) {
        return many(tenant, OLDEST, Tuple.of(triggerId, from, to, after, limit), Events::stored);
    }

    /** The exact bytes of an event's body, or null. */
    public Future<@Nullable Buffer> rawBody(Tenant tenant, UUID id) {
        return one(tenant, COLUMNS + WITH_BODIES + ONE, id, row -> details(row).body(row.getBuffer("body")));
    }

    private static EventDetails details(Row row) {
        return EventDetails.ofJson(row.getString("details"));
    }

    private static StoredEvent stored(Row row) {
        EventDetails details = details(row);
        return new StoredEvent(row.getUUID("id"), row.getUUID("customer_id"), details.method(), details.path(),
                details.query(), EventHeaders.ofJson(details.headers()), details.remoteAddress(),
                details.body(row.getBuffer("body")));
    }

    private static ObjectText json(Row row, EventDetails details) {
        UUID id = row.getUUID("id");
        return new ObjectText()
                .put("id", id)
                .put("receivedAt", Uuid7.time(id))
                .put("customerId", row.getUUID("customer_id"))
                .put("triggerId", row.getUUID("trigger_id"))
                .put("triggeredBy", row.getString("triggered_by"))
                .put("method", details.method())
                .put("path", details.path())
                .put("query", details.query())
                .put("bodySize", details.bodySize());
    }

    private <T> Future<List<T>> many(Tenant tenant, String sql, Tuple parameters, Function<Row, T> shape) {
        return tenant.transaction(postgres, connection ->
                connection.preparedQuery(sql).execute(parameters).map(rows -> {
                    List<T> found = new ArrayList<>();
                    rows.forEach(row -> found.add(shape.apply(row)));
                    return found;
                }));
    }

    private <T> Future<@Nullable T> one(Tenant tenant, String sql, UUID id, Function<Row, T> shape) {
        Tuple key = Tuple.of(id, Uuid7.time(id).atOffset(ZoneOffset.UTC));
        return tenant.transaction(postgres, connection -> connection.preparedQuery(sql).execute(key)
                .map(rows -> rows.size() == 0 ? null : shape.apply(rows.iterator().next())));
    }
}
