-- Bodies come compressed where that saves, each by itself. The details of an event say so: bodyCompression is 'lz4' and
-- bodySize what the body has uncompressed. Rows written before stay as they are.

ALTER TABLE dead_letters ADD COLUMN payload_size integer;
COMMENT ON COLUMN dead_letters.payload_size IS 'bytes of the payload if it is an LZ4 block; null if it is as it was received';

DROP VIEW events;
-- One row an event, for whoever asks in SQL. To find one event fast, give the range of pages it can be in, too:
--   WHERE id = X AND page_id BETWEEN earliest_page(X) AND X
-- The body is null if it is compressed: GET /api/v1/events/X/raw answers with the bytes as they were received.
CREATE VIEW events WITH (security_invoker = true) AS
    SELECT event.id, uuid_extract_timestamp(event.id) AS received_at, page.organization_id, page.customer_id,
           page.trigger_id, page.triggered_by, details.json ->> 'method' AS method, details.json ->> 'path' AS path,
           details.json ->> 'query' AS query, details.json -> 'headers' AS headers,
           CASE WHEN details.json ->> 'bodyCompression' IS NULL THEN event.body END AS body,
           (details.json ->> 'bodySize')::integer AS body_size, event.body AS stored_body,
           details.json ->> 'bodyCompression' AS body_compression, details.json ->> 'remoteAddress' AS remote_address,
           details.json -> 'receipt' AS receipt, page.id AS page_id, page.received_at AS page_received_at
    FROM event_pages page
    CROSS JOIN LATERAL unnest(page.ids, page.details, page.bodies) AS event (id, details, body)
    CROSS JOIN LATERAL (SELECT event.details::json AS json) details;
GRANT SELECT ON events TO sluice_app, sluice_pipeline;
