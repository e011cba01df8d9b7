-- A slug that has the form of a UUID could be another thing's id, and whoever looks up "id or slug" would find the wrong
-- one. What has such a slug keeps it with something behind it, and so do the routes that name it.

-------------------------------------------------------------------------------------------------------------- slugs

-- The owner is subject to row-level security like anybody else.
ALTER TABLE organizations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE workflows NO FORCE ROW LEVEL SECURITY;
ALTER TABLE triggers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deduplication NO FORCE ROW LEVEL SECURITY;
ALTER TABLE event_pages NO FORCE ROW LEVEL SECURITY;

CREATE FUNCTION is_uuid(slug text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN slug ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

UPDATE triggers SET definition = jsonb_set(definition, '{routes}', (
    SELECT jsonb_agg(CASE WHEN workflow.id IS NULL THEN route
                          ELSE jsonb_set(route, '{workflow}', to_jsonb(workflow.slug || '-' || left(md5(workflow.id::text), 8))) END
                     ORDER BY place)
    FROM jsonb_array_elements(definition -> 'routes') WITH ORDINALITY AS routes (route, place)
    LEFT JOIN workflows workflow ON workflow.organization_id = triggers.organization_id
        AND workflow.slug = route ->> 'workflow' AND is_uuid(workflow.slug)))
WHERE EXISTS (SELECT FROM jsonb_array_elements(definition -> 'routes') AS route WHERE is_uuid(route ->> 'workflow'));
UPDATE workflows SET slug = slug || '-' || left(md5(id::text), 8) WHERE is_uuid(slug);
UPDATE customers SET slug = slug || '-' || left(md5(id::text), 8) WHERE is_uuid(slug);
UPDATE organizations SET slug = slug || '-' || left(md5(organization_id::text), 8) WHERE is_uuid(slug);

ALTER TABLE organizations ADD CONSTRAINT organizations_slug_is_no_id CHECK (NOT is_uuid(slug));
ALTER TABLE customers ADD CONSTRAINT customers_slug_is_no_id CHECK (NOT is_uuid(slug));
ALTER TABLE workflows ADD CONSTRAINT workflows_slug_is_no_id CHECK (NOT is_uuid(slug));

-------------------------------------------------------------------------------------------------------- webhook ids

-- Every id that a webhook has or had, and whose it is. Senders keep a URL longer than its webhook lives, so an id stays
-- with its organization for good; nothing deletes from here.
CREATE TABLE webhook_ids (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    claimed_at      timestamptz NOT NULL DEFAULT now()
);

INSERT INTO webhook_ids (id, organization_id) SELECT id, organization_id FROM triggers;
INSERT INTO webhook_ids (id, organization_id)
SELECT DISTINCT ON (trigger_id) trigger_id, organization_id FROM deduplication ORDER BY trigger_id, event_id
ON CONFLICT (id) DO NOTHING;
-- One look into the index for each webhook, however many events it had.
WITH RECURSIVE used AS (
    SELECT min(trigger_id::text)::uuid AS id FROM (SELECT trigger_id FROM event_pages WHERE trigger_id IS NOT NULL
                                                   ORDER BY trigger_id LIMIT 1) least
    UNION ALL
    SELECT (SELECT trigger_id FROM event_pages WHERE trigger_id > used.id ORDER BY trigger_id LIMIT 1)
    FROM used WHERE used.id IS NOT NULL
)
INSERT INTO webhook_ids (id, organization_id)
SELECT used.id, (SELECT organization_id FROM event_pages WHERE trigger_id = used.id ORDER BY event_pages.id LIMIT 1)
FROM used WHERE used.id IS NOT NULL
ON CONFLICT (id) DO NOTHING;

ALTER TABLE webhook_ids ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_ids FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_ids TO sluice_app USING (organization_id = current_organization());
GRANT SELECT, INSERT ON webhook_ids TO sluice_app;

-- Runs with the rights of who inserts the trigger: another organization's row is not seen, but keeps the place. What is
-- told then is what is told of an id in use.
CREATE FUNCTION claim_webhook_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_ids (id, organization_id) VALUES (NEW.id, NEW.organization_id) ON CONFLICT (id) DO NOTHING;
    IF NOT EXISTS (SELECT FROM webhook_ids WHERE id = NEW.id AND organization_id = NEW.organization_id) THEN
        RAISE unique_violation USING CONSTRAINT = 'triggers_pkey', TABLE = 'triggers',
            MESSAGE = 'duplicate key value violates unique constraint "triggers_pkey"';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_webhook_id BEFORE INSERT OR UPDATE OF id, organization_id ON triggers
    FOR EACH ROW EXECUTE FUNCTION claim_webhook_id();

-- Keys go with their webhook. Events that were under way then can leave some behind, so they go when it comes again, too.
-- They are locked in the order in which the journal writes them, so that neither waits for the other in a circle.
CREATE FUNCTION forget_deduplication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH forgotten AS MATERIALIZED (
        SELECT key FROM deduplication WHERE trigger_id = coalesce(OLD.id, NEW.id) ORDER BY key FOR UPDATE
    )
    DELETE FROM deduplication known USING forgotten
    WHERE known.trigger_id = coalesce(OLD.id, NEW.id) AND known.key = forgotten.key;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_deduplication AFTER INSERT OR DELETE ON triggers
    FOR EACH ROW EXECUTE FUNCTION forget_deduplication();
GRANT SELECT, DELETE, UPDATE (expires_at) ON deduplication TO sluice_app;
DELETE FROM deduplication known WHERE NOT EXISTS (
    SELECT FROM triggers WHERE triggers.id = trigger_id AND triggers.organization_id = known.organization_id);

---------------------------------------------------------------------------------------------------------- bounds

-- What the filters of all webhooks of an organization take together is bounded, since all are in memory.
ALTER TABLE triggers ADD COLUMN filter_weight bigint NOT NULL DEFAULT 0 CHECK (filter_weight >= 0);
COMMENT ON COLUMN triggers.filter_weight IS 'values and cost of all filters; 0 for what was saved before this was kept';

ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
ALTER TABLE workflows FORCE ROW LEVEL SECURITY;
ALTER TABLE triggers FORCE ROW LEVEL SECURITY;
ALTER TABLE deduplication FORCE ROW LEVEL SECURITY;
ALTER TABLE event_pages FORCE ROW LEVEL SECURITY;
