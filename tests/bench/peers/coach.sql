WITH deal AS (
    SELECT coalesce(nullif(properties.hubspot_owner_id, ''), 'UNKNOWN') AS coach,
        properties.createdate AS created, properties.pipeline = '38341389' AS nabeller,
        properties.dealstage AS stage,
        lower(trim(properties.hs_is_closed_won)) IN ('true', '1', 'yes', 'y') AS won,
        lower(trim(properties.hs_is_closed_lost)) IN ('true', '1', 'yes', 'y') AS lost
    FROM read_json('@FILE@', format = 'newline_delimited', columns = {properties:
        'STRUCT(hubspot_owner_id VARCHAR, createdate TIMESTAMP, pipeline VARCHAR,
        dealstage VARCHAR, hs_is_closed_won VARCHAR, hs_is_closed_lost VARCHAR)'})
), classed AS (
    SELECT *, CASE WHEN stage = '15413630' THEN 'LOST'
        WHEN nabeller AND won THEN 'NABELLER_HANDOFF' WHEN lost THEN 'LOST'
        WHEN won THEN 'WON' ELSE 'OPEN' END AS class
    FROM deal WHERE created IS NOT NULL
), dated AS (
    SELECT *, created >= TIMESTAMP '2026-03-01 12:00:00' - INTERVAL 30 DAY AS m1,
        created >= TIMESTAMP '2026-03-01 12:00:00' - INTERVAL 90 DAY AS m3,
        created >= TIMESTAMP '2026-03-01 12:00:00' - INTERVAL 180 DAY AS m6
    FROM classed
)
SELECT coach,
    count(*) FILTER (m1), count(*) FILTER (m3), count(*) FILTER (m6),
    count(*) FILTER (m1 AND class = 'WON'), count(*) FILTER (m3 AND class = 'WON'),
    count(*) FILTER (m6 AND class = 'WON'), count(*) FILTER (m1 AND class = 'LOST'),
    count(*) FILTER (m3 AND class = 'LOST'), count(*) FILTER (m6 AND class = 'LOST'),
    count(*) FILTER (m1 AND class = 'OPEN'), count(*) FILTER (m3 AND class = 'OPEN'),
    count(*) FILTER (m6 AND class = 'OPEN'), count(*) FILTER (m1 AND nabeller),
    count(*) FILTER (m3 AND nabeller), count(*) FILTER (m6 AND nabeller),
    count(*) FILTER (m1 AND stage IN ('114855767', '81686449')),
    count(*) FILTER (m3 AND stage IN ('114855767', '81686449')),
    count(*) FILTER (m6 AND stage IN ('114855767', '81686449')),
    count(*) FILTER (m1 AND stage IN ('15415582', '116831596')),
    count(*) FILTER (m3 AND stage IN ('15415582', '116831596')),
    count(*) FILTER (m6 AND stage IN ('15415582', '116831596'))
FROM dated GROUP BY coach ORDER BY coach
