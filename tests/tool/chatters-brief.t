#!/bin/sh
# chatters-brief(1), over the vendors of kpipe-sandbox
. "${0%/*}/../lib.sh"
# shellcheck source=tests/chatters-day.sh
. "$top/tests/chatters-day.sh"

brief() {
	run timeout 60 chatters-brief "$@"
}

brief
exits 2 'nobody to tell'
has err 'leads, management or compliance' 'says who there is'
brief leads
exits 2 'leads of no team'
brief management day
exits 2 'management of a team'
brief chatters
exits 2 'a model that is none'

sandbox_start
chatters-ingest --as-of=$now >ingested 2>&1
posted length >before
brief leads --dry-run --scheduled=$now day
exits 0 'a dry run'
ok 'shows the message' jq -e '.channel == "U0DAY00001" and
    (.text | startswith("Coaching briefing — Team D")) and .blocks' out
brief leads --dry-run --plain --scheduled=$now day
ok 'without blocks, too' jq -e 'has("blocks") | not' out
posted length >found
same_file found before 'and sends nothing'
brief leads --scheduled=$now night day evening
exits 0 'three leads'
jq -r '[.to, .how] | join(" ")' out >found
same found 'are told' <<'!'
U0NIGHT001 sent
U0DAY00001 sent
U0EVENING1 sent
!
brief leads --scheduled=$now night day evening
jq -r .how out | sort -u >found
echo already | same found 'case 92: the second sends nothing'
brief leads --force --scheduled=$now day
jq -r .how out >found
echo sent | same found 'case 92: but when it must'
brief management --scheduled=$now
exits 0 'the week before'
posted 'map(select(.channel == "DBCOO00001") | .text)[0]' >found
has found '^"Weekly report' 'is told to the management'
brief compliance --scheduled=2026-03-02T14:30:00Z day
exits 0 'who was coached'
posted 'map(select(.text | startswith("Coaching today"))) | length' >found
echo 1 | same found 'is told'
brief leads --scheduled=$now dawn
exits 2 'a team that is none'
sed -i 's/U0DAY00001/U0GONE0001/' chatters.json
brief leads --scheduled=2026-03-02T23:30:00Z day night
exits 1 'a lead who is no more there'
jq -r '.to' out >found
echo U0NIGHT001 | same found 'does not keep the others from being told'
all_done
