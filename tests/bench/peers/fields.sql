SELECT properties.hubspot_owner_id AS owner, properties.lifecyclestage AS stage,
    count(*), sum(length(type) + length(id) + length(properties.createdate))
FROM read_json('@FILE@', format = 'newline_delimited', columns = {type: 'VARCHAR',
    id: 'VARCHAR', properties: 'STRUCT(hubspot_owner_id VARCHAR,
    createdate VARCHAR, lifecyclestage VARCHAR)'})
GROUP BY ALL ORDER BY ALL
