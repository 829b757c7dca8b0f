"""The counts of `metrics coach` by Python's json module: python3 coach.py FILE."""
import json
import sys
from datetime import datetime, timedelta, timezone

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
PERIODS = [NOW - timedelta(days=days) for days in (30, 90, 180)]
TRUE = {"true", "1", "yes", "y"}
WARM = {"114855767", "81686449"}
INFO = {"15415582", "116831596"}


def flag(value):
    return (value or "").strip().lower() in TRUE


coaches = {}
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        properties = json.loads(line)["properties"]
        created = properties.get("createdate")
        try:
            at = datetime.fromisoformat(created.replace("Z", "+00:00"))
        except (AttributeError, ValueError):
            continue
        stage = properties.get("dealstage") or ""
        nabeller = properties.get("pipeline") == "38341389"
        if stage == "15413630":
            kind = 1
        elif nabeller and flag(properties.get("hs_is_closed_won")):
            kind = 3
        elif flag(properties.get("hs_is_closed_lost")):
            kind = 1
        elif flag(properties.get("hs_is_closed_won")):
            kind = 0
        else:
            kind = 2
        coach = properties.get("hubspot_owner_id") or "UNKNOWN"
        row = coaches.setdefault(coach, [[0] * 8 for _ in PERIODS])
        for counts, start in zip(row, PERIODS):
            if at >= start:
                counts[kind] += 1
                counts[4] += nabeller
                counts[5] += stage in WARM
                counts[6] += stage in INFO
                counts[7] += 1
for coach in sorted(coaches):
    print(coach, *[nr for counts in coaches[coach] for nr in counts])
