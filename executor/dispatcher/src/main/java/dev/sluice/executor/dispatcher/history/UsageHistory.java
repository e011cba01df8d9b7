package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How many events were accepted a day, counted from the journal. */
public final class UsageHistory {
    private static final String PER_DAY = """
            SELECT (uuid_extract_timestamp(event.id) AT TIME ZONE $1)::date AS day, customer_id, count(*) AS events
            FROM event_pages CROSS JOIN LATERAL unnest(ids) AS event (id)
            WHERE triggered_by = 'webhook' AND received_at >= $2::timestamptz - page_span() AND received_at < $3
              AND uuid_extract_timestamp(event.id) >= $2 AND uuid_extract_timestamp(event.id) < $3
              AND ($4::uuid IS NULL OR customer_id = $4)
            GROUP BY 1, 2 ORDER BY 1, 2""";

    private final Postgres postgres;

    /** Usage in this database. */
    public UsageHistory(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Events of one day; the customer is null for those of the organization itself. */
    public record Day(LocalDate day, @Nullable UUID customerId, long events) {}

    /** Events a day and customer, by the calendar of a time zone, both days included. */
    public Future<List<Day>> perDay(
            Tenant tenant, ZoneId zone, LocalDate from, LocalDate to, @Nullable UUID customerId) {
        Tuple parameters = Tuple.of(zone.getId(), from.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC),
                to.plusDays(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC), customerId);
        return tenant.transaction(postgres, connection ->
                connection.preparedQuery(PER_DAY).execute(parameters).map(rows -> {
                    List<Day> days = new ArrayList<>();
                    rows.forEach(row -> days.add(new Day(row.getLocalDate("day"), row.getUUID("customer_id"), row.getLong("events"))));
                    return days;
                }));
    }
}
