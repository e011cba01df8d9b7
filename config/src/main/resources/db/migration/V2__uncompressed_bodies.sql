-- Compressing bodies would be a quarter of what it costs to journal an event, and that is on the way of every 202. Rows of
-- up to a page hold their body in place, larger bodies go out of line as they are. Rows written before stay as they are.
ALTER TABLE events ALTER COLUMN body SET STORAGE EXTERNAL;

DO $$
DECLARE partition_name text;
BEGIN
    FOR partition_name IN
        SELECT child.relname
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
        WHERE parent.relname IN ('events', 'executions')
    LOOP
        EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 8160)', partition_name);
        IF partition_name LIKE 'events%' THEN
            EXECUTE format('ALTER TABLE %I ALTER COLUMN body SET STORAGE EXTERNAL', partition_name);
        END IF;
    END LOOP;
END $$;

-- As before, and new partitions are stored that way too.
CREATE OR REPLACE FUNCTION ensure_partitions(days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    parent text;
    from_day timestamptz;
    partition_name text;
    time_column text;
BEGIN
    PERFORM pg_advisory_xact_lock(7310294412);
    FOREACH parent IN ARRAY ARRAY['events', 'executions'] LOOP
        FOR day IN 0..days LOOP
            from_day := date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + day * interval '1 day';
            partition_name := format('%s_%s', parent, to_char(from_day AT TIME ZONE 'UTC', 'YYYYMMDD'));
            IF to_regclass(partition_name) IS NULL THEN
                time_column := CASE parent WHEN 'events' THEN 'received_at' ELSE 'created_at' END;
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
