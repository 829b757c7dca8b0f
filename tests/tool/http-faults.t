#!/bin/sh
# what a network and a vendor do on a bad day, over real HTTP: nothing is lost,
# nothing comes twice, nothing half is left, and the token goes nowhere
# slow: waits between tries
. "${0%/*}/../lib.sh"

token=pat-eu1-0f9e8d7c-hush-hush
KPIPE_SANDBOX_TOKEN=$token
export KPIPE_SANDBOX_TOKEN

# serve ARG...: a sandbox with this account
serve() {
	sandbox_start --scale=0.015 --deals=250 --limit=0 "$@"
	HUBSPOT_PAT=$token
}
# begin FOLDER ARG...: a background job, with a folder and a sandbox of its own:
# what waits for a fault to pass waits beside the others
begin() {
	mkdir "$1" || exit
	cd "$1" || exit
	lib_tmp=$PWD/lib
	mkdir "$lib_tmp"
	sandbox_pid=
	trap sandbox_stop EXIT
	shift
	serve --log=requests "$@"
}
# keep_stats: what this sandbox saw
keep_stats() {
	curl -s "$sandbox/sandbox/stats" >stats
}
# every_call: each kind of call there is, its reports in report.N
every_call() {
	hs-fetch --verbose --report=report.1 contacts deals >mixed || return
	jq -c 'select(.type == "contact")' mixed
	jq -c 'select(.type == "deal")' mixed
	hs-fetch --verbose --report=report.2 --search='amount>=0' deals || return
	hs-fetch --verbose --report=report.3 --from=contacts --links=deals \
		../contacts || return
	hs-fetch --verbose --report=report.4 --read=deals --sort ../deals || return
	hs-fetch --verbose --report=report.5 owners pipelines/deals >mixed || return
	sort mixed
}

serve
hs-fetch contacts >contacts.ndjson
hs-fetch deals >deals.ndjson
jq -r .id contacts.ndjson >contacts
jq -r .id deals.ndjson >deals
mkdir fine
(cd fine && every_call >out 2>err)
status=$?
mv fine/out expected
mv fine/err err
exits 0 'all is fetched from a vendor without a fault'
ok 'it is a good deal' test "$(wc -l <expected)" -gt 1500
sandbox_stop

## faults that pass, each in every kind of call

passing='429 429:after=1 secondly 500 502 503 503:after=1 504 423 reset cut gzipcut'
for fault in $passing; do
	(
		begin "passing-$fault" --fault="$fault:every=4:times=5"
		every_call >out 2>err
		echo $? >status
		keep_stats
	) &
done

## faults that stay

for fault in 429:after=1 500 503 reset cut gzipcut; do
	(
		begin "staying-$fault" --fault="$fault:at=2:times=1000"
		hs-fetch --verbose --report=report deals >out 2>err
		echo $? >status
		keep_stats
	) &
done

## an answer that stops coming

(
	begin stall --fault=stall:at=2
	hs-fetch --verbose --report=report deals >out 2>err
	echo $? >status
) &

wait

for fault in $passing; do
	cd "passing-$fault" || exit
	status=$(cat status)
	exits 0 "$fault passes"
	same_file out ../expected "all is there after $fault, once, in its order"
	jq '.faults[0].done >= 3' stats >found
	same found "$fault happened" <<'!'
true
!
	jq -s 'length == 7 and all(.complete and .duplicates == 0)' report.? >found
	same found "the reports after $fault say complete, and nothing twice" <<'!'
true
!
	cd ..
done
# what a kept connection loses before an answer libcurl itself sends again
for fault in 429:after=1 500 cut gzipcut; do
	has "passing-$fault/err" ' requests, [1-9] of them again, ' \
		"the tries after $fault are counted"
done
has passing-429/err ', [1-9] answered 429;' 'so is 429'

while read -r fault cause; do
	cd "staying-$fault" || exit
	status=$(cat status)
	exits 75 "$fault that stays is for later"
	has err "^hs-fetch: deals: GET http://127.0.0.1:[0-9]*/crm/v3/objects/deals: .*$cause.* \(6 tries\)$" \
		'method, address, cause and tries are told'
	lacks err 'limit=' 'without the query'
	head -n 100 ../deals.ndjson >found
	same_file out found 'what came before is kept'
	jq -r '[.written, .complete, .retries] | join(" ")' report >found
	same found 'and reported' <<'!'
100 false 5
!
	cd ..
done <<'!'
429:after=1 429
500 500
503 503
reset (broke off|without an answer)
cut broke off
gzipcut broke off
!

cd stall || exit
status=$(cat status)
exits 0 'an answer that stalls is given up and asked for again'
same_file out ../deals.ndjson 'all is there after a stall'
jq -r '[.retries, (.seconds >= 29), (.seconds < 60)] | join(" ")' report >found
same found 'after half a minute of silence' <<'!'
1 true true
!
cd ..

## answers that are none

for fault in html badjson; do
	for call in search batch/read associations; do
		case $call in
		search) set -- --search='has createdate' deals ;;
		batch/read) set -- --read=deals --batch=40 deals ;;
		associations) set -- --from=contacts --links=deals contacts ;;
		esac
		serve --fault="$fault:at=2:path=$call"
		run hs-fetch --verbose --report=report "$@"
		exits 2 "$fault for an answer of $call ends it"
		has err 'JSON' 'it is told'
		jq -c . out >found
		same_file found out 'what came before is whole'
		jq -r .complete report >found
		same found 'and not said to be all' <<'!'
false
!
	done
done

## ids that are gone and one that is none, among other faults

{
	head -n 120 deals
	echo 999999999999
	sed -n 121,200p deals
	echo not-an-id
	tail -n +201 deals
} >odd
for fault in 503:after=1 cut; do
	serve --fault="$fault:every=5:times=4"
	run hs-fetch --verbose --report=report --read=deals odd
	exits 1 "an id that is none, with $fault between, is left out"
	jq -r .id out >found
	same_file found deals 'all others come, once, in order'
	jq -r '[.missing, .given_up, .written, .duplicates, .complete] | join(" ")' \
		report >found
	same found 'each that is not there is accounted for' <<'!'
1 1 250 0 false
!
done

## a redirect

serve --log=trap.log
trap_pid=$sandbox_pid
trap_url=$sandbox
sandbox_pid=
for nr in 1 2; do
	serve --fault="redirect:at=$nr:to=$trap_url/crm/v3/objects/deals"
	run hs-fetch --verbose --report=report deals
	exits 2 "a redirect as answer $nr is not followed"
	has err "redirects to host '${trap_url#http://}'" 'its host is told'
	has err 'check the base URL' 'with what to check'
done
not_ok 'the log of the other host is empty' test -s trap.log
curl -s "$trap_url/sandbox/stats" | jq -c .status >found
same found 'it was asked nothing, with or without the token' <<'!'
{}
!
kill "$trap_pid"
wait "$trap_pid"

## signals

serve --latency-ms=100
run hs-fetch contacts
mv out whole
printf '%s\n' '{"type":"fetch_state","object":"companies","filter":null,"changed_at":"2026-01-01T00:00:00Z"}' >state.before
for signal in TERM INT HUP KILL; do
	rm -rf cache
	echo old >report
	cp state.before state
	: >out
	: >out.2
	# a job of a shell ignores INT unless it is told not to
	env --default-signal=INT hs-fetch --verbose --cache=cache --report=report \
		contacts >out 2>err &
	pid=$!
	env --default-signal=INT hs-fetch --verbose --state=state --report=report \
		contacts >out.2 2>err.2 &
	pid_2=$!
	tries=0
	until { [ -s out ] && [ -s out.2 ]; } || [ $tries -gt 100 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	tr '\0' '\n' <"/proc/$pid/cmdline" >arguments
	has arguments contacts "the arguments can be seen before $signal"
	lacks arguments "$token" 'and the token is not among them'
	kill -s $signal $pid $pid_2
	wait $pid 2>/dev/null
	status=$?
	wait $pid_2 2>/dev/null
	case $signal in
	HUP) exits 129 'SIGHUP ends it' ;;
	INT) exits 130 'SIGINT ends it' ;;
	KILL) exits 137 'SIGKILL ends it' ;;
	TERM) exits 143 'SIGTERM ends it' ;;
	esac
	ok 'before all was there' test "$(wc -l <out)" -lt "$(wc -l <whole)"
	same report 'the report of before is untouched' <<'!'
old
!
	same_file state state.before 'so is the state'
	find cache -type f ! -name '.*' >found
	empty found 'nothing half has a name in the cache'
	[ $signal = KILL ] && continue
	find . -name '.?*' >found
	empty found 'and no temporary file is left'
done
run hs-fetch --cache=cache --report=report contacts
exits 0 'a fetch after one that was killed'
same_file out whole 'brings all'
sandbox_stop
run hs-fetch --cache=cache contacts
exits 0 'the next is answered from the cache'
same_file out whole 'with the same bytes'

## disks

serve
rm -rf cache
# a file that may not grow is a disk that is full
run sh -c 'trap "" XFSZ; ulimit -f 16
	hs-fetch --verbose --cache=cache contacts >/dev/null'
exits 2 'a cache that cannot be written is not success'
has err 'File too large' 'it is told'
find cache -type f >found
empty found 'and leaves nothing'
# a pipe may hold all there is, so it is written to when the reader has gone
run sh -c '{
	until [ -e gone ]; do sleep 0.05; done
	hs-fetch --verbose --cache=cache contacts
} | { exec <&-; : >gone; }'
find cache -type f >found
empty found 'nor does a reader that stops early'
run sh -c 'hs-fetch --verbose contacts deals >/dev/full'
exits 2 'a full disk is not success'
run sh -c 'hs-fetch --verbose contacts deals >&-'
exits 2 'nor is a closed output'
sandbox_stop

## the token

run hs-fetch --verbose --base-url="http://ada:hush@127.0.0.1:1" owners
exits 2 'an address with a password is refused'
run timeout 2 hs-fetch --verbose --base-url=http://127.0.0.1:1 owners
grep -r -l -e hush . >"$lib_tmp/told"
empty "$lib_tmp/told" 'no file that was made here has the token'
all_done
