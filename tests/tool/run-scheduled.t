#!/bin/sh
# run-scheduled(1), over stand-ins for the scripts that it runs
. "${0%/*}/../lib.sh"

# beside run-scheduled there is nothing but the stand-ins
mkdir scripts
cp "$B/bin/run-scheduled" "$B/share/kpipe/pipeline.bash" scripts
for name in chatters-ingest chatters-page chatters-brief; do
	cat >scripts/$name <<'!'
#!/bin/sh
# does what DIR/NAME-WORD or DIR/NAME says
name=${0##*/}
for last; do :; done
echo "$name $*" >>"$STAND_INS/calls"
echo "$name prints"
for file in "$STAND_INS/$name-$last" "$STAND_INS/$name"; do
	[ ! -e "$file" ] || {
		. "$file"
		exit
	}
done
!
	chmod +x scripts/$name
done
PATH=$PWD/scripts:$PATH
STAND_INS=$PWD/stand-ins
export PATH STAND_INS
mkdir stand-ins

# scheduled NOW ARG...: run it with nothing told yet
scheduled() {
	rm -rf logs stand-ins/calls
	: >stand-ins/calls
	now=$1
	shift
	run run-scheduled --now="$now" "$@"
}

# outcomes: the reports, without the clock
outcomes() {
	to-csv --no-header --columns=job,team,status,outcome logs/jobs.ndjson
}

# does NAME FILE...: what the stand-in then does
does() {
	cat >"stand-ins/$1"
}

nothing_special() {
	rm -f stand-ins/chatters-*
}

scheduled 2026-02-16T07:41:00Z '30 7 * * *'
exits 0 'case 86: Monday at 07:41'
same stand-ins/calls 'case 86: runs the briefing of the day team alone' <<'!'
chatters-brief --scheduled=2026-02-16T07:30:00Z leads day
!
scheduled 2026-02-16T15:30:00Z '30 15 * * *'
exits 0 'case 87: Monday at 15:30'
cat >monday <<'!'
chatters-ingest --as-of=2026-02-16T15:30:00Z
chatters-page --as-of=2026-02-16T15:30:00Z
chatters-brief --scheduled=2026-02-16T15:30:00Z leads evening
chatters-brief --scheduled=2026-02-16T15:30:00Z management
!
same_file stand-ins/calls monday 'case 87: runs four scripts, in order'
same out 'each job is told' <<'!'
ingest: done
dashboard: done
briefing evening: done
management-report: done
!
empty err 'and nothing else'
outcomes >noted
same noted 'and each is noted' <<'!'
ingest,,0,done
dashboard,,0,done
briefing,evening,0,done
management-report,,0,done
!
sed 's/\(_at":"\)[^"]*/\1T/g' logs/jobs.ndjson | head -n 1 >first
same first 'with all that is known of it' <<'!'
{"type":"job_report","job":"ingest","team":null,"scheduled":"2026-02-16T15:30:00Z","status":"0","outcome":"done","started_at":"T","ended_at":"T","cron":"30 15 * * *"}
!
cat logs/*.log >log
has log '^chatters-ingest prints$' 'what a script prints is in the log'
has log '^20..-..-.. ..:..:.. - run-scheduled: ingest: done$' 'and its end too'
scheduled 2026-02-17T00:05:00Z '30 15 * * *'
sed 's/as-of=[^ ]*/as-of=2026-02-17T00:05:00Z/' monday >expected
same_file stand-ins/calls expected 'case 88: on Tuesday at 00:05 as in case 87'
scheduled 2026-02-17T00:20:00Z '30 23 * * *'
same stand-ins/calls 'case 89: the leads of night and day, for Monday' <<'!'
chatters-brief --scheduled=2026-02-16T23:30:00Z leads night
chatters-brief --scheduled=2026-02-16T23:30:00Z leads day
!
scheduled 2026-02-17T08:15:00Z '30 7 * * *'
same stand-ins/calls 'case 90: Tuesday at 08:15' <<'!'
chatters-ingest --as-of=2026-02-17T08:15:00Z
chatters-page --as-of=2026-02-17T08:15:00Z
chatters-brief --scheduled=2026-02-17T07:30:00Z leads day
!
scheduled 2026-02-17T08:15:00Z '0 9 * * *'
exits 2 'case 91: an expression that stands for nothing'
empty stand-ins/calls 'case 91: nothing is run'
has err "^schedule: no jobs for cron '0 9 \* \* \*': known are" \
	'case 91: the known ones are told'
not_ok 'case 91: and no log is begun' test -e logs

# what fails does not stop what stands behind it
for ended in 1 2 75 137; do
	case $ended in
	1) told=incomplete expected=1 ;;
	75) told=again expected=75 ;;
	*) told=failed expected=2 ;;
	esac
	nothing_special
	echo "echo 'chatters-ingest: no file' >&2; exit $ended" |
		does chatters-ingest
	scheduled 2026-02-16T15:30:00Z '30 15 * * *'
	exits "$expected" "when the ingest ends with $ended, $expected comes of it"
	same_file stand-ins/calls monday 'and all others are run'
	printf '%s\n' 'chatters-ingest: no file' \
		"run-scheduled: ingest: $told, with status $ended" |
		same err 'and it is told'
	outcomes | sed 1q >found
	echo "ingest,,$ended,$told" | same found 'and noted'
	has out '^dashboard: done$' 'the others are told as ever'
	lacks out ingest 'and it is not'
	cat logs/*.log >log
	has log '^20..-..-.. ..:..:.. - chatters-ingest: no file$' \
		'the log has it with its time'
done
nothing_special
echo 'exit 2' | does chatters-page
scheduled 2026-02-16T15:30:00Z '30 15 * * *'
exits 2 'when the dashboard fails'
same_file stand-ins/calls monday 'briefings are sent'

# the worst of all: ingest, dashboard, briefing, report
while read -r ingest page leads report expected; do
	echo "exit $ingest" | does chatters-ingest
	echo "exit $page" | does chatters-page
	echo "exit $leads" | does chatters-brief-evening
	echo "exit $report" | does chatters-brief-management
	scheduled 2026-02-16T15:30:00Z '30 15 * * *'
	exits "$expected" "of $ingest, $page, $leads and $report $expected is the worst"
done <<'!'
0 0 0 1 1
1 0 75 0 75
75 1 0 0 75
1 75 2 75 2
2 75 1 0 2
0 0 99 75 2
75 0 0 139 2
!
nothing_special
mv scripts/chatters-page away
echo '#!/nowhere/sh' >scripts/chatters-page
chmod +x scripts/chatters-page
scheduled 2026-02-16T15:30:00Z '30 15 * * *'
exits 2 'a script that cannot be run is a failure'
has err 'chatters-page: .*not found' 'which is told'
ok 'of that job alone' test "$(wc -l <stand-ins/calls)" -eq 3
mv away scripts/chatters-page

# options
scheduled 2026-02-17T08:15:00Z --config="$examples/chatters/settings.json" \
	--data='my data' --env=secrets --logs=told '30  7 * * *'
exits 0 'options are taken'
sed -n 1p stand-ins/calls >found
echo "chatters-ingest --config=$examples/chatters/settings.json" \
	'--data=my data --env=secrets --as-of=2026-02-17T08:15:00Z' |
	same found 'and handed on'
ok 'the logs are where they shall be' test -s told/jobs.ndjson
run run-scheduled --now 2026-02-17T08:15:00Z --dry-run --data 'my data' \
	'30 7 * * *'
exits 0 'it can be tried dry'
same out 'which shows what would be run' <<'!'
chatters-ingest --data=my\ data --as-of=2026-02-17T08:15:00Z
chatters-page --data=my\ data --as-of=2026-02-17T08:15:00Z
chatters-brief --data=my\ data --scheduled=2026-02-17T07:30:00Z leads day
!
rm -rf logs
: >stand-ins/calls
run run-scheduled --dry-run '30 7 * * *'
empty stand-ins/calls 'and runs nothing'
not_ok 'and leaves nothing' test -e logs
scheduled 2026-02-17T10:00:00Z --verbose --jobs=dashboard,compliance:night
exits 0 'jobs can be named'
same stand-ins/calls 'and are due now' <<'!'
chatters-page --as-of=2026-02-17T10:00:00Z
chatters-brief --scheduled=2026-02-17T10:00:00Z compliance night
!
has err '^run-scheduled: dashboard: chatters-page --as-of=' \
	'with --verbose each command is told'
scheduled 2026-02-17T10:00:00Z --jobs=briefing:day '30 7 * * *'
has stand-ins/calls scheduled=2026-02-17T07:30:00Z 'or when a trigger was'
scheduled 2026-02-17T10:00:00Z
exits 2 'something is to be given'
scheduled 2026-02-17T10:00:00Z ''
exits 2 'an empty expression is none'
scheduled 2026-02-17T10:00:00Z --jobs=
exits 2 'nor is an empty list one'
scheduled 2026-02-17T10:00:00Z 30 7 '*' '*' '*'
exits 2 'an expression is one operand'
has err 'quote it' 'which is told'
scheduled soon '30 7 * * *'
exits 2 'an instant must be one'
scheduled 2026-02-17T10:00:00Z --jobs=sleep
exits 2 'a job must be one'
empty stand-ins/calls 'before anything is run'
cat >settings.json <<'!'
{"schedule":[{"cron":"0 0,12 * * *","jobs":["ingest"],"on":{"sunday":[]}}]}
!
scheduled 2026-02-15T12:01:00Z --config=settings.json '0 0,12 * * *'
exits 0 'on a day off'
echo "nothing to do for '0 0,12 * * *' on this day" |
	same out 'there is nothing to do, which is told'
empty stand-ins/calls 'and nothing is run'
scheduled 2026-02-16T12:01:00Z --config=settings.json '0 0,12 * * *'
exits 0 'an expression with commas'
has logs/jobs.ndjson '"cron":"0 0,12 \* \* \*"\}$' 'is noted whole'

# one at a time
# wait_for FILE
wait_for() {
	tries=0
	until [ -s "$1" ] || [ "$tries" -gt 400 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
}
# shellcheck disable=SC2016 # for the stand-in
echo 'echo $$ >"$STAND_INS/pid"; exec sleep 100' | does chatters-page
rm -rf logs stand-ins/pid
run-scheduled --now=2026-02-17T08:15:00Z '30 7 * * *' >first 2>first.err &
first=$!
wait_for stand-ins/pid
run run-scheduled --now=2026-02-17T08:15:00Z ' 30 7 *  * *'
exits 75 'a second one of the same expression may try later'
has err '^run-scheduled: logs: another run-scheduled is at work' 'which it says'
empty out 'and does nothing'
run run-scheduled --now=2026-02-17T08:15:00Z '30 23 * * *'
exits 0 'one of another expression does not wait'

# signals
kill -TERM "$first"
status=0
wait "$first" || status=$?
exits 143 'a signal ends it'
# the child is ended as well; a process that is dead may still be listed
tries=0
while kill -0 "$(cat stand-ins/pid)" 2>/dev/null && [ "$tries" -lt 100 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
not_ok 'and the script that it runs' kill -0 "$(cat stand-ins/pid)"
lacks stand-ins/calls 'T07:30:00Z leads day' 'and nothing is run behind that'
echo 'run-scheduled: dashboard: ended by a signal; what stands behind it was not run' |
	same first.err 'which is told'
echo 'ingest: done' | same first 'what was done before is told'
grep '30 7' logs/jobs.ndjson |
	to-csv --no-header --columns=job,status,outcome >noted
same noted 'and what was ended is noted' <<'!'
ingest,0,done
dashboard,143,ended
!
nothing_special
run run-scheduled --now=2026-02-17T08:15:00Z '30 7 * * *'
exits 0 'after that it can be started again'

mkdir locked
: >locked/logs
run run-scheduled --logs=locked/logs --now=2026-02-17T08:15:00Z '30 7 * * *'
exits 2 'without a folder for the logs nothing is run'
run sh -c 'run-scheduled --dry-run "30 7 * * *" >/dev/full'
exits 2 'a full disk is not success'
all_done
