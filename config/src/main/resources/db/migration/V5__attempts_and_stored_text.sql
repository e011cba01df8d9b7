-- Errors, logs, headers and receipts hold text from outside, and JSON can spell what PostgreSQL cannot take apart: an
-- escaped NUL, half a surrogate pair, ten thousand levels. So nothing here takes such a document apart. What a statement
-- needs of it has a column of its own, and the rest is passed on as the text it came as.

------------------------------------------------------------------------------------------------------------ queue

-- The version before this one goes on appending to queue.attempts, which is read as well.
ALTER TABLE queue ADD COLUMN past_attempts text[] NOT NULL DEFAULT '{}', ADD COLUMN last_error json;
COMMENT ON COLUMN queue.past_attempts IS 'one JSON object an attempt that did not end the execution: attempt, status, startedAt, durationMs, error, logs';
COMMENT ON COLUMN queue.last_error IS 'the error of the last of them that failed';

---------------------------------------------------------------------------------------------------------- history

ALTER TABLE executions ADD COLUMN attempts json NOT NULL DEFAULT '[]';
COMMENT ON COLUMN executions.attempts IS 'the attempts before the last, in the form of queue.past_attempts';

ALTER TABLE dead_letters ALTER COLUMN attempts TYPE json, ADD COLUMN event_details text;
COMMENT ON COLUMN dead_letters.event_details IS 'the event besides its body, as in event_pages.details: a replay may be later than the event is kept';
GRANT DELETE ON dead_letters TO sluice_app;

-- Waiting, running and finished executions in one shape; runs with the rights of who asks.
CREATE OR REPLACE VIEW all_executions WITH (security_invoker = true) AS
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, CASE WHEN node_id IS NULL THEN 'pending' ELSE 'running' END AS status, attempt,
           leased_at AS started_at, NULL::timestamptz AS finished_at, NULL::double precision AS duration_ms,
           NULL::json AS result, coalesce(last_error, (attempts -> -1 -> 'error')::json) AS error, '[]'::json AS logs,
           '[' || array_to_string(ARRAY(SELECT value::text FROM jsonb_array_elements(attempts)) || past_attempts, ',') || ']'
               AS past_attempts
    FROM queue
    UNION ALL
    SELECT waiting.id, uuid_extract_timestamp(waiting.id), organization_id, customer_id, waiting.event_id, trigger_id,
           workflow_id, workflow_slug, version, tier, triggered_by, 'pending', 1, NULL, NULL, NULL, NULL, NULL, '[]', '[]'
    FROM backlog CROSS JOIN LATERAL unnest(executions, events) AS waiting (id, event_id)
    UNION ALL
    SELECT id, created_at, organization_id, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
           triggered_by, status, attempt, started_at, finished_at, duration_ms, result, error, logs, attempts::text
    FROM executions;

-- One row an event, for whoever asks in SQL. To find one event fast, give the range of pages it can be in, too:
--   WHERE id = X AND page_id BETWEEN earliest_page(X) AND X
-- The body is null if it is compressed: GET /api/v1/events/X/raw answers with the bytes as they were received. An escaped
-- NUL, which SQL cannot show, is shown as U+FFFD.
CREATE OR REPLACE VIEW events WITH (security_invoker = true) AS
    SELECT event.id, uuid_extract_timestamp(event.id) AS received_at, page.organization_id, page.customer_id,
           page.trigger_id, page.triggered_by, details.json ->> 'method' AS method, details.json ->> 'path' AS path,
           details.json ->> 'query' AS query, details.json -> 'headers' AS headers,
           CASE WHEN details.json ->> 'bodyCompression' IS NULL THEN event.body END AS body,
           (details.json ->> 'bodySize')::integer AS body_size, event.body AS stored_body,
           details.json ->> 'bodyCompression' AS body_compression, details.json ->> 'remoteAddress' AS remote_address,
           details.json -> 'receipt' AS receipt, page.id AS page_id, page.received_at AS page_received_at
    FROM event_pages page
    CROSS JOIN LATERAL unnest(page.ids, page.details, page.bodies) AS event (id, details, body)
    CROSS JOIN LATERAL (SELECT CASE
        WHEN strpos(event.details, '\u0000') = 0 THEN event.details::json
        ELSE regexp_replace(event.details, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g')::json END AS json) details;
