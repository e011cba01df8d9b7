-- Events that one group commit brings of the same sender are one row, and so are executions that no node has room for
-- yet. A row costs PostgreSQL about the same whether it holds one event or four.

------------------------------------------------------------------------------------------------------ event pages

-- How far apart the events of a page may be. Whoever looks for an event finds its page among those that began at most so
-- long before it.
CREATE FUNCTION page_span() RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN interval '100 milliseconds';

-- The smallest id that the page of an event can have.
CREATE FUNCTION earliest_page(event_id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex(greatest(0, (extract(epoch FROM coalesce(uuid_extract_timestamp(event_id), 'epoch') - page_span()) * 1000)::bigint)),
                 12, '0') || repeat('0', 20))::uuid;

-- What came in, byte for byte. A page has the id and the time of its first event, so that its id alone finds its partition.
CREATE TABLE event_pages (
    id              uuid NOT NULL,
    received_at     timestamptz NOT NULL,
    organization_id uuid NOT NULL,
    customer_id     uuid,
    trigger_id      uuid,
    triggered_by    text NOT NULL,
    ids             uuid[] NOT NULL,
    details         text[] NOT NULL,
    bodies          bytea[] NOT NULL,
    PRIMARY KEY (received_at, id),
    CHECK (ids[1] = id AND cardinality(details) = cardinality(ids) AND cardinality(bodies) = cardinality(ids))
) PARTITION BY RANGE (received_at);
CREATE INDEX ON event_pages (organization_id, id);
CREATE INDEX ON event_pages (trigger_id, id);
COMMENT ON COLUMN event_pages.details IS 'one JSON object an event: method, path, query, headers, remoteAddress, receipt, bodySize';
-- Compressing would be a quarter of what it costs to journal an event. Pages are made to fit a block of the table; what
-- is larger goes out of line as it is.
ALTER TABLE event_pages ALTER COLUMN bodies SET STORAGE EXTERNAL, ALTER COLUMN details SET STORAGE EXTERNAL,
    ALTER COLUMN ids SET STORAGE EXTERNAL;

CREATE TABLE event_pages_default PARTITION OF event_pages DEFAULT WITH (toast_tuple_target = 8160);

---------------------------------------------------------------------------------------------------------- backlog

-- Executions of one commit that run the same workflow for the same route and that no node has room for yet. Whoever can
-- run some moves them into the queue, so that the queue holds what will run soon however much waits.
CREATE TABLE backlog (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    customer_id     uuid,
    tenant_id       uuid NOT NULL,
    trigger_id      uuid,
    workflow_id     uuid NOT NULL,
    workflow_slug   text NOT NULL,
    version         integer NOT NULL,
    tier            text NOT NULL,
    triggered_by    text NOT NULL,
    headers         json NOT NULL,
    dead_letter     boolean NOT NULL,
    executions      uuid[] NOT NULL,
    events          uuid[] NOT NULL,
    pages           uuid[] NOT NULL,
    CHECK (executions[1] = id AND cardinality(events) = cardinality(executions) AND cardinality(pages) = cardinality(executions))
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX ON backlog (tenant_id, id);
CREATE INDEX ON backlog (organization_id, id);

------------------------------------------------------------------------------------------------------------ queue

DROP VIEW all_executions;
ALTER TABLE queue ADD COLUMN event_page_id uuid;
-- The owner is subject to row-level security like anybody else.
ALTER TABLE queue NO FORCE ROW LEVEL SECURITY;
UPDATE queue SET event_page_id = event_id;
ALTER TABLE queue FORCE ROW LEVEL SECURITY;
ALTER TABLE queue ALTER COLUMN event_page_id SET NOT NULL, DROP COLUMN event_received_at;

------------------------------------------------------------------------------------------------------- partitions

-- Creates the daily partitions of the journal from today for the given number of days. The default partitions catch
-- what a wrong clock would send elsewhere: a webhook is never refused for its date. What they have caught of a day moves
-- into its partition, which could not be attached otherwise. The owner is subject to row-level security like anybody
-- else and has no policy, so that is lifted from a default partition, locked, while its rows move.
CREATE OR REPLACE FUNCTION ensure_partitions(days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    parent text;
    from_day timestamptz;
    partition_name text;
    time_column text;
BEGIN
    PERFORM pg_advisory_xact_lock(7310294412);
    FOREACH parent IN ARRAY ARRAY['event_pages', 'executions'] LOOP
        FOR day IN 0..days LOOP
            from_day := date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + day * interval '1 day';
            partition_name := format('%s_%s', parent, to_char(from_day AT TIME ZONE 'UTC', 'YYYYMMDD'));
            IF to_regclass(partition_name) IS NULL THEN
                time_column := CASE parent WHEN 'event_pages' THEN 'received_at' ELSE 'created_at' END;
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)
                    WITH (toast_tuple_target = 8160)', partition_name, parent);
                EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', parent || '_default');
                EXECUTE format('WITH caught AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *)
                    INSERT INTO %I SELECT * FROM caught',
                    parent || '_default', time_column, from_day, time_column, from_day + interval '1 day', partition_name);
                EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', parent || '_default');
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                    parent, partition_name, from_day, from_day + interval '1 day');
                EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
                EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition_name);
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Drops the partitions whose whole day is older than the given number of days, and answers how many went.
CREATE OR REPLACE FUNCTION drop_partitions(keep_days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    partition_name text;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(7310294412);
    FOR partition_name IN
        SELECT child.relname
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
        WHERE parent.relname IN ('event_pages', 'executions') AND child.relname ~ '_[0-9]{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - keep_days
    LOOP
        EXECUTE format('DROP TABLE %I', partition_name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

-- Days that have passed keep their own partitions, for retention drops whole days.
DO $$
DECLARE day date;
BEGIN
    FOR day IN
        SELECT to_date(right(child.relname, 8), 'YYYYMMDD')
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
        WHERE parent.relname = 'events' AND child.relname ~ '_[0-9]{8}$'
    LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF event_pages FOR VALUES FROM (%L) TO (%L) WITH (toast_tuple_target = 8160)',
            'event_pages_' || to_char(day, 'YYYYMMDD'), day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    END LOOP;
END $$;
SELECT ensure_partitions(7);

--------------------------------------------------------------------------------------------- what was there before

ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
INSERT INTO event_pages (id, received_at, organization_id, customer_id, trigger_id, triggered_by, ids, details, bodies)
SELECT id, received_at, organization_id, customer_id, trigger_id, triggered_by, ARRAY[id],
       ARRAY[json_build_object('method', method, 'path', path, 'query', query, 'headers', headers,
                               'remoteAddress', remote_address, 'receipt', receipt, 'bodySize', octet_length(body))::text],
       ARRAY[body]
FROM events;
DROP TABLE events;

-- One row an event, for whoever asks in SQL. To find one event fast, give the range of pages it can be in, too:
--   WHERE id = X AND page_id BETWEEN earliest_page(X) AND X
CREATE VIEW events WITH (security_invoker = true) AS
    SELECT event.id, uuid_extract_timestamp(event.id) AS received_at, page.organization_id, page.customer_id,
           page.trigger_id, page.triggered_by, event.details::json ->> 'method' AS method,
           event.details::json ->> 'path' AS path, event.details::json ->> 'query' AS query,
           event.details::json -> 'headers' AS headers, event.body, event.details::json ->> 'remoteAddress' AS remote_address,
           event.details::json -> 'receipt' AS receipt, page.id AS page_id, page.received_at AS page_received_at
    FROM event_pages page CROSS JOIN LATERAL unnest(page.ids, page.details, page.bodies) AS event (id, details, body);

-- Waiting, running and finished executions in one shape; runs with the rights of who asks.
CREATE VIEW all_executions WITH (security_invoker = true) AS
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, CASE WHEN node_id IS NULL THEN 'pending' ELSE 'running' END AS status, attempt,
           leased_at AS started_at, NULL::timestamptz AS finished_at, NULL::double precision AS duration_ms,
           NULL::json AS result, (attempts -> -1 -> 'error')::json AS error, '[]'::json AS logs
    FROM queue
    UNION ALL
    SELECT waiting.id, uuid_extract_timestamp(waiting.id), organization_id, customer_id, waiting.event_id, trigger_id,
           workflow_id, workflow_slug, version, tier, triggered_by, 'pending', 1, NULL, NULL, NULL, NULL, NULL, '[]'
    FROM backlog CROSS JOIN LATERAL unnest(executions, events) AS waiting (id, event_id)
    UNION ALL
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, status, attempt, started_at, finished_at, duration_ms, result, error, logs
    FROM executions;

-------------------------------------------------------------------------------------------------------- isolation

DO $$
DECLARE table_name text;
BEGIN
    FOR table_name IN
        SELECT 'event_pages' UNION SELECT 'backlog'
        UNION SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
              WHERE inhparent = 'event_pages'::regclass
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    END LOOP;
    FOREACH table_name IN ARRAY ARRAY['event_pages', 'backlog'] LOOP
        EXECUTE format('CREATE POLICY tenant ON %I TO sluice_app USING (organization_id = current_organization()
            AND (current_customer() IS NULL OR customer_id = current_customer()))', table_name);
        EXECUTE format('CREATE POLICY pipeline ON %I TO sluice_pipeline USING (true)', table_name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sluice_pipeline', table_name);
        EXECUTE format('GRANT SELECT ON %I TO sluice_app', table_name);
    END LOOP;
END $$;
GRANT SELECT ON events TO sluice_app, sluice_pipeline;
GRANT SELECT ON all_executions TO sluice_app;
