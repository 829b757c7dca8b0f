#!/bin/sh
# schedule(1)
. "${0%/*}/../lib.sh"

# jobs NOW CRON: what is to be done, a job a line, into out; when it was due,
# into due
jobs() {
	run schedule --now="$1" "$2"
	mv out records
	to-csv --no-header --columns=job,team records >out
	to-csv --no-header --columns=scheduled records | sort -u >due
}

# 2026-02-16 is a Monday
jobs 2026-02-16T07:41:00Z '30 7 * * *'
exits 0 'case 86: Monday at 07:41'
same out 'case 86: the day team is briefed, and nothing else' <<'!'
briefing,day
!
empty err 'case 86: nothing is told'
same records 'case 86: the record' <<'!'
{"type":"job","nr":1,"job":"briefing","team":"day","scheduled":"2026-02-16T07:30:00Z","cron":"30 7 * * *"}
!
jobs 2026-02-16T15:30:00Z '30 15 * * *'
same out 'case 87: Monday at 15:30 does the work of the morning too' <<'!'
ingest,
dashboard,
briefing,evening
management-report,
!
jobs 2026-02-17T00:05:00Z '30 15 * * *'
same out 'case 88: started on Tuesday at 00:05 it is still Monday'\''s' <<'!'
ingest,
dashboard,
briefing,evening
management-report,
!
echo 2026-02-16T15:30:00Z | same due 'case 88: which it says'
jobs 2026-02-17T00:20:00Z '30 23 * * *'
same out 'case 89: at 00:20 the leads of night and day' <<'!'
briefing,night
briefing,day
!
echo 2026-02-16T23:30:00Z | same due 'case 89: for the evening before'
jobs 2026-02-17T08:15:00Z '30 7 * * *'
same out 'case 90: Tuesday at 08:15 is a day as any other' <<'!'
ingest,
dashboard,
briefing,day
!
echo 2026-02-17T07:30:00Z | same due 'case 90: and was due at 07:30'
run schedule --now=2026-02-17T08:15:00Z '0 9 * * *'
exits 2 'case 91: an expression that stands for nothing'
empty out 'case 91: nothing is to be done'
same err 'case 91: the known ones are told' <<'!'
schedule: no jobs for cron '0 9 * * *': known are '30 7 * * *', '30 15 * * *', '30 23 * * *'
!

jobs 2026-02-17T15:30:00Z '30 15 * * *'
echo briefing,evening | same out 'on a Tuesday afternoon one team is briefed'
jobs 2026-02-16T23:30:00Z '30 23 * * *'
same out 'on Monday night it is as on the others' <<'!'
briefing,night
briefing,day
!
jobs 2026-02-17T08:15:00Z '  30	7 *  * * '
exits 0 'blanks between the fields make no difference'
run schedule --now=2026-02-17T08:15:00Z '30 7 * * 0-6'
exits 2 'another spelling of the same times is another expression'

# the day is that of the instant it was due at: months, years, leap days
while read -r now at nr; do
	jobs "$now" '30 7 * * *'
	echo "$at" | same due "at $now it was due at $at"
	ok "and does $nr jobs" test "$(wc -l <out)" -eq "$nr"
done <<'!'
2026-03-01T07:29:59Z 2026-02-28T07:30:00Z 3
2024-03-01T00:00:00Z 2024-02-29T07:30:00Z 3
2024-02-29T07:30:00Z 2024-02-29T07:30:00Z 3
2026-01-01T07:00:00Z 2025-12-31T07:30:00Z 3
2026-06-01T07:30:00.000001Z 2026-06-01T07:30:00Z 1
2026-03-29T07:31:00Z 2026-03-29T07:30:00Z 3
2026-03-30T07:31:00+00:00 2026-03-30T07:30:00Z 1
2026-03-30T09:31:00+02:00 2026-03-30T07:30:00Z 1
2026-10-26T06:31:00-01:00 2026-10-26T07:30:00Z 1
!
run env TZ=America/New_York schedule --now=2026-03-09T07:45:00Z '30 7 * * *'
mv out there
run schedule --now=2026-03-09T07:45:00Z '30 7 * * *'
same_file out there 'the zone of the machine makes no difference'

# what fires in another zone is noticed
run schedule --now=2026-02-17T06:30:30Z '30 7 * * *'
exits 0 'a trigger that is 23 hours late is taken'
same err 'but told' <<'!'
schedule: was due 23 hours ago, at 2026-02-16T07:30:00Z: does the trigger fire in UTC?
!
run schedule --now=2026-02-17T00:20:00Z '30 15 * * *'
empty err 'some hours late is nothing to tell'

# by hand
run schedule --now=2026-02-16T12:00:07.5Z --jobs='ingest, dashboard,briefing:day'
exits 0 'jobs can be named'
same out 'and are due now' <<'!'
{"type":"job","nr":1,"job":"ingest","team":null,"scheduled":"2026-02-16T12:00:07Z","cron":null}
{"type":"job","nr":2,"job":"dashboard","team":null,"scheduled":"2026-02-16T12:00:07Z","cron":null}
{"type":"job","nr":3,"job":"briefing","team":"day","scheduled":"2026-02-16T12:00:07Z","cron":null}
!
run schedule --now=2026-02-16T12:00:00Z --jobs=management-report,compliance:night \
	'30 7 * * *'
exits 0 'or stand in for those of a trigger'
same out 'and are due when that was' <<'!'
{"type":"job","nr":1,"job":"management-report","team":null,"scheduled":"2026-02-16T07:30:00Z","cron":"30 7 * * *"}
{"type":"job","nr":2,"job":"compliance","team":"night","scheduled":"2026-02-16T07:30:00Z","cron":"30 7 * * *"}
!
run schedule --jobs='briefing:Team D'
has out '"team":"day"' 'a team has its key, by whatever name it is called'
while IFS='|' read -r list why; do
	run schedule --now=2026-02-16 --jobs="$list"
	exits 2 "--jobs='$list' is refused"
	has err "$why" 'and why is told'
	empty out 'with nothing to do'
done <<'!'
deploy|no job 'deploy': there are ingest
ingest,|no job '':
briefing|'briefing' names no team
briefing: |'briefing: ' names no team
ingest:day|'ingest:day' has no team
briefing:noon|no team 'noon' in the settings
!
run schedule
exits 2 'something is to be given'
run schedule 30 7 '*' '*' '*'
exits 2 'an expression without quotes is seen'
has err "quote it" 'and the remedy told'
run schedule --now=soon '30 7 * * *'
exits 2 'an instant must be one'
run schedule --now=0001-01-01T00:00:00Z '30 7 * * *'
exits 2 'before all time nothing was due'

# settings
cat >settings.json <<'!'
{"teams":[{"key":"alpha","aliases":["a"]},{"key":"beta"}],
 "schedule":[
 {"cron":" 0  6 1,15 * * ","jobs":["ingest","briefing:A"],
  "on":{"sunday":[],"monday":["management-report"]}},
 {"cron":"@daily","jobs":["briefing:beta","dashboard"]}]}
!
run schedule --config=settings.json --now=2026-01-02 '0 6 1,15 * *'
exits 0 'settings say what is done'
same out 'by their own names' <<'!'
{"type":"job","nr":1,"job":"ingest","team":null,"scheduled":"2026-01-01T06:00:00Z","cron":"0 6 1,15 * *"}
{"type":"job","nr":2,"job":"briefing","team":"alpha","scheduled":"2026-01-01T06:00:00Z","cron":"0 6 1,15 * *"}
!
run schedule --config=settings.json --now=2026-02-01T06:00:00Z '0 6 1,15 * *'
exits 0 'on a day with an empty list'
empty out 'there is nothing to do'
run schedule --config=settings.json --now=2026-06-15T06:00:00Z '0 6 1,15 * *'
has out '"job":"management-report"' 'a day has a list of its own'
run schedule --config=settings.json --now=2026-06-15T06:00:00Z @daily
has out '"team":"beta","scheduled":"2026-06-15T00:00:00Z"' 'a short form works'
run schedule --config=settings.json '30 7 * * *'
exits 2 'they stand in place of what is done else'
has err "known are '0 6 1,15 \* \*', '@daily'$" 'and are all that is known'

# bad TEXT WHY NAME: a "schedule" that is refused
bad() {
	printf '{"schedule":%s}\n' "$1" >bad.json
	run schedule --config=bad.json '30 7 * * *'
	exits 2 "$3"
	has err "^schedule: bad.json: $2" "$3: and why is told"
}
bad 7 'schedule is no list' 'a schedule is a list'
bad '[7]' 'schedule\[0\]: is no object' 'of objects'
bad '[{"jobs":[]}]' 'schedule\[0\]: cron is' 'each with an expression'
bad '[{"cron":"30 7 * *","jobs":[]}]' \
	"schedule\[0\]: cron '30 7 \* \*': has 4 fields" 'that is one'
bad '[{"cron":"0 0 30 2 *","jobs":[]}]' \
	"schedule\[0\]: cron '0 0 30 2 \*': never fires" 'and that can come'
bad '[{"cron":"@daily"}]' 'schedule\[0\]: jobs is no list' 'and with jobs'
bad '[{"cron":"@daily","jobs":["ingest","sleep"]}]' \
	"schedule\[0\]: jobs has no job 'sleep'" 'that there are'
bad '[{"cron":"@daily","jobs":[1]}]' 'schedule\[0\]: jobs is no list' \
	'a job is text'
bad '[{"cron":"@daily","jobs":[],"on":[]}]' 'schedule\[0\]: on is' \
	'days are an object'
bad '[{"cron":"@daily","jobs":[],"on":{"mon":[]}}]' \
	'schedule\[0\]: on.mon is no day' 'of days'
bad '[{"cron":"@daily","jobs":[],"monday":[]}]' \
	'schedule\[0\]: monday is no setting' 'nothing else is there'
bad '[{"cron":"@daily","jobs":[]},{"cron":"@daily ","jobs":[]}]' \
	"schedule\[1\]: cron '@daily' is there twice" 'and nothing twice'
printf '{"schedule":[{"cron":"@daily","jobs":["briefing:noon"]},%s]}\n' \
	'{"cron":"@hourly","jobs":[]}' >bad.json
run schedule --config=bad.json @hourly
exits 2 'a team that there is not is seen before its day comes'
has err "cron '@daily': no team 'noon' in the settings" 'and told'
echo '{"teams":[{"key":"a,b"}],"schedule":[]}' >bad.json
run schedule --config=bad.json --jobs='briefing:a'
exits 2 'half a key is no team'
echo '{"teams":[{"key":"a,b","aliases":["ab"]}],"schedule":[]}' >bad.json
run schedule --config=bad.json --jobs=briefing:ab
exits 2 'a key that is no word is refused'
has err "'a,b' has a comma" 'and why is told'
run schedule --config=missing.json @daily
exits 2 'settings that cannot be read are told'

# against another implementation
for seed in 1 2 3; do
	"$top/tests/reference/cron.py" "$seed" 100 >cases
	ok "seed $seed: there are cases" test -s cases
	{
		echo '{"schedule":['
		sed 's/	.*//; s/.*/{"cron":"&","jobs":["ingest"]}/; $!s/$/,/' cases
		echo ']}'
	} >many.json
	while IFS='	' read -r cron now at; do
		schedule --config=many.json --now="$now" "$cron" 2>/dev/null |
			to-csv --no-header --columns=scheduled >found
		[ "$(cat found)" = "$at" ] ||
			echo "$cron at $now: $(cat found), not $at"
	done <cases >differ
	empty differ "seed $seed: they were due when the reference says"
done

run sh -c 'schedule --jobs=ingest >/dev/full'
exits 2 'a full disk is not success'
all_done
