#!/bin/sh
# hubstaff-hours(1): tokens that are good once, and the time of everybody
. "${0%/*}/../lib.sh"

one='--since=2026-02-10 --until=2026-02-10'

# start [OPTION...]: a sandbox that logs; its tokens begin anew
start() {
	rm -f log
	sandbox_start --log="$PWD/log" --hubstaff-exchanges=0 \
		--hubstaff-minute=0 --hubstaff-hour=0 "$@"
}

# hours [OPTION...]: of one day
hours() {
	# shellcheck disable=SC2086 # two words
	run hubstaff-hours $one --rate=100000 "$@"
}

# asked CALL [OBJECT]: how often the sandbox was asked for that
asked() {
	jq -r "select(.call == \"$1\" and
	    (\"${2:-}\" == \"\" or .object == \"${2:-}\")) | .call" log | wc -l
}

# the file of the tokens, which is the only one
tokens() {
	ls "$XDG_STATE_HOME"/kpipe/hubstaff-tokens-*.json
}

# edit JQ: what Hubstaff keeps
edit() {
	curl -s "$sandbox/sandbox/hubstaff" | jq -c "$1" >kept
	curl -s -f -X PUT --data-binary @kept "$sandbox/sandbox/hubstaff" \
		>/dev/null
}

# time ORG PROJECT USER TRACKED: an edit of the day
time_of() {
	edit ".edits += [{organization_id: $1, project_id: $2, user_id: $3,
	    date: \"2026-02-10\", tracked: $4}]"
}

# of USER: what out says of it
of() {
	jq -c "select(.user_id == \"$1\") | [.tracked_s, .org_ids, .member]" out
}

#
# what is written
#
start
hours
exits 0 'the hours of a day'
empty err 'nothing is said'
sed -n 3p out >third
same third 'a record a person and day' <<'!'
{"type":"hubstaff_hours","date":"2026-02-10","user_id":"7003","name":"Yusuf Yılmaz","email":"yusuf.ylmaz@example.org","org_ids":["4202"],"member":true,"tracked_s":25585}
!
cp out day
of 7008 >got
jq -c 'select(.user_id == "7008") | .email' out >>got
same got 'an address that is not told is null' <<'!'
[24296,["4201"],true]
null
!
for who in 7001 7023 7024 9999; do
	echo "$who $(of "$who")"
done >got
same got 'a member who tracked nothing has 0; who was none is not there' <<'!'
7001 [0,["4201","4202"],true]
7023 
7024 
9999 
!
run hubstaff-hours --since=2026-02-01 --until=2026-02-28 --rate=100000
exits 0 'a month'
jq -r '.date + " " + .user_id' out >got
sort -u got >expected
same_file got expected 'is in the order of day and person, each once'
jq -s -c '[.[] | select(.user_id == "7024") | .member] | unique' out >got
jq -s -c '[.[] | select(.user_id == "7023") | .date] | min' out >>got
same got 'who left has time and is no member; who came has zeros from then on' <<'!'
[false]
"2026-02-18"
!
cp out month

# the same sums, made another way
token=$(jq -r .access_token "$(tokens)")
for org in 4201 4202; do
	next=0
	while [ "$next" != null ]; do
		curl -g -s -H "Authorization: Bearer $token" "$sandbox/v2/\
organizations/$org/activities/daily?date[start]=2026-02-01&\
date[stop]=2026-02-28&page_limit=50&page_start_id=$next" >page
		jq -c '.daily_activities[]' page
		next=$(jq .pagination.next_page_start_id page)
	done
done >rows
jq -s -c 'group_by([.date, .user_id])[] |
    [.[0].date, "\(.[0].user_id)", (map(.tracked) | add)]' rows >expected
jq -c 'select(.tracked_s > 0) | [.date, .user_id, .tracked_s]' month >got
same_file got expected 'seconds are summed over projects, pages, organisations'
run hubstaff-hours --since=2026-02-01 --until=2026-02-28 --rate=100000 \
	--tracked-only
jq -c 'select(.tracked_s > 0)' month >expected
same_file out expected 'those who tracked time alone'

# sums by hand
time_of 4201 31 7003 1800
time_of 4201 32 7004 1800
time_of 4201 31 7004 1800
time_of 4201 31 7006 2000
time_of 4202 41 7006 2000
time_of 4201 31 7005 3599
time_of 4201 31 7007 3600
time_of 4201 32 7007 0
time_of 4201 32 7005 0
time_of 4201 31 7008 0
hours
for who in 7004 7005 7006 7007 7008; do
	echo "$who $(of "$who")"
done >got
same got 'case 44: two projects are added; case 45: two organisations too; a second short of an hour' <<'!'
7004 [3600,["4201"],true]
7005 [3599,["4201"],true]
7006 [4000,["4201","4202"],true]
7007 [3600,["4201"],true]
7008 [0,["4201"],true]
!

#
# what is asked for
#
start
run hubstaff-hours --since=2025-12-10 --until=2026-03-01 --rate=100000
exits 0 'more than a month'
jq -c 'select(.object == "activities") | [.path[18:22], .query["date[start]"],
    .query["date[stop]"], .query.page_limit, .query.include]' log >got
same got 'is asked for in stretches of 31 days' <<'!'
["4201","2025-12-10","2026-01-09","500","users"]
["4201","2026-01-10","2026-02-09","500","users"]
["4201","2026-02-10","2026-03-01","500","users"]
["4202","2025-12-10","2026-01-09","500","users"]
["4202","2026-01-10","2026-02-09","500","users"]
["4202","2026-02-10","2026-03-01","500","users"]
!
start
hours --org=4202
exits 0 'one organisation'
ok 'the other is not asked' test "$(asked list activities)" -eq 1
jq -r '.org_ids[]' out | sort -u >got
same got 'nor written of' <<'!'
4202
!
hours --skip-org=4201
jq -r '.org_ids[]' out | sort -u >got
same got 'all but one' <<'!'
4202
!
hours --org=4201 --org=99
exits 2 'an organisation that is none'
same err 'it says which there are' <<'!'
hubstaff-hours: the token sees no organisation 99; it sees 4201 'Lantern House', 4202 'Lantern House Nights'
!
empty out 'nothing is written then'
hours --skip-org=4201 --skip-org=4202
exits 2 'none is left'
run hubstaff-hours --days=3 --until=2026-02-10 --tracked-only
jq -r .date out | sort -u >got
same got 'three days' <<'!'
2026-02-08
2026-02-09
2026-02-10
!
run hubstaff-hours --org=4201
exits 0 'without a day it is yesterday'
jq -r .date out | sort -u >got
date -u -d yesterday +%F >expected
same_file got expected 'in UTC'
start --chatters=700
run hubstaff-hours --since=2026-02-01 --until=2026-02-28 --rate=100000 \
	--report=report
exits 0 'hundreds of people'
ok 'come in pages' test "$(asked list activities)" -gt 20 -a \
	"$(asked list members)" -gt 2
cp out many
jq -s -c '.[] | [.type, .what, .object, .org_id, .org_name, .since, .until,
    .source_total, .received == .written, .duplicates, .missing, .complete,
    .reason, .requests > 10, .retries]' report >got
same got 'the report tells of each organisation' <<'!'
["fetch_report","hours","daily_activities","4201","Lantern House","2026-02-01","2026-02-28",null,true,0,0,true,null,true,0]
["fetch_report","hours","daily_activities","4202","Lantern House Nights","2026-02-01","2026-02-28",null,true,0,0,true,null,true,0]
!
jq -s '[.[].tracked_s] | add' report >got
jq -s '[.[].tracked_s] | add' many >expected
same_file got expected 'its sums are those of the records'
jq -s '[.[].received] | add' report >got
jq -s '[.[] | select(.object == "activities") | .results] | add' log >expected
same_file got expected 'it counts the rows that came'

#
# names
#
start --hubstaff-bare
hours
exits 0 'no names beside the time'
same_file out day 'they are asked for'
jq -r 'select(.object == "user") | .path' log | sort | uniq -d >twice
empty twice 'each once'
start --hubstaff-bare --fault=404:path=users/7003
hours --report=report
exits 1 'a name that nobody tells'
same err 'is told' <<'!'
hubstaff-hours: user 7003: Hubstaff tells no name, so it is null
!
jq -c 'select(.user_id == "7003") | [.name, .tracked_s]' out >got
jq -c .missing report >>got
same got 'and null' <<'!'
[null,25585]
0
1
!

#
# tokens
#
start
hours
ok 'one exchange' test "$(asked exchange)" -eq 1
ok 'is kept for its owner alone' test "$(stat -c %a "$(tokens)")" = 600
jq -c 'del(.refresh_token, .access_token, .endpoint, .personal_token) | keys' \
	"$(tokens)" >got
same got 'as a record' <<'!'
["ends_at","type"]
!
hours
env -u HUBSTAFF_REFRESH_TOKEN hubstaff-hours --days=1 >out 2>err
ok 'which does for later starts, also without the personal token' test \
	"$(asked exchange)" -eq 1 -a -s out
sed "s/\"ends_at\":\"[^\"]*\"/\"ends_at\":\"$(date -u -d '+299 seconds' +%FT%TZ)\"/" \
	"$(tokens)" >short
cat short >"$(tokens)"
hours
exits 0 'an access token that ends soon'
ok 'is renewed' test "$(asked exchange)" -eq 2
sed 's/hsat_[0-9a-f]*/hsat_other/' "$(tokens)" >bad
cat bad >"$(tokens)"
hours
exits 0 'one that is taken back'
ok 'is replaced, once' test "$(asked exchange)" -eq 3
same_file out day 'and all is there'
run hubstaff-hours --days=1 --token-file="$PWD/mine"
exits 2 'a personal token that is used up'
sed 's/127.0.0.1:[0-9]*/HOST/' err >said
same said 'it says what to do' <<'!'
hubstaff-hours: the refresh token was used before, has expired or was revoked: create a new personal access token at developer.hubstaff.com and set HUBSTAFF_REFRESH_TOKEN to it (POST http://HOST/access_tokens: Hubstaff gives no token: 400 invalid_grant: The refresh token is invalid, expired, revoked, or was used before)
!
start
sed 's/hsrt_[0-9a-f]*/hsrt_old/; s/hsat_/x/' short |
	jq -c --arg e "$sandbox" '.endpoint = $e' >mine
chmod 600 mine
hours --token-file=mine
exits 0 'a token of the file that is refused gives way to the personal one'
jq -r '[.call, .status] | join(" ")' log | grep exchange >got
same got 'which is tried once' <<'!'
exchange 400
exchange 200
!
HUBSTAFF_REFRESH_TOKEN=hsrt_mistyped hours --token-file=mine
exits 0 'another personal token does not hurt while the access token is good'
sed 's/"ends_at":"[^"]*"/"ends_at":"2026-01-01T00:00:00Z"/' mine >late
cp late mine
HUBSTAFF_REFRESH_TOKEN=hsrt_mistyped hours --token-file=mine
exits 0 'and then the one of the file is tried, too'
tail -n +2 log | jq -r '[.call, .status] | join(" ")' | grep exchange >got
same got 'after the new one' <<'!'
exchange 200
exchange 400
exchange 200
!
start
hours --token-file=mine
exits 2 'tokens of another server'
has err '^hubstaff-hours: mine: the tokens are of http.*name another file' \
	'are not sent to this one'
ok 'nothing was asked' test ! -s log
chmod 644 mine
hours --token-file=mine
exits 2 'a file that others can read'
has err 'run chmod 600 mine' 'it says what to do'
chmod 600 mine
echo '{"type":"other"}' >mine
hours --token-file=mine
exits 2 'a file of something else'
has err '^hubstaff-hours: mine: these are no tokens of Hubstaff' 'it says so'
hours --token-file=/nowhere/tokens
exits 2 'a file that cannot be written'
ok 'is found out before the token is used up' test ! -s log
HUBSTAFF_REFRESH_TOKEN='' hours
exits 2 'no token at all'
has err '^hubstaff-hours: no token of Hubstaff: neither HUBSTAFF_REFRESH_TOKEN' \
	'it says where one may be'
HUBSTAFF_REFRESH_TOKEN='a b' hours
exits 2 'a token with a blank in it'
env -u HOME -u XDG_STATE_HOME hubstaff-hours --days=1 >out 2>err
has err 'HOME is not set: name the file of the tokens with --token-file' \
	'nowhere to keep it'
env -u XDG_STATE_HOME HOME="$PWD/home" hubstaff-hours --days=1 >out 2>err
ok 'it is kept below HOME' sh -c \
	'ls home/.local/state/kpipe/hubstaff-tokens-*.json'
start
HUBSTAFF_ACCESS_TOKEN=hsoat_kpipe-sandbox-token hours
exits 0 'the token of an organisation'
same_file out day 'reads the same'
ok 'without an exchange or a file' test "$(asked exchange)" -eq 0 -a \
	! -e "$XDG_STATE_HOME"
HUBSTAFF_ACCESS_TOKEN=hsoat_other hours
exits 2 'one that is refused'
has err '^hubstaff-hours: check HUBSTAFF_ACCESS_TOKEN: .* 401 invalid_token' \
	'it says which'
HUBSTAFF_TOKEN_URL=http://127.0.0.1:9 hours --max-wait=1
exits 75 'tokens come from their own server'
has err '127.0.0.1:9/access_tokens: cannot connect' 'when one is named'

#
# two jobs at once
#

# eight_jobs: all at once; those that fail are in $failed
eight_jobs() {
	for job in 1 2 3 4 5 6 7 8; do
		# shellcheck disable=SC2086 # two words
		hubstaff-hours $one >"job.$job" 2>"job.$job.err" &
		eval "job_$job=$!"
	done
	failed=
	for job in 1 2 3 4 5 6 7 8; do
		eval "wait \$job_$job" || failed="$failed $job"
	done
}

start
eight_jobs
ok 'eight jobs at once all come through' test -z "$failed"
ok 'with one exchange' test "$(asked exchange)" -eq 1
ok 'and have the same' sh -c 'cat job.? | sort | uniq -c |
    awk "\$1 != 8" | grep -c . | grep -q "^0\$"'
start --hubstaff-token-seconds=1
eight_jobs
ok 'also when each needs a token of its own' test -z "$failed"
lacks log '"call":"exchange".*"status":4|"status":4.*"exchange"' \
	'none sends a token that another used up'
start
mkdir -p "$XDG_STATE_HOME/kpipe"
hours
flock -F "$(tokens).lock" sh -c ': >held; exec sleep 100' &
holder=$!
sed 's/"ends_at":"[^"]*"/"ends_at":"2026-01-01T00:00:00Z"/' "$(tokens)" >late
cat late >"$(tokens)"
until [ -e held ]; do
	sleep 0.05
done
hours --max-wait=1
exits 75 'another job that does not end its exchange'
has err 'another process holds the lock' 'is told'
kill "$holder"
wait "$holder" 2>/dev/null

#
# kill -9
#

# begin [FAULT]: a run in the background whose exchange is under way
begin() {
	# shellcheck disable=SC2086 # two words
	hubstaff-hours $one --rate=100000 >killed 2>killed.err &
	job=$!
	tries=0
	until [ -s log ] || [ "$tries" -gt 200 ]; do
		tries=$((tries + 1))
		sleep 0.02
	done
}

start --fault=stall:path=access_tokens:times=1
begin
sleep 0.1
kill -9 "$job"
wait "$job" 2>/dev/null
empty killed 'killed between the exchange and the file, nothing is written'
jq -c '[.refresh_token == "kpipe-sandbox-token", has("access_token"),
    has("asked_at")]' "$(tokens)" >got
same got 'the file has the old token, and that an exchange began' <<'!'
[true,true,true]
!
hours
exits 2 'the next run cannot go on'
has err '^hubstaff-hours: an exchange of tokens that began at 20[0-9TZ:-]* was broken off before the new one was in .*, and the old one is used up: create a new personal access token' \
	'it says what happened and what to do'
empty out 'and writes nothing'
edit '.ends_s = []'
hours
exits 0 'with a new personal token it does'
same_file out day 'and has everything'

start --fault=503:path=access_tokens:after=30:times=1
begin
sleep 0.1
kill -9 "$job"
wait "$job" 2>/dev/null
ok 'killed before the exchange was made, the file says it began' \
	jq -e 'has("asked_at")' "$(tokens)"
hours
exits 0 'the next run goes on'
ok 'and the file says no more of it' jq -e 'has("asked_at") | not' \
	"$(tokens)"

start
hours
cp "$(tokens)" good
file=$(tokens)
jq -c '.refresh_token = "kpipe-sandbox-token" | del(.access_token, .ends_at) |
    .asked_at = "2026-11-21T08:00:00Z"' good >"$file"
cp good "$(dirname "$file")/.$(basename "$file").AbC123"
chmod 600 "$(dirname "$file")/.$(basename "$file").AbC123"
head -c 90 good >"$(dirname "$file")/.$(basename "$file").AbC124"
chmod 600 "$(dirname "$file")/.$(basename "$file").AbC124"
hours
exits 0 'killed in the middle of keeping them, the tokens are found'
ok 'without an exchange' test "$(asked exchange)" -eq 1
same_file "$file" good 'and kept'
ok 'nothing is left beside the file' sh -c \
	'[ "$(ls -A "$0" | wc -l)" -eq 2 ]' "$(dirname "$file")"
cp good "$(dirname "$file")/.$(basename "$file").AbC125"
chmod 600 "$(dirname "$file")/.$(basename "$file").AbC125"
sed 's/"ends_at":"[^"]*"/"ends_at":"2026-01-01T00:00:00Z"/' good >"$file"
hours
exits 0 'one that is not missed'
ok 'is not used, and removed' sh -c \
	'[ "$(ls -A "$0" | wc -l)" -eq 2 ]' "$(dirname "$file")"

# at any instant: it goes on, or it says the one thing that can be wrong
start --hubstaff-token-seconds=1
: >odd
lost=0
for nr in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
	hours_pid=
	# shellcheck disable=SC2086 # two words
	hubstaff-hours $one --rate=100000 >killed 2>killed.err &
	hours_pid=$!
	sleep "0.0$((nr % 5 * 4 + nr % 3))"
	kill -9 "$hours_pid" 2>/dev/null
	wait "$hours_pid" 2>/dev/null
	[ ! -e "$(tokens 2>/dev/null)" ] || {
		[ "$(stat -c %a "$(tokens)")" = 600 ] || echo "$nr mode"
		jq -e .refresh_token "$(tokens)" >/dev/null || echo "$nr file"
	}
	hours
	case $status in
	0) cmp out day || echo "$nr out" ;;
	2)
		lost=$((lost + 1))
		grep -q 'was broken off before' err || cat err
		edit '.ends_s = []'
		hours
		[ "$status" -eq 0 ] || cat err
		;;
	*) cat err ;;
	esac
done >odd 2>&1
empty odd 'killed at any instant, it goes on or says what is lost'
echo "# $lost of 25 lost their token"

#
# what goes wrong
#
start --fault=503:path=activities:after=1
hours --report=report
exits 75 'case 47: a server that is ill to the end'
empty out 'case 47: nobody looks as if they did not work'
jq -s -c '.[0] | [.complete, .retries, (.reason | test("4201.*503"))]' \
	report >got
same got 'the report says so' <<'!'
[false,5,true]
!
ok 'after six tries' test "$(asked list activities)" -eq 6
start --fault=503:path=activities:after=1:times=2,429:path=members:after=1:times=1
hours --verbose
exits 0 'one that recovers'
same_file out day 'is waited for'
has err '3 of them again, 1 answered 429' 'it says how often'
start --fault=429:path=members:after=500
hours
exits 75 'a limit that is asked to be waited for longer'
has err '429 rate_limited: Rate limit exceeded' 'is told'
for fault in cut gzipcut reset stall:ms=10 401; do
	start "--fault=$fault:path=v2:at=3"
	hours
	exits 0 "an answer that is bad once: $fault"
	same_file out day 'is asked for again'
done
for fault in badjson html 400 404; do
	start "--fault=$fault:path=activities"
	hours
	exits 2 "an answer that is no answer: $fault"
	empty out 'is not taken for one'
done
start --fault=403:path=members:times=1
hours
exits 2 'an organisation that does not pay'
has err "organisation 4201 'Lantern House': .* 403 not_authorized: API access is only for organizations on an active plan" \
	'is told'
start --hubstaff-lapsed
hours
exits 2 'also one among others'
empty out 'then nothing is written'
hours --skip-org=4209
exits 0 'it may be left out'
same_file out day 'then the others are there'
start --chatters=700 --fault=loopcursor:path=activities:at=3
run hubstaff-hours --since=2026-02-01 --until=2026-02-28 --rate=100000
exits 2 'pages that go round in a circle'
has err 'page_start_id [0-9]+ comes again: the pages have no end' 'are told'
start --chatters=700 --fault=emptycursor:path=activities:every=3:times=5
run hubstaff-hours --since=2026-02-01 --until=2026-02-28 --rate=100000 \
	--report=report
exits 0 'empty pages that lead on'
same_file out many 'are followed, and what comes twice counts once'
ok 'the report tells of that' sh -c \
	'[ "$(jq -s "[.[].duplicates] | add" report)" -gt 0 ]'
start --hubstaff-role=user
hours
exits 2 'the token of somebody who sees nobody else'
has err 'the token is of a user who sees nobody else' 'it says why that matters'
hours --tracked-only
exits 0 'what it sees may be had'
start --hubstaff-role=manager
hours
exits 0 'a manager sees all'
same_file out day 'as the owner does'
start --fault=503:path=access_tokens:after=1
hours
exits 75 'no token for now'
start --fault=cut:path=access_tokens:times=1
hours
exits 2 'an exchange whose answer is lost on its way'
has err 'the answer with the new tokens got lost on its way' 'is told'

#
# how it is called
#
for wrong in --since=x --until=2026-02-30 '--since=2026-02-02 --until=2026-02-01' \
	'--since=2026-02-01 --days=3' --days=0 '--since=2020-01-01' --org=x \
	--skip-org= --rate=0 --max-wait=0 operand; do
	# shellcheck disable=SC2086 # words
	run hubstaff-hours $wrong
	exits 2 "refused: $wrong"
done
start
# shellcheck disable=SC2016 # for the other shell
run sh -c 'hubstaff-hours --days=1 >/dev/full'
exits 2 'a full disk'
HUBSTAFF_BASE_URL='' hours --base-url="$sandbox/"
exits 0 'the server by an option, with a slash'
same_file out day 'is the same'
HUBSTAFF_BASE_URL=ftp://127.0.0.1 hours
exits 2 'a server of another kind'
all_done
