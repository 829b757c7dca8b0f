#!/bin/sh
# chatter-day(1)
. "${0%/*}/../lib.sh"

# person ID NAME TEAM [STATUS [ROLE]]
person() {
	printf '{"type":"roster","id":"%s","name":"%s","team":"%s",' "$1" "$2" "$3"
	printf '"status":"%s","role":"%s"}\n' "${4-Active}" "${5-Chatter}"
}

# hours ID SECONDS [DATE]
hours() {
	printf '{"type":"hubstaff_hours","date":"%s","user_id":"7","id":"%s",' \
		"${3-2026-02-10}" "$1"
	printf '"tracked_s":%s}\n' "$2"
}

# row ID MEMBERS [DATE]
row() {
	printf '{"type":"inflow_row","date":"%s","id":"%s",%s}\n' \
		"${3-2026-02-10}" "$1" "$2"
}

# shown FILTER: what jq makes of each record
shown() {
	jq -r "$1 | tostring" out >shown
}

{
	person a Alice Day
	person b Bruno 'Team D'
	person c Celia evening
	person d Daniel night
	person e Eve Blue
} >roster

# whether somebody worked
{
	hours a 3599
	row a '"sales":200,"messages_sent":10'
	hours b 3600
	row b '"sales":80'
	hours c 27900
	row d '"sales":50'
	hours e 0
} >in
run chatter-day roster in
exits 0 'hours and rows are joined'
empty err 'nothing is told'
shown 'select(.type == "chatter_day") |
	[.id, .status, .tracked_s, .sales, .sales_hr]'
same shown 'case 42: a second less than an hour is a day off; case 43: an hour is worked; case 46: without a row there is no data' <<'!'
["a","day_off",3599,null,null]
["b","worked",3600,80,80]
["c","no_data",27900,null,null]
["e","day_off",0,null,null]
!
shown 'select(.type != "chatter_day") | [.type, .note, .id, .sales, .text]'
same shown 'case 42: sales without hours are a note' <<'!'
["operations_note","sales_without_hours","a",200,"sales of $200.00 with 3599 s of tracked time"]
!
metrics chatters --as-of=2026-02-11 roster out >figures
jq -c 'select(.type == "chatter" and .id == "a") |
	[.status, .score, .band, .sales]' figures >shown
echo '["day_off",null,"off",null]' | same shown 'case 42: and no score'
jq -c 'select(.type == "chatter_summary") | [.worked, .sales]' figures >shown
echo '[1,80]' | same shown 'case 42: nor in a total'
jq -c 'select(.type == "chatter" and .id == "c") |
	[.status, .score, .band, .tracked_s / 3600]' figures >shown
echo '["no_data",null,null,7.75]' |
	same shown 'case 46: hours without a row are no data, and no score'
run chatter-day --keep-nodata roster in
shown 'select(.id == "d") | [.status, .tracked_s, .sales]'
same shown 'whose hours are unknown is no_data, where that is kept' <<'!'
["no_data",null,null]
!

# several records of a person and day
{
	hours a 1800
	hours a 1800 | sed 's/"7"/"8"/'
	row a '"sales":1'
	hours b 2000
	hours b 2000 | sed 's/"7"/"8"/'
	row b '"sales":1'
	hours b 2000
	hours c 7200
	row c '"sales":100,"messages_sent":200,"ppvs_sent":6,"ppvs_unlocked":3,"reply_s":90'
	row c '"sales":50,"messages_sent":100,"ppvs_sent":6,"ppvs_unlocked":1,"reply_s":180'
	row c '"sales":50,"messages_sent":100,"ppvs_sent":6,"ppvs_unlocked":1,"reply_s":180'
} >in
run chatter-day roster in
shown '[.id, .status, .tracked_s]'
same shown 'case 44: records of one person are added; case 45: of two organisations too; one that comes twice counts once' <<'!'
["a","worked",3600]
["b","worked",4000]
["c","worked",7200]
!
shown 'select(.id == "c") | [.sales, .golden_pct, .unlock_pct, .reply_s,
	.sales_hr, .msg_hr, .fans_hr]'
same shown 'rows are added, percentages made anew, and a row twice counts once' <<'!'
[150,4,33.333333333333336,120,75,150,null]
!
sort -r in | chatter-day roster - >other
run chatter-day in roster
same_file out other 'the order of the input is no matter'

# one row is kept as it is; rates are of tracked time
{
	hours a 27900
	row a '"sales":412.5,"messages_sent":685,"ppvs_sent":45,"ppvs_unlocked":18,"golden_pct":3.1,"unlock_pct":41.2,"fans":63,"fans_spent":6,"cvr_pct":9.8,"reply_s":102,"clocked_h":4'
	hours b 7200
	row b '"sales":1,"msg_hr_csv":50,"clocked_h":4'
	hours c 7200
	row c '"sales":null,"msg_hr_csv":50'
} >in
run chatter-day roster in
head -n 1 out >line
same line 'a day worked has all its figures, unrounded' <<'!'
{"type":"chatter_day","date":"2026-02-10","id":"a","name":"Alice","team":"day","status":"worked","tracked_s":27900,"sales":412.5,"messages_sent":685,"ppvs_sent":45,"ppvs_unlocked":18,"fans":63,"fans_spent":6,"golden_pct":3.1,"unlock_pct":41.2,"cvr_pct":9.8,"reply_s":102,"sales_hr":53.225806451612904,"msg_hr":88.38709677419355,"fans_hr":8.129032258064516}
!
shown 'select(.id != "a") | [.messages_sent, .msg_hr]'
same shown 'messages per hour of the export, where they were not counted' <<'!'
[null,100]
[null,50]
!

# no hours of anybody: a fetch that failed
{
	row a '"sales":200'
	row b '"sales":100'
	hours a 30000 2026-02-09
} >in
run chatter-day roster in
exits 0 'a day without any hours is no failure'
shown '[.type, .date, .id, .status, .note]'
same shown 'case 47: and nobody has a day off' <<'!'
["chatter_day","2026-02-09","a","no_data",null]
["operations_note","2026-02-10",null,null,"no_hours"]
!
run chatter-day --date=2026-02-10 --keep-nodata roster in
shown '[.type, .date, .note]'
echo '["operations_note","2026-02-10","no_hours"]' |
	same shown '--date: only that day; of no hours there is no day to keep'
run chatter-day --date=2026-02-09 --keep-nodata roster in
shown '[.date, .id, .status]'
same shown '--keep-nodata: those of whom nothing is known' <<'!'
["2026-02-09","a","no_data"]
["2026-02-09","b","no_data"]
["2026-02-09","c","no_data"]
["2026-02-09","d","no_data"]
["2026-02-09","e","no_data"]
!
run chatter-day --date=2026-02-20 roster in
shown '[.date, .note]'
echo '["2026-02-20","no_hours"]' | same shown 'also when there is nothing of it'

# teams and who is a chatter
{
	hours a 7200
	row a '"group":"Team E","sales":1'
	hours b 7200
	row b '"group":"day","sales":1'
	hours c 7200
	row c '"group":"VIP","sales":1'
	hours e 7200
	row e '"group":" TEAM  n ","sales":1'
	row e '"group":"Blue","sales":2'
	row e '"group":"Team D","sales":3'
	hours gone 7200
	row gone '"sales":1'
} >in
run chatter-day --verbose roster in
shown 'select(.type == "operations_note") | [.id, .note, .team, .group]'
same shown 'a group that is another team is a note, one that is none is not' <<'!'
["a","other_team","day","Team E"]
["e","other_team","blue"," TEAM  n "]
!
shown 'select(.type == "chatter_day") | [.id, .team]'
same shown 'the team is that of the roster' <<'!'
["a","day"]
["b","day"]
["c","evening"]
["e","blue"]
!
has err '1 others have hours or rows' 'others are counted'
{
	person a Alice Day Fired
	person b Bruno Day Active 'Team Leader'
	person c Boss ' Team 0'
	person d Daniel Day active ''
	echo '{"type":"roster","id":"e","name":"Eve"}'
	echo '{"type":"roster","id":"f","name":"Fay","status":null}'
	for id in a b c d e f; do
		hours "$id" 7200
	done
} >in
run chatter-day in
shown '[.id, .team]'
same shown 'active chatters of a team that is shown' <<'!'
["d","day"]
["e",null]
["f",null]
!
person a Ana 'Équipe Ciel' >roster.utf8
hours a 7200 >>roster.utf8
row a '"group":"TEAM  ÉQUIPE  CIEL"' >>roster.utf8
echo '{"teams":[{"key":"sky","name":"équipe ciel"}]}' >set.json
run chatter-day --config=set.json roster.utf8
shown '[.type, .team]'
echo '["chatter_day","sky"]' | same shown 'a name of a team has no case in any letter'
cat >set.json <<'!'
{"teams":[{"key":"red","name":"Rouge","aliases":["day"]}],
 "excluded_teams":["evening"],"hours":{"worked_min_seconds":7201},"other":1,
 "roster":{"statuses":["on trial"]}}
!
grep hubstaff_hours in >hours
sed 's/Active/On trial/; /Eve/s/On trial/Fired/' roster >trial
run chatter-day --config=set.json trial hours
exits 0 'settings are read'
shown '[.id, .team, .status]'
same shown 'teams, hours and words of the roster are settings' <<'!'
["a","red","day_off"]
["b","d","day_off"]
["d","night","day_off"]
!

# names that were not matched, and what is wrong
{
	cat roster
	echo '{"type":"hubstaff_hours","date":"2026-02-10","id":null,"tracked_s":1}'
} >in
run chatter-day in
exits 0 'a name that nobody was found for is passed over'
empty out 'and says that there are hours of the day'
bad() { # bad NAME PATTERN RECORD
	{
		cat roster
		echo "$3"
	} >in
	run chatter-day in
	exits 2 "$1 is refused"
	has err "^chatter-day: in:6: $2" "$1: line and reason are told"
}
bad 'a row without an id' "field 'id' is missing: name-match adds it" \
	'{"type":"inflow_row","date":"2026-02-10","sales":1}'
bad 'a day that is none' "field 'date' is no day as 2026-02-10: '10/02'" \
	'{"type":"inflow_row","date":"10/02","id":"a"}'
bad 'hours without time' "field 'tracked_s' is missing or null" \
	'{"type":"hubstaff_hours","date":"2026-02-10","id":"a"}'
bad 'half a second' "field 'tracked_s' is no count of seconds" \
	'{"type":"hubstaff_hours","date":"2026-02-10","id":"a","tracked_s":1.5}'
bad 'text for a figure' "field 'sales' is no number" \
	'{"type":"inflow_row","date":"2026-02-10","id":"a","sales":"1"}'
hours a 1 >in
run chatter-day in
exits 2 'without a roster there is nobody'
has err 'no chatter who is active' 'which is told'
run chatter-day --date=yesterday roster
exits 2 'a date that is none is refused'
run sh -c 'chatter-day "$0" >/dev/full' roster
exits 0 'nothing to write does not fail'
hours a 1 >>roster
run sh -c 'chatter-day "$0" >/dev/full' roster
exits 2 'a full disk is not success'
all_done
