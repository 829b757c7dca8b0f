#!/bin/sh
# slow: a whole day of the chatters' jobs, against vendors that have bad days:
# the same end as on a good day, and nothing twice
. "${0%/*}/../lib.sh"

# shellcheck source=tests/chatters-day.sh
. "$top/tests/chatters-day.sh"

# job COMMAND...: again until it is done, as cron would start it
job() {
	tries=0
	until "$@" >>jobs.out 2>>jobs.err; do
		job_status=$?
		tries=$((tries + 1))
		echo "$job_status $*" >>failed
		[ "$job_status" -eq 75 ] && [ "$tries" -lt 20 ] || return 1
	done
}

# the jobs of a Monday afternoon and what else leads are told, in that folder
a_day() {
	job run-scheduled --data="$1" --logs="$1/logs" --now=$now '30 15 * * *' &&
		job chatters-brief leads --data="$1" --scheduled=$now night day
}

# what there is in the end, of all that the jobs write to; a report says how much
# was stored by the start that it is of
end_of() {
	curl -s "$sandbox/sandbox/airtable" | jq -c '.tables[] |
	    [.name, ([.records[].fields] | map(tojson) | sort)]' >"$1.airtable"
	curl -s "$sandbox/sandbox/slack" | jq -c '.posted |
	    map([.channel, (.text | gsub("Stored in [^\n]*\n"; "")),
	    (.blocks | map(select((.text.text? // "") | test("^Stored in ") | not)))]) |
	    sort[]' >"$1.slack"
	kpipe-history get --store="$1/history.sqlite" >"$1.history"
	git -C "$1.git" show main:index.html >"$1.page"
	git -C "$1.git" log --format=%s main >"$1.commits"
}

same_end() {
	for part in airtable slack history page commits; do
		same_file "$1.$part" "good.$part" "$2: $part"
	done
}

begin() {
	git init -q --bare -b main "$1.git"
	mkdir "$1"
	PAGES_URL=$PWD/$1.git
	export PAGES_URL
	: >failed
	: >jobs.err
	: >jobs.out
}

# a good day
sandbox_start
begin good
a_day good
result 'the jobs of a day are done'
empty jobs.err 'without a word'
end_of good
ok 'a table has a record for each chatter and day' jq -s -e '
    map(select(.[0] == "Daily Performance"))[0][1] | map(fromjson |
    [.Chatter, .Date]) | length == (unique | length) and length > 60' \
	good.airtable
[ "$(wc -l <good.history)" -gt 45 ]
result 'so has the history'
ok 'four leads and the management were told, and operations of each export' \
	sh -c '[ "$(wc -l <good.slack)" -eq 7 ]'
has good.page '</html>' 'the page is published'

# the same again
cp good.airtable first.airtable
cp good.slack first.slack
a_day good
result 'one start more of each'
end_of good
same_file good.airtable first.airtable 'changes no record'
same_file good.slack first.slack 'sends nothing'
[ "$(wc -l <good.commits)" -eq 1 ]
result 'and publishes nothing'

# vendors that have bad days
sandbox_start --hubstaff-exchanges=0 --airtable-limit=0 \
	--fault=503:path=/v0/:every=4:times=8,cut:path=/v0/:every=7:times=5 \
	--fault=reset:path=/v0/:every=9:times=5 \
	--fault=503:path=/v2/:every=2:times=5,cut:path=/v2/:every=5:times=5 \
	--fault=reset:path=/api/:every=4:times=6,cut:path=/api/:every=9:times=5 \
	--fault=503:path=/files-pri:every=2:times=3
begin ill
a_day ill
result 'vendors that are ill'
end_of ill
same_end ill 'the same end'
echo "# starts that failed: $(wc -l <failed)"

# killed at any time, with all that it started, and started again; the token of
# an organisation, since that of a person is lost when its exchange is
sandbox_start
HUBSTAFF_ACCESS_TOKEN=hsoat_kpipe-sandbox-token
export HUBSTAFF_ACCESS_TOKEN
begin killed
cat >killed.py <<'!'
# killed.py SECONDS COMMAND...: run it as a session, and kill all of that
import os, signal, subprocess, sys, time
child = subprocess.Popen(sys.argv[2:], start_new_session=True)
try:
    child.wait(float(sys.argv[1]))
except subprocess.TimeoutExpired:
    pass
for entry in os.listdir("/proc"):
    try:
        with open(f"/proc/{entry}/stat") as f:
            session = int(f.read().rsplit(")", 1)[1].split()[3])
        if session == child.pid:
            os.kill(int(entry), signal.SIGKILL)
    except (OSError, ValueError):
        pass
child.wait()
!
for after in 0.1 0.3 0.6 0.8 1 1.3 1.6 2 2.5 3 4; do
	python3 killed.py $after chatters-ingest --data=killed --as-of=$now \
		>>jobs.out 2>>jobs.err
done
for after in 0.2 0.8 1.5 2.2 2.6; do
	python3 killed.py $after chatters-page --data=killed --as-of=$now \
		>>jobs.out 2>>jobs.err
	python3 killed.py $after chatters-brief leads --data=killed \
		--scheduled=$now night day evening >>jobs.out 2>>jobs.err
done
a_day killed
result 'jobs that were killed at some time'
end_of killed
same_end killed 'the same end'
all_done
