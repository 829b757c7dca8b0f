#!/bin/sh
# chatters-ingest(1), over the vendors of kpipe-sandbox
# slow: a vendor that is ill is asked again, with pauses
. "${0%/*}/../lib.sh"
# shellcheck source=tests/chatters-day.sh
. "$top/tests/chatters-day.sh"

ingest() {
	run timeout 120 chatters-ingest --as-of=$now "$@"
}

# what may be wrong before anybody is asked
run chatters-ingest nonsense
exits 2 'an operand'
run chatters-ingest --days=0
exits 2 'no days'
(
	unset SLACK_EXPORTS
	run chatters-ingest
	exits 2 'no conversation'
	has err 'SLACK_EXPORTS is not set: .*--file' 'which is told, with the remedy'
	grep -q '^not' "$lib_tmp/result" 2>/dev/null && exit 1
	exit 0
)

# vendors that do not answer: nobody has the day off for it
sandbox_start --fault=503:path=/v2/ --hubstaff-exchanges=0
ingest --days=1
exits 75 'case 47: Hubstaff is ill'
[ ! -e data/history.sqlite ]
result 'case 47: nobody is marked'
stored 'map(select(.Date == "2026-03-01")) | length' >found
echo 0 | same found 'case 47: nor in the table'
[ ! -s data/exports.ndjson ]
result 'and the export waits'

sandbox_start
rm -rf data
ingest --days=1 --dry-run
exits 0 'a dry run'
has out '"Chatter":' 'shows what would be stored'
has out '^Ingest report' 'and the report'
[ ! -e data/history.sqlite ] && [ ! -s data/exports.ndjson ]
result 'and stores nothing'
[ ! -e data/ingest ]
result 'not even on the way'
posted length >found
echo 0 | same found 'nor sends anything'

ingest --days=1
exits 0 'the export of a day'
empty err 'without a word'
has out '^Ingest report — data of Sun 1 Mar' 'is reported'
has out 'Stored in Daily Performance: [1-9]' 'stored in the table'
kpipe-history get --store=data/history.sqlite >days
ok 'and in the history: those of whom it is known what they did' jq -s -e '
    (map(.date) | unique) == ["2026-03-01"] and length > 15 and
    (map(.id) | length == (unique | length))' days
stored 'map(select(.Date == "2026-03-01")) | length' >found
wc -l <days | tr -d ' ' | same found 'one record each'
posted 'map(select(.text | startswith("Ingest report"))) | length' >found
echo 1 | same found 'operations were told'
cp days before
ingest --days=1
exits 0 'one start more'
empty out 'has nothing to do'
ingest
exits 0 'the days that were missed'
has out 'data of Sat 28 Feb' 'of a Saturday'
has out 'data of Fri 27 Feb' 'and before'
kpipe-history get --store=data/history.sqlite --since=2026-03-01 >days
same_file days before 'and what was there is as it was'

# an export that is given, corrected
cp data/ingest/2026-03-01/export.csv corrected.csv
sed -i '2s/\$[0-9.]*/$1.25/' corrected.csv
name=$(sed -n 2p corrected.csv | cut -d, -f3)
ingest --file=corrected.csv
exits 0 'an export by hand'
kpipe-history get --store=data/history.sqlite --since=2026-03-01 >days
same_file days before 'changes nothing that is stored'
ingest --file=corrected.csv --update
exits 0 'but does when that is asked for'
kpipe-history get --store=data/history.sqlite --since=2026-03-01 >days
ok 'in the history' jq -s -e --arg name "$name" \
	'map(select(.name == $name)) | .[0].sales == 1.25' days
stored "map(select(.Date == \"2026-03-01\" and .Chatter == \"$name\") | .Sales)" \
	>found
echo '[1.25]' | same found 'and in the table'

# what is not known yet is not stored, and so does not stand in the way
head -n 6 data/ingest/2026-03-01/export.csv >part.csv
rm -rf part
run timeout 120 chatters-ingest --data=part --as-of=$now --file=part.csv
has out '[1-9][0-9]* no data' 'an export of which a part is missing'
run timeout 120 chatters-ingest --data=part --as-of=$now \
	--file=data/ingest/2026-03-01/export.csv
kpipe-history get --store=part/history.sqlite | jq -r .status | sort | uniq -c >found
jq -r 'select(.type == "chatter_day") | .status' \
	data/ingest/2026-03-01/days.ndjson | sort | uniq -c >expected
same_file found expected 'is made whole by the whole one'
run timeout 120 chatters-ingest --data=part --as-of=2026-03-01T20:00:00Z \
	--file=corrected.csv
exits 1 'a day that is not over'
has err '2026-03-01 is not over; it waits' 'waits'

# what cannot be read
printf 'Employees,Sales,Direct messages sent\nNobody,lots,3\n' >bad.csv
ingest --file=bad.csv
exits 2 'an export without a day'
echo '<html><body>Sign in</body></html>' >page.csv
ingest --file=page.csv
exits 2 'a page that is no export'
has err 'web page' 'which is told'

# a file that is no export, among those that are
sandbox_start
rm -rf data
unset SLACK_EXPORTS_FROM
ingest
exits 1 'a file that is no export'
has err "'targets.csv' is passed over for now; .*SLACK_EXPORTS_MATCH" 'is told'
kpipe-history dates --store=data/history.sqlite | jq -r .date >found
same found 'and keeps none of the others back' <<'!'
2026-02-27
2026-02-28
2026-03-01
!
SLACK_EXPORTS_FROM=U0OPS00001
export SLACK_EXPORTS_FROM

# a disk that is full
sandbox_start
rm -rf data
mkdir data
: >data/ingest
ingest --days=1
exits 2 'a folder that cannot be made'
[ ! -e data/history.sqlite ] && [ ! -s data/exports.ndjson ]
result 'stores nothing, and the export waits'
rm data/ingest

# Slack takes no message: it is sent by the next start
sandbox_start --fault=reset:path=chat.postMessage
rm -rf data
ingest --days=1
exits 75 'a report that cannot be sent'
[ -e data/ingest/2026-03-01/report.unsent ]
result 'waits'
SLACK_BASE_URL_BEFORE=$sandbox
sandbox_start
[ "$SLACK_BASE_URL_BEFORE" != "$sandbox" ]
result 'another Slack'
ingest --days=1
exits 0 'the next start'
posted 'map(select(.text | startswith("Ingest report"))) | length' >found
echo 1 | same found 'sends it'

# one at a time
mkdir -p data
flock data/.chatters-ingest.lock sleep 5 &
holder=$!
sleep 0.5
ingest
exits 75 'a second one'
has err 'another chatters-ingest is at work' 'is told so'
kill $holder
wait $holder 2>/dev/null
all_done
