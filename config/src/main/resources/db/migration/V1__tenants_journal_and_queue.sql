-- Roles. The login user owns the schema and takes one of these per connection (SET ROLE); none can log in.
--   sluice_app       API: sees one organization (and, if set, one customer) per transaction
--   sluice_pipeline  journal and queue: crosses tenants, on those tables only
--   sluice_snapshot  reads the definitions of all tenants, writes nothing
DO $$
DECLARE role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['sluice_app', 'sluice_pipeline', 'sluice_snapshot'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
        EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role_name);
    END LOOP;
END $$;

-- The tenant of the current transaction. Nothing set means no rows.
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('sluice.organization_id', true), '')::uuid;
CREATE FUNCTION current_customer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('sluice.customer_id', true), '')::uuid;

---------------------------------------------------------------------------------------------------- definitions

CREATE TABLE plans (
    id      text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    limits  jsonb NOT NULL CHECK (jsonb_typeof(limits) = 'object')
);
INSERT INTO plans VALUES
    ('unlimited', '{}'),
    ('free', '{"events_per_day":      {"limit": 500,  "enforcement": "hard_block"},
               "events_per_minute":   {"limit": 10,   "enforcement": "hard_block"},
               "api_calls_per_day":   {"limit": 1000, "enforcement": "hard_block"},
               "api_calls_per_minute":{"limit": 20,   "enforcement": "hard_block"}}');

CREATE TABLE organizations (
    organization_id uuid PRIMARY KEY,
    slug            text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    plan_id         text NOT NULL REFERENCES plans,
    time_zone       text NOT NULL DEFAULT 'UTC',
    limits          jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(limits) = 'object'),
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    mode            text NOT NULL CHECK (mode IN ('live', 'test')),
    prefix          text NOT NULL CHECK (length(prefix) <= 16),
    sha256          bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON api_keys (organization_id);

CREATE TABLE customers (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    slug            text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    status          text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    limits          jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(limits) = 'object'),
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, slug)
);

CREATE TABLE workflows (
    id               uuid PRIMARY KEY,
    organization_id  uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    slug             text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    draft            jsonb NOT NULL CHECK (jsonb_typeof(draft) = 'object'),
    latest_version   integer NOT NULL DEFAULT 0 CHECK (latest_version >= 0),
    deployed_version integer CHECK (deployed_version BETWEEN 1 AND latest_version),
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, slug)
);

-- Immutable once published: the roles below may insert and read, never update.
CREATE TABLE workflow_versions (
    workflow_id     uuid NOT NULL REFERENCES workflows ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    version         integer NOT NULL CHECK (version >= 1),
    definition      jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
    published_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workflow_id, version)
);
CREATE INDEX ON workflow_versions (organization_id);

CREATE TABLE triggers (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    customer_id     uuid REFERENCES customers,
    type            text NOT NULL CHECK (type IN ('webhook')),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    definition      jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
    auth_secret     bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON triggers (organization_id);
CREATE INDEX ON triggers (customer_id);

-- Nodes keep their snapshot of an organization's definitions fresh with this signal. A failure to send it fails the
-- change, so a node can miss one only by losing its connection, after which it reloads everything.
CREATE FUNCTION notify_definitions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sluice_definitions', coalesce(NEW.organization_id, OLD.organization_id)::text);
    RETURN NULL;
END $$;
CREATE FUNCTION notify_plans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('sluice_definitions', 'all');
    RETURN NULL;
END $$;
CREATE TRIGGER notify_definitions AFTER INSERT OR UPDATE OR DELETE ON plans
    FOR EACH STATEMENT EXECUTE FUNCTION notify_plans();

------------------------------------------------------------------------------------------------ journal and queue

-- What came in, byte for byte. An id is a UUIDv7 whose time is received_at, so that an id alone finds its partition.
CREATE TABLE events (
    id                uuid NOT NULL,
    received_at       timestamptz NOT NULL,
    organization_id   uuid NOT NULL,
    customer_id       uuid,
    trigger_id        uuid,
    triggered_by      text NOT NULL CHECK (triggered_by IN ('webhook', 'scheduler', 'app_event', 'manual', 'agent-service', 'replay')),
    method            text NOT NULL,
    path              text NOT NULL,
    query             text,
    headers           json NOT NULL,
    body              bytea NOT NULL,
    remote_address    text,
    receipt           json NOT NULL,
    PRIMARY KEY (received_at, id)
) PARTITION BY RANGE (received_at);
CREATE INDEX ON events (organization_id, id);
CREATE INDEX ON events (trigger_id, id);

-- Executions not finished yet, and nothing else: done rows leave, so that claiming stays cheap.
CREATE TABLE queue (
    id                uuid PRIMARY KEY,
    created_at        timestamptz NOT NULL,
    organization_id   uuid NOT NULL,
    customer_id       uuid,
    tenant_id         uuid NOT NULL,
    event_id          uuid NOT NULL,
    event_received_at timestamptz NOT NULL,
    trigger_id        uuid,
    workflow_id       uuid NOT NULL,
    workflow_slug     text NOT NULL,
    version           integer NOT NULL CHECK (version >= 0),
    tier              text NOT NULL CHECK (tier IN ('instant', 'standard', 'long')),
    triggered_by      text NOT NULL CHECK (triggered_by IN ('webhook', 'scheduler', 'app_event', 'manual', 'agent-service', 'replay')),
    headers           json NOT NULL,
    dead_letter       boolean NOT NULL,
    sequence_key      uuid,
    attempt           integer NOT NULL DEFAULT 1 CHECK (attempt >= 1),
    losses            integer NOT NULL DEFAULT 0 CHECK (losses >= 0),
    attempts          jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(attempts) = 'array'),
    run_at            timestamptz NOT NULL,
    node_id           uuid,
    lease             bigint NOT NULL DEFAULT 0 CHECK (lease >= 0),
    leased_at         timestamptz,
    CHECK ((node_id IS NULL) = (leased_at IS NULL)),
    CHECK (tenant_id = coalesce(customer_id, organization_id))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0);
CREATE INDEX queue_claim ON queue (tenant_id, run_at) WHERE node_id IS NULL AND sequence_key IS NULL;
CREATE INDEX queue_node ON queue (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX queue_sequence ON queue (sequence_key, id) WHERE sequence_key IS NOT NULL;
-- Two nodes that claim at the same time could both think a sequence free: the second is refused here.
CREATE UNIQUE INDEX queue_sequence_running ON queue (sequence_key) WHERE sequence_key IS NOT NULL AND node_id IS NOT NULL;
CREATE INDEX queue_organization ON queue (organization_id, id);

CREATE TABLE executions (
    id                uuid NOT NULL,
    created_at        timestamptz NOT NULL,
    organization_id   uuid NOT NULL,
    customer_id       uuid,
    event_id          uuid NOT NULL,
    trigger_id        uuid,
    workflow_id       uuid NOT NULL,
    workflow_slug     text NOT NULL,
    version           integer NOT NULL,
    tier              text NOT NULL,
    triggered_by      text NOT NULL,
    status            text NOT NULL CHECK (status IN ('completed', 'failed', 'timeout', 'cancelled')),
    attempt           integer NOT NULL CHECK (attempt >= 1),
    started_at        timestamptz,
    finished_at       timestamptz NOT NULL DEFAULT now(),
    duration_ms       double precision NOT NULL CHECK (duration_ms >= 0),
    result            json,
    error             json,
    logs              json NOT NULL,
    PRIMARY KEY (created_at, id),
    CHECK ((status = 'completed') = (error IS NULL))
) PARTITION BY RANGE (created_at);
CREATE INDEX ON executions (organization_id, id);
CREATE INDEX ON executions (event_id);

CREATE TABLE dead_letters (
    id                  uuid PRIMARY KEY,
    created_at          timestamptz NOT NULL DEFAULT now(),
    organization_id     uuid NOT NULL,
    customer_id         uuid,
    execution_id        uuid NOT NULL UNIQUE,
    event_id            uuid NOT NULL,
    trigger_id          uuid,
    workflow_id         uuid NOT NULL,
    workflow_slug       text NOT NULL,
    headers             json NOT NULL,
    payload             bytea NOT NULL,
    error               json NOT NULL,
    attempts            jsonb NOT NULL,
    replayed_at         timestamptz,
    replay_execution_id uuid,
    CHECK ((replayed_at IS NULL) = (replay_execution_id IS NULL))
);
CREATE INDEX ON dead_letters (organization_id, id);
CREATE INDEX ON dead_letters (created_at);

-- Keys are digests: their length is bounded and nothing of the payload is repeated here.
CREATE TABLE deduplication (
    trigger_id      uuid NOT NULL,
    key             bytea NOT NULL CHECK (octet_length(key) = 32),
    organization_id uuid NOT NULL,
    event_id        uuid NOT NULL,
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (trigger_id, key)
);
CREATE INDEX ON deduplication (expires_at);

CREATE TABLE workflow_state (
    organization_id uuid NOT NULL,
    customer_id     uuid,
    tenant_id       uuid NOT NULL,
    scope           text NOT NULL CHECK (scope IN ('ORG', 'INVOCATION')),
    scope_id        uuid NOT NULL,
    key             text NOT NULL CHECK (length(key) BETWEEN 1 AND 512),
    value           json NOT NULL,
    expires_at      timestamptz,
    PRIMARY KEY (tenant_id, scope, scope_id, key),
    CHECK (tenant_id = coalesce(customer_id, organization_id))
);
CREATE INDEX ON workflow_state (expires_at) WHERE expires_at IS NOT NULL;

-- A node that is silent too long is deleted here, and with that every lease it holds is void.
CREATE TABLE nodes (
    id           uuid PRIMARY KEY,
    instance_id  uuid NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now()
);

------------------------------------------------------------------------------------------------------- partitions

-- Creates the daily partitions of the journal from today for the given number of days. The default partitions catch
-- what a wrong clock would send elsewhere: a webhook is never refused for its date. What they have caught of a day moves
-- into its partition, which could not be attached otherwise. The owner is subject to row-level security like anybody
-- else and has no policy, so that is lifted from a default partition, locked, while its rows move.
CREATE FUNCTION ensure_partitions(days integer) RETURNS void
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
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name, parent);
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
CREATE FUNCTION drop_partitions(keep_days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    partition_name text;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(7310294412);
    FOR partition_name IN
        SELECT child.relname
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
        WHERE parent.relname IN ('events', 'executions') AND child.relname ~ '_[0-9]{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - keep_days
    LOOP
        EXECUTE format('DROP TABLE %I', partition_name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE TABLE executions_default PARTITION OF executions DEFAULT;

-------------------------------------------------------------------------------------------------------- isolation

DO $$
DECLARE
    table_name text;
    tenant text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['organizations', 'api_keys', 'customers', 'workflows', 'workflow_versions',
            'triggers', 'events', 'events_default', 'queue', 'executions', 'executions_default', 'dead_letters',
            'deduplication', 'workflow_state'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        tenant := 'organization_id = current_organization()';
        IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = table_name::regclass AND attname = 'customer_id') THEN
            tenant := tenant || ' AND (current_customer() IS NULL OR customer_id = current_customer())';
        END IF;
        IF table_name NOT LIKE '%\_default' THEN
            EXECUTE format('CREATE POLICY tenant ON %I TO sluice_app USING (%s)', table_name, tenant);
        END IF;
    END LOOP;
    FOREACH table_name IN ARRAY ARRAY['events', 'queue', 'executions', 'dead_letters', 'deduplication'] LOOP
        EXECUTE format('CREATE POLICY pipeline ON %I TO sluice_pipeline USING (true)', table_name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sluice_pipeline', table_name);
    END LOOP;
    FOREACH table_name IN ARRAY ARRAY['organizations', 'api_keys', 'customers', 'workflows', 'workflow_versions', 'triggers'] LOOP
        EXECUTE format('CREATE POLICY snapshot ON %I FOR SELECT TO sluice_snapshot USING (true)', table_name);
        EXECUTE format('GRANT SELECT ON %I TO sluice_snapshot', table_name);
        EXECUTE format('CREATE TRIGGER notify_definitions AFTER INSERT OR UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION notify_definitions()', table_name);
    END LOOP;
END $$;

-- The database sweeps expired state of every tenant; the application role sees only its own.
CREATE POLICY sweep ON workflow_state FOR ALL TO sluice_pipeline USING (expires_at < now());
GRANT SELECT, DELETE ON workflow_state TO sluice_pipeline;

GRANT SELECT ON plans TO sluice_app, sluice_snapshot;
GRANT SELECT, INSERT, UPDATE, DELETE ON organizations, api_keys, customers, workflows, triggers, workflow_state TO sluice_app;
GRANT SELECT, INSERT, DELETE ON workflow_versions TO sluice_app;
GRANT SELECT ON events, queue, executions TO sluice_app;
GRANT SELECT, UPDATE (replayed_at, replay_execution_id) ON dead_letters TO sluice_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON nodes TO sluice_pipeline;
GRANT EXECUTE ON FUNCTION ensure_partitions(integer), drop_partitions(integer) TO sluice_pipeline;
REVOKE EXECUTE ON FUNCTION ensure_partitions(integer), drop_partitions(integer) FROM PUBLIC;

-- Waiting, running and finished executions in one shape; runs with the rights of who asks.
CREATE VIEW all_executions WITH (security_invoker = true) AS
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, CASE WHEN node_id IS NULL THEN 'pending' ELSE 'running' END AS status, attempt,
           leased_at AS started_at, NULL::timestamptz AS finished_at, NULL::double precision AS duration_ms,
           NULL::json AS result, (attempts -> -1 -> 'error')::json AS error, '[]'::json AS logs
    FROM queue
    UNION ALL
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, status, attempt, started_at, finished_at, duration_ms, result, error, logs
    FROM executions;
GRANT SELECT ON all_executions TO sluice_app;

SELECT ensure_partitions(7);
