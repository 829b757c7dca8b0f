#!/bin/sh
# airtable-upsert(1): limits, answers that are lost, and an end half-way
# slow: it keeps the pace of Airtable
. "${0%/*}/../lib.sh"
# shellcheck source=tests/airtable-days.sh
. "$top/tests/airtable-days.sh"

days 10 >d10
days 23 >d23

# lost FAULT NAME: nothing is there twice, and nothing is missing
lost() {
	sandbox_start --airtable-limit=0 --fault="$1"
	put d23
	exits 0 "$2"
	counts 23 0 0 0 'all is counted'
	rows 'map(.Chatter) | [length, (unique | length)]' >found
	same found 'and there once' <<'!'
[23,23]
!
}
lost reset:method=POST:at=2:times=1 'a reset before it was done'
lost lost:method=POST:at=2:times=1 'a reset after it was done'
lost cut:method=POST:at=2:times=2 'an answer that is cut, twice in a row'
lost badjson:method=POST:at=1:times=1 'an answer that is half of one'
lost 502:method=POST:at=2:times=2 'a gateway that fails'
lost 503:every=3 'a server that is ill now and then'
sandbox_start --airtable-limit=0 --fault=lost:method=PATCH:at=2:times=1
put --mode=upsert d23
exits 0 'a lost answer to an upsert'
rows 'length' >found
same found 'is asked for again' <<'!'
23
!
sandbox_start --airtable-limit=0 --fault=lost:method=POST:at=2
put --mode=create d23
exits 2 'a lost answer where nobody looks is an end'
has err '10 records were made, and perhaps those of the last request: .*--mode=skip' \
	'that says what is known'
empty out 'and tells nothing as done'
put d23
counts 3 0 20 0 'and skip puts in the rest'
sandbox_start --airtable-limit=0 --fault=lost:method=POST
put d23
exits 0 'when every answer is lost'
counts 23 0 0 0 'the table is looked at each time'
sandbox_start --airtable-limit=0 --fault=500:method=POST
put --max-wait=1 d10
exits 75 'a server that is ill for long'
has err '500' 'is told'
sandbox_start --airtable-penalty=1 --retry-after=1 \
	--fault=429:method=POST:at=1:times=1
put d23
exits 0 'what is refused for a while is asked again'
ok 'after a wait' jq -e '.limited >= 1 and .complete and .created == 23' report
sandbox_start
days 60 >d60
put d60
counts 60 0 0 0 'seven requests take their time'
ok 'five a second are never passed' sh -c \
	'curl -s "$0" | jq -e ".status | has(\"429\") | not"' \
	"$sandbox/sandbox/stats"
rm -rf "$XDG_STATE_HOME"
(
	unset HOME XDG_STATE_HOME
	put --verbose d10
)
has err 'pace is not kept with other processes: HOME is not set' \
	'without a home one is alone'
for fault in 401 403 404 html redirect:to=http://localhost:9/x; do
	sandbox_start --fault="$fault"
	put d10
	[ "$status" -eq 2 ] || echo "$fault: $status"
done >found
empty found 'what is no answer is an end'

# killed half-way

# the answer to the fifth request does not come while it is killed
sandbox_start --airtable-limit=0 --fault=stall:method=POST:at=5:times=1
days 95 >d95
airtable-upsert --table="$daily" d95 >killed 2>&1 &
pid=$!
tries=0
until [ "$(rows length)" -eq 50 ] || [ "$tries" -gt 300 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
kill -9 "$pid"
wait "$pid" 2>/dev/null
rows length >found
same found 'what is killed half-way is half there' <<'!'
50
!
empty killed 'and told nothing'
put d95
exits 0 'it is run again'
counts 45 0 50 0 'and puts in the rest'
rows 'map(.Chatter) | [length, (unique | length)]' >found
same found 'nothing twice, nothing lost' <<'!'
[95,95]
!
all_done
