#!/bin/sh
# chatters-figures(1), over the vendors of kpipe-sandbox
. "${0%/*}/../lib.sh"
# shellcheck source=tests/chatters-day.sh
. "$top/tests/chatters-day.sh"

figures() {
	run timeout 60 chatters-figures --as-of=$now "$@"
}

run chatters-figures --as-of=yesterday
exits 2 'an instant that is none'
sandbox_start
figures --offline
exits 2 'nothing was fetched before'
has err 'nothing was fetched before' 'as is told'
chatters-ingest --as-of=$now >ingested 2>&1
figures
exits 0 'with the vendors'
empty err 'without a word'
ok 'each of the families is there' jq -s -e '
    (map(.type) | unique) == ["chatter", "chatter_report", "chatter_summary",
    "chatter_team", "chatter_team_week", "chatter_week", "coaching_candidate",
    "coaching_log"]' out
ok 'logs and reports have their chatter' jq -s -e '
    map(select(.type == "coaching_log" or .type == "chatter_report")) |
    length > 5 and all(.chatter_id != null)' out
mv out before
figures --offline
exits 0 'the same from what was fetched'
same_file out before 'gives the same bytes'
figures --date=2026-02-28
ok 'of an earlier day' jq -s -e \
	'.[0].type == "chatter_summary" and .[0].date == "2026-02-28"' out
sandbox_start --fault='404:path=Coaching'
figures
exits 1 'a table that cannot be fetched'
has err 'table Coaching Log: taken as it was fetched last, 20' 'is told'
same_file out before 'and taken as it was'
AIRTABLE_COACHING=none figures
exits 0 'a table that is not wanted'
lacks out '"type":"coaching_log"' 'is not asked for'

# the history on a server
postgres_start
HISTORY_URL=$postgres
export HISTORY_URL
kpipe-history put --store=data/history.sqlite data/ingest/2026-03-01/days.ndjson \
	>/dev/null
kpipe-history get --store=data/history.sqlite | kpipe-history put >/dev/null
rm data/history.sqlite
sandbox_start
figures
exits 0 'the history of a PostgreSQL server'
same_file out before 'gives the same bytes'
all_done
