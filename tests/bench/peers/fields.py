"""The five fields of fields.c, taken by Python's json module."""
import json
import sys

count = {}
size = records = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        record = json.loads(line)
        properties = record.get("properties") or {}
        size += len(record.get("type") or "") + len(record.get("id") or "")
        size += len(properties.get("createdate") or "")
        pair = (properties.get("hubspot_owner_id") or "",
                properties.get("lifecyclestage") or "")
        count[pair] = count.get(pair, 0) + 1
        records += 1
for pair, nr in count.items():
    print(*pair, nr, sep="\t")
print("records", records, size, sep="\t")
