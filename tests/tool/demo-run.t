#!/bin/sh
# scripts/demo-run, which is make demo
. "${0%/*}/../lib.sh"

run "$top/scripts/demo-run" "$PWD/demo"
exits 0 'the demonstration works'
tail -n 8 out >found
same found 'and ends by naming the files it made' <<!
$PWD/demo/chatters/chatters.html
$PWD/demo/chatters/history.sqlite
$PWD/demo/data/20260301_120000/coach_eligibility.xlsx
$PWD/demo/data/20260301_120000/deals_flat.csv
$PWD/demo/data/20260301_120000/enums.xlsx
$PWD/demo/data/coach.html
$PWD/demo/data/mapping.xlsx
$PWD/demo/data/runs.json
!
has err '^coach-refresh: step 6/6' 'it tells the steps'
has demo/data/coach.html '20260130_120000 → 20260301_120000' \
	'the page compares its two runs'
ok 'its coaches are a hundred or more' \
	jq -e 'all(.runs[]; .coach_count >= 100)' demo/data/runs.json
ok 'its deals are three thousand or more' sh -c \
	'[ "$(wc -l <demo/data/20260301_120000/deals_flat.csv)" -gt 3000 ]'
address=$(sed -n 's/.* answers at //p' out)
ok 'it tells the address of its sandbox' test -n "$address"
not_ok 'which is gone' curl -s "$address"
has out '^ *[1-9][0-9]* ✅ Goed$' 'it shows figures'
has out '^{"type":"sheet_push",.*"NA_Pool","records":[1-9]' \
	'it pushes to the sheet of the pool'
has out '"reply":{"entries":[1-9][0-9]*,"issues":\[\]}' 'which is told'
has out '^Coaching briefing — Team E' 'it shows what a lead is told'
has out '^{"type":"posted","to":"U0EVENING1",.*"sent"' 'who is told it'
has demo/chatters/chatters.html 'Saturday 28 February 2026' \
	'the page of the chatters has the day before'
cp out before
run "$top/scripts/demo-run" "$PWD/demo"
exits 0 'it can be done again'
grep -v 'http://' out >found
grep -v 'http://' before >expected
same_file found expected 'and shows the same'

for signal in TERM INT KILL; do
	rm -rf demo
	# a command in the background ignores SIGINT
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' \
		"$top/scripts/demo-run" "$PWD/demo" >out 2>err &
	demo=$!
	until [ -s demo/address ]; do
		sleep 0.05
	done
	address=$(cat demo/address)
	curl -s "$address" >answer
	kill "-$signal" "$demo"
	wait "$demo" 2>/dev/null
	tries=0
	while curl -s "$address" >/dev/null && [ $tries -lt 400 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	ok 'its sandbox answers' test -s answer
	not_ok "and is gone after SIG$signal" curl -s "$address"
done
all_done
