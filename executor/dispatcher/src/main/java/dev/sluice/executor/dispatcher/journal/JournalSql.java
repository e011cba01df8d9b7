package dev.sluice.executor.dispatcher.journal;

import java.util.regex.Pattern;

/** The statements of the journal; {@link JournalStatement} says what their parameters are. */
final class JournalSql {
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    /** Arrays of all events, of which a page takes a slice: an array a page would be an array of arrays. */
    private static final String PAGES = """
            INSERT INTO event_pages (id, received_at, organization_id, customer_id, trigger_id, triggered_by,
                                     ids, details, bodies)
            SELECT id, received_at, organization_id, customer_id, trigger_id, triggered_by, ($1::uuid[])[first:last],
                   ($2::text[])[first:last], ($3::bytea[])[first:last]
            FROM unnest($4::uuid[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::int[], $11::int[])
              AS page (id, received_at, organization_id, customer_id, trigger_id, triggered_by, first, last)""";
    private static final int PAGES_PARAMETERS = 11;
    private static final String QUEUE = """
            INSERT INTO queue (id, created_at, organization_id, customer_id, tenant_id, event_id, event_page_id,
                               trigger_id, workflow_id, workflow_slug, version, tier, triggered_by, headers, dead_letter,
                               sequence_key, run_at, node_id, leased_at, lease)
            SELECT q.id, q.created_at, q.organization_id, q.customer_id, coalesce(q.customer_id, q.organization_id),
                   q.event_id, q.event_page_id, q.trigger_id, q.workflow_id, q.workflow_slug, q.version, q.tier,
                   q.triggered_by, q.headers::json, q.dead_letter, q.sequence_key, now(),
                   CASE WHEN q.leased THEN $1::uuid END, CASE WHEN q.leased THEN now() END,
                   CASE WHEN q.leased THEN 1 ELSE 0 END
            FROM unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
                        $9::uuid[], $10::text[], $11::int[], $12::text[], $13::text[], $14::text[], $15::bool[],
                        $16::uuid[], $17::bool[])
              AS q (id, created_at, organization_id, customer_id, event_id, event_page_id, trigger_id, workflow_id,
                    workflow_slug, version, tier, triggered_by, headers, dead_letter, sequence_key, leased)""";
    private static final int QUEUE_PARAMETERS = 17;
    private static final String BACKLOG = """
            INSERT INTO backlog (id, organization_id, customer_id, tenant_id, trigger_id, workflow_id, workflow_slug, version,
                                 tier, triggered_by, headers, dead_letter, executions, events, pages)
            SELECT id, organization_id, customer_id, coalesce(customer_id, organization_id), trigger_id, workflow_id,
                   workflow_slug, version, tier, triggered_by, headers::json, dead_letter, ($1::uuid[])[first:last],
                   ($2::uuid[])[first:last], ($3::uuid[])[first:last]
            FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::int[], $11::text[],
                        $12::text[], $13::text[], $14::bool[], $15::int[], $16::int[])
              AS alike (id, organization_id, customer_id, trigger_id, workflow_id, workflow_slug, version, tier,
                        triggered_by, headers, dead_letter, first, last)""";
    private static final int BACKLOG_PARAMETERS = 16;

    /** Without deduplication: what goes where there is something to go. An INSERT of nothing costs half of one of a row. */
    private static final String EVENTS_ONLY = PAGES;
    private static final String EVENTS_AND_QUEUE = "WITH queued AS (" + from(PAGES_PARAMETERS, QUEUE) + ")\n" + PAGES;
    private static final String EVENTS_AND_BACKLOG = "WITH waiting AS (" + from(PAGES_PARAMETERS, BACKLOG) + ")\n" + PAGES;
    private static final String EVENTS_QUEUE_AND_BACKLOG = "WITH queued AS (" + from(PAGES_PARAMETERS, QUEUE)
            + "), waiting AS (" + from(PAGES_PARAMETERS + QUEUE_PARAMETERS, BACKLOG) + ")\n" + PAGES;

    /**
     * For batches in which an entry has a deduplication key; answers the ids of the events whose key was new. Keys are
     * written in one order everywhere, so that two batches with the same keys cannot wait for each other in a circle. An
     * event with a key is a page, and its executions are not in the backlog.
     */
    static final String DEDUPLICATING = from(PAGES_PARAMETERS + QUEUE_PARAMETERS + BACKLOG_PARAMETERS, """
            WITH fresh AS (
                INSERT INTO deduplication AS known (trigger_id, key, organization_id, event_id, expires_at)
                SELECT trigger_id, key, organization_id, event_id, now() + $5::interval
                FROM unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::uuid[])
                  AS keyed (event_id, key, organization_id, trigger_id)
                ORDER BY trigger_id, key
                ON CONFLICT (trigger_id, key) DO UPDATE SET organization_id = excluded.organization_id,
                    event_id = excluded.event_id, expires_at = excluded.expires_at
                WHERE known.expires_at < now() OR known.organization_id <> excluded.organization_id
                RETURNING event_id
            ), duplicate AS MATERIALIZED (
                SELECT event_id FROM unnest($1::uuid[]) AS keyed (event_id) EXCEPT SELECT event_id FROM fresh
            )""")
            + ", queued AS (" + from(PAGES_PARAMETERS, QUEUE) + " WHERE q.event_id NOT IN (SELECT event_id FROM duplicate))"
            + ", waiting AS (" + from(PAGES_PARAMETERS + QUEUE_PARAMETERS, BACKLOG) + ")"
            + ", journalled AS (" + PAGES + " WHERE page.id NOT IN (SELECT event_id FROM duplicate))"
            + "\nSELECT event_id FROM fresh";

    private JournalSql() {}

    /** For batches in which no entry has a deduplication key; answers nothing. */
    static String of(boolean queue, boolean backlog) {
        if (queue) {
            return backlog ? EVENTS_QUEUE_AND_BACKLOG : EVENTS_AND_QUEUE;
        }
        return backlog ? EVENTS_AND_BACKLOG : EVENTS_ONLY;
    }

    /** The same SQL with its parameters behind so many others. */
    private static String from(int before, String sql) {
        return PARAMETER.matcher(sql).replaceAll(found -> "\\$" + (Integer.parseInt(found.group(1)) + before));
    }
}
