#!/bin/sh
# metrics(1), the model chatters
. "${0%/*}/../lib.sh"

# person ID NAME TEAM
person() {
	printf '{"type":"roster","id":"%s","name":"%s","team":"%s","status":"Active"}\n' \
		"$1" "$2" "$3"
}

# day ID DATE TRACKED MEMBERS: of the team day, worked
day() {
	printf '{"type":"chatter_day","date":"%s","id":"%s","name":"N%s",' "$2" "$1" "$1"
	printf '"team":"%s","status":"%s","tracked_s":%s%s}\n' \
		"${team-day}" "${state-worked}" "$3" "${4:+,$4}"
}

# off ID DATE
off() {
	state=day_off
	day "$1" "$2" 0
	unset state
}

# session ID DATE [MEMBERS]
session() {
	printf '{"type":"coaching_log","date":"%s","id":"%s",' "$2" "$1-$2"
	printf '"chatter_id":"%s"%s}\n' "$1" "${3:+,$3}"
}

# of TYPE FILTER: what jq makes of those records
of() {
	jq -r "select(.type == \"$1\") | $2 | tostring" out >shown
}

chatters() {
	run metrics chatters --as-of=2026-02-11T07:00:00Z "$@"
}

d=2026-02-10

# a score of each kind; the figures were worked by hand
full='"sales":412.5,"messages_sent":685,"cvr_pct":9.8,"unlock_pct":41.2,"golden_pct":3.1,"reply_s":102'
{
	day a $d 27900 "$full"
	day b $d 28800 '"sales_hr":60'
	day c $d 28800 '"sales_hr":60,"cvr_pct":9,"reply_s":0'
	day d $d 28800 '"sales_hr":10,"cvr_pct":3.5,"unlock_pct":15,"golden_pct":0.75,"msg_hr":35,"reply_s":225'
	off e $d
	state=no_data
	day f $d 27900
	unset state
} >in
chatters in
exits 0 'days get figures'
empty err 'nothing is told'
of chatter '[.id, .status, (.score | if . then . * 10 | round / 10 else . end),
	.score_int, .band, (.missing | join(" "))]'
same shown 'scored first, by score; then no data; then the day off' <<'!'
["a","worked",63.5,64,"good",""]
["c","worked",63.5,63,"good","unlock golden msg_hr reply_s"]
["d","worked",20,20,"low",""]
["b","worked",null,null,null,"cvr unlock golden msg_hr reply_s"]
["f","no_data",null,null,null,""]
["e","day_off",null,null,"off",""]
!
of chatter 'select(.id == "a") | [.sales_hr, .msg_hr, .fans_hr]'
echo '[53.225806451612904,88.38709677419355,null]' |
	same shown 'rates that are missing are worked out of the tracked time'
of chatter 'select(.id == "d") | [.flags[] | [.kpi, .value, .limit]]'
same shown 'flags have an order' <<'!'
[["sales_hr",10,20],["cvr",3.5,7],["unlock",15,30],["golden",0.75,1.5],["msg_hr",35,70],["reply_s",225,150]]
!
of chatter 'select(.id == "e" or .id == "f") | [.flags, .sparkline[6], .tracked_s]'
same shown 'who did not work has no flag' <<'!'
[[],null,27900]
[[],null,0]
!
{
	day a $d 28800 '"sales_hr":20,"cvr_pct":7,"unlock_pct":30,"golden_pct":1.5,"msg_hr":70,"reply_s":150'
} >in
chatters in
of chatter '[.score, .band, .flags]'
echo '[40,"fair",[]]' | same shown 'what is just at its flag is not flagged'

# trends: sales per hour, the oldest first, ending on the day; "off" is off
series() {
	n=$#
	for x; do
		n=$((n - 1))
		at=$(date -u -d "$d - $n days" +%F)
		case $x in
		off) off a "$at" ;;
		-) ;;
		*) day a "$at" 28800 "\"sales_hr\":$x" ;;
		esac
	done
}
arrow() { # arrow NAME EXPECTED VALUE...
	name=$1
	expected=$2
	shift 2
	series "$@" >in
	chatters in
	of chatter .kpi.sales_hr.arrow
	echo "$expected" | same shown "$name"
}
arrow '11.1 % above the mean points up' up 45 45 50
arrow '10.0 % does not' null 45 45 49.5
arrow '11.1 % below points down' down 40 50 40
arrow 'one day before is too few' null 45 50
arrow 'days off are not in the mean' up 45 off 45 50
arrow 'nor are days before the seven' null 45 45 off off off off off off 50
arrow 'the seventh day before counts' up 45 off off off off off 45 50
series 45 48 off 50 52 49 53 >in
chatters in
of chatter .sparkline
echo '[45,48,null,50,52,49,53]' | same shown 'a sparkline has a gap for a day off'
series 53 >in
chatters in
of chatter .sparkline
echo '[null,null,null,null,null,null,53]' | same shown 'and for days of which nothing is known'
streak() { # streak NAME EXPECTED VALUE...
	name=$1
	expected=$2
	shift 2
	series "$@" >in
	chatters in
	of chatter '[.streak, .streak_text]'
	echo "$expected" | same shown "$name"
}
streak 'three changes down' '[-3,"3d declining"]' 50 45 40 35
streak 'two changes are too few' '[0,null]' 50 45 40
streak 'a last change of nothing ends it' '[0,null]' 30 35 40 45 45
streak 'a day off does not' '[-3,"3d declining"]' 50 off 45 40 35
streak 'up' '[4,"4d improving"]' 9 1 2 3 4 5
streak 'who did not work has none' '[0,null]' 50 45 40 35 off
streak 'of fourteen days' '[0,null]' 5 6 7 off off off off off off off off off off off 8

# the funnel of one against a team with 1.2, 38 % and $18
{
	day a $d 28800 '"sales":360,"fans":60,"ppvs_sent":45,"ppvs_unlocked":18'
	day b $d 28800 '"sales":3924,"fans":470,"ppvs_sent":577.5,"ppvs_unlocked":219'
	day c $d 28800 '"sales":3924,"fans":470,"ppvs_sent":577.5,"ppvs_unlocked":219'
	team=evening
	day z $d 28800 '"sales":360,"fans":60,"ppvs_sent":0,"ppvs_unlocked":0'
	unset team
} >in
chatters in
of chatter 'select(.id == "a").funnel | [.ppvs_per_fan, .unlocked_pct,
	.sales_per_unlock, (.rel[] * 100 | round), .bottleneck, .text]'
same shown 'the weakest step is the bottleneck' <<'!'
[0.75,40,20,63,105,111,"ppvs_per_fan","Few PPVs sent for the fans chatted"]
!
of chatter 'select(.id == "b").funnel | [.bottleneck, .text]'
same shown 'and there may be none' <<'!'
[null,"No clear bottleneck"]
!
of chatter 'select(.id == "z").funnel | [.ppvs_per_fan, .unlocked_pct,
	.sales_per_unlock, .rel.ppvs_per_fan, .bottleneck]'
same shown 'nothing sent is 0, and says no more; too few in a team are compared with all' <<'!'
[0,null,null,0,"ppvs_per_fan"]
!

# traffic
fans() { # fans NAME EXPECTED FANS_HR...
	name=$1
	expected=$2
	shift 2
	i=0
	for x; do
		i=$((i + 1))
		day "p$i" $d 28800 "\"sales_hr\":1,\"fans_hr\":$x"
	done >in
	chatters in
	jq -r -s 'map(select(.type == "chatter_team" and .team == "day").traffic |
		.fans_hr, .ratio, .level),
		[.[] | select(.type == "chatter") | [.id, .traffic]] |
		tostring' out >shown
	echo "$expected" | same shown "$name"
}
fans 'bands and a warning' '[7,2.5,"warning"]
[["p1","high"],["p2","normal"],["p3","normal"],["p4","low"]]' 10 8 6 4
fans 'what is at a bound is normal' '[8,1.6666666666666667,null]
[["p1","normal"],["p2","normal"],["p3","normal"],["p4","normal"]]' 10 8 8 6
fans 'three times is critical' '[6,3,"critical"]
[["p1","high"],["p2","low"]]' 9 3
fans 'one alone is even' '[9,null,null]
[["p1","normal"]]' 9
of chatter_team 'select(.team == "day").traffic | [.text, .uneven_days, .lasts]'
echo '[null,0,false]' | same shown 'and there is nothing to say'
for n in 8 9 10; do
	day a "2026-02-$(printf %02d $n)" 28800 '"fans_hr":10'
	day b "2026-02-$(printf %02d $n)" 28800 '"fans_hr":4'
done >in
chatters in
of chatter_team 'select(.team == "day").traffic | [.text, .uneven_days, .lasts]'
same shown 'three days of seven last' <<'!'
["Traffic imbalance: busiest chatter has 2.5× the fans/hr of the quietest",3,true]
!

# the sums of a team
{
	person a A day
	person b B day
	person c C day
	person e E day
	day a $d 27900 '"sales":412.5,"cvr_pct":9.8,"fans":60'
	day b $d 28800 '"sales":300,"cvr_pct":7.0'
	day c $d 16200 '"sales":90,"cvr_pct":5.5,"fans":3'
	off e $d
} >in
chatters in
of chatter_team 'select(.team == "day") | [.sales, (.sales_hr, .sales_hr_pooled,
	.cvr_pct | . * 100 | round / 100), .fans, .worked, .chatters]'
echo '[802.5,36.91,39.63,7.43,63,3,4]' | same shown 'means are of those who worked'
of chatter_team 'select(.team == "night") | [.sales, .sales_hr, .worked, .chatters]'
echo '[null,null,0,0]' | same shown 'of nobody there is no sum'
of chatter_summary '[.sales, .worked, .day_off, .chatters]'
echo '[802.5,3,1,4]' | same shown 'all together'

# weeks
{
	day a 2026-02-02 36000 '"sales":500'
	day a 2026-02-09 21600 '"sales":300,"messages_sent":480,"ppvs_sent":24,"ppvs_unlocked":9,"fans":50,"fans_spent":5,"reply_s":90'
	day a $d 28800 '"sales":500,"messages_sent":720,"ppvs_sent":18,"ppvs_unlocked":9,"fans":70,"fans_spent":7,"reply_s":150'
	state=day_off
	day a 2026-02-08 1800 '"sales":100'
	unset state
	day b 2026-02-09 28799 '"sales":80,"cvr_pct":9'
	day c 2026-02-09 28800 '"sales":80,"cvr_pct":9'
	day c 2026-02-08 28800 '"sales":96'
} >in
chatters in
of chatter_week 'select(.week == "2026-W07" and .id == "a") |
	[.week_start, .days, (.sales_hr, .msg_hr, .cvr_pct, .unlock_pct,
	.golden_pct, .fans_hr, .reply_s, .score | . * 100 | round / 100), .arrow]'
same shown 'a week has the rates of its sums' <<'!'
["2026-02-09",2,57.14,85.71,10,42.86,3.5,8.57,126,63.64,"up"]
!
of chatter_week 'select(.week == "2026-W07" and .id != "a") |
	[.id, (.score != null), .change, .arrow]'
same shown 'eight hours are scored; a change of 2 is flat' <<'!'
["b",false,null,null]
["c",true,-2,"flat"]
!
of chatter_team_week '[.week, .team, .days, .chatters, .sales]'
same shown 'so has a team' <<'!'
["2026-W06","day",2,2,596]
["2026-W07","day",4,3,960]
!
chatters --weeks=1 in
of chatter_week '[.week, .id, .change]'
same shown '--weeks: the week before is still compared with' <<'!'
["2026-W07","a",7.142857142857146]
["2026-W07","b",null]
["2026-W07","c",-2]
!
# the days around a new year
{
	day a 2020-12-31 28800 '"sales":1'
	day a 2021-01-03 28800 '"sales":1'
	day a 2021-01-04 28800 '"sales":1'
} >in
run metrics chatters --as-of=2021-01-05 in
of chatter_week '[.week, .week_start, .days]'
same shown 'the year of a week is that of its Thursday' <<'!'
["2020-W53","2020-12-28",2]
["2021-W01","2021-01-04",1]
!

# coaching
{
	for i in a b c e f g; do
		person "$i" "N$i" day
	done
	low='"sales_hr":10,"cvr_pct":7,"unlock_pct":30,"golden_pct":4,"msg_hr":100,"reply_s":60'
	day a $d 28800 "$low"
	day b $d 28800 "$low"
	session b 2026-02-06
	session b 2026-02-01
	day c $d 28800 '"sales_hr":5,"cvr_pct":3,"unlock_pct":20,"golden_pct":4,"msg_hr":62.34,"reply_s":185'
	session c 2026-02-10
	day e $d 28800 '"sales_hr":90,"cvr_pct":13,"unlock_pct":50,"golden_pct":5,"msg_hr":120,"reply_s":40'
	session e 2026-02-10
	day f $d 28800 "$low"
	session f 2026-02-11
	day g $d 28800 "$low"
	session g 2026-02-09
	session g 2026-02-12
	session z 2026-02-10 | sed 's/"z"/null/'
	session a 2026-02-10 | sed 's/"2026-02-10"/null/'
	off h $d
} >in
chatters in
exits 0 'a session without a date is no failure'
same err 'and is told' <<'!'
metrics: coaching sessions left out, without a date: 1
!
of coaching_candidate '[.rank, .id, .days, (.urgency * 10 | round / 10), .level]'
same shown 'the three most urgent; not who is on track, was coached today or off' <<'!'
[1,"c",1,63.6,"medium"]
[2,"a",null,60.4,"medium"]
[3,"b",5,51.8,"medium"]
!
of coaching_candidate '.why | join("; ")'
same shown 'why, in at most three reasons' <<'!'
Sales per hour $5.00, below $20; CVR 3.0 %, below 7 %; Unlock rate 20.0 %, below 30 %
Sales per hour $10.00, below $20; Never coached; Score 49 of 100
Sales per hour $10.00, below $20; Not coached for 5 days; Score 49 of 100
!
of coaching_candidate '[.talk[] | .kpi, .aim]'
same shown 'the two worst flags to talk about' <<'!'
["sales_hr","aim for $80/hr (at least $20)","cvr","aim for 12 % (at least 7 %)"]
["sales_hr","aim for $80/hr (at least $20)"]
["sales_hr","aim for $80/hr (at least $20)"]
!
of chatter '[.id, .coaching.days, .coaching.badge, .coaching.badge_text, .coaching.rank]'
same shown 'badges' <<'!'
["e",1,null,null,null]
["a",null,"red","Never coached",2]
["b",5,"red","5d overdue",3]
["f",0,null,null,null]
["g",2,"amber","2d ago",4]
["c",1,null,null,1]
!
of chatter_team 'select(.team == "day") | [.candidates, .due, .coached_week, .sessions_week]'
echo '[4,3,4,4]' | same shown 'and their counts: Monday to the run'

# what the last session says, and the goal
{
	session a 2026-02-01 '"team_leader":"Old","notes":"first"'
	session a 2026-02-08 '"team_leader":"Dana","notes":null'
	session b 2026-02-12 '"team_leader":"Later","notes":"not yet"'
	session c 2026-02-08 '"id":"c2","team_leader":"Two","notes":"n"' |
		sed 's/"id":"c-[^"]*",//'
	session c 2026-02-08 '"team_leader":"One","notes":"n"' |
		sed 's/"id":"c-/"id":"c1-/'
	for i in a b c; do
		day "$i" $d 28800 '"sales_hr":10'
	done
} >in
chatters in
of chatter '[.id, .coaching.last, .coaching.lead, .coaching.note]'
same shown 'who held the last session, and what was said' <<'!'
["a","2026-02-08","Dana",null]
["b",null,null,null]
["c","2026-02-08","Two","n"]
!
sort -r in >other
mv out kept
chatters other
same_file out kept 'of two on one day, the same one in any order of the input'
head -n 1 in >twice
cat in twice >again
chatters again
same_file out kept 'a log that comes again says nothing new'
same err 'and is told' <<'!'
metrics: coaching sessions left out, they came again: 1
!
# goal NAME EXPECTED DAY_MEMBERS LOG_MEMBERS
goal() {
	{
		day a $d 28800 "$3"
		session a 2026-02-08 "$4"
	} >in
	chatters in
	of chatter '.coaching.goal | if . then [.kpi, .target, .baseline,
		.value, .status, .text] else . end'
	echo "$2" | same shown "$1"
}
cvr() { # cvr NAME EXPECTED CVR LOG_MEMBERS
	goal "$1" "[\"cvr\",10,$2]" '"sales_hr":50,"cvr_pct":'"$3" \
		'"focus_kpi":"CVR","target_value":10,'"$4"
}
cvr 'better than the baseline is improving' \
	'8.2,9.1,"improving","Goal: CVR 10 % — now 9.1 %, improving"' \
	9.1 '"baseline_value":8.2'
cvr 'at the target is reached' \
	'8.2,10,"reached","Goal: CVR 10 % — now 10.0 %, reached"' \
	10 '"baseline_value":8.2'
cvr 'past it is too, from wherever' \
	'null,12,"reached","Goal: CVR 10 % — now 12.0 %, reached"' \
	12 '"baseline_value":null'
cvr 'worse than the baseline is declined' \
	'8.2,8.1,"declined","Goal: CVR 10 % — now 8.1 %, declined"' \
	8.1 '"baseline_value":"8.2 %"'
cvr 'just at it says nothing' \
	'8.2,8.2,"unknown","Goal: CVR 10 % — now 8.2 %"' \
	8.2 '"baseline_value":8.2'
cvr 'nor does a value without a baseline' \
	'null,8.1,"unknown","Goal: CVR 10 % — now 8.1 %"' \
	8.1 '"baseline_value":"so so"'
cvr 'or a baseline without a value' \
	'8.2,null,"unknown","Goal: CVR 10 % — No data available"' \
	null '"baseline_value":8.2'
state=day_off
cvr 'on a day off there is no value' \
	'8.2,null,"unknown","Goal: CVR 10 % — Day off"' \
	9.1 '"baseline_value":8.2'
unset state
reply() { # reply NAME EXPECTED REPLY_S
	goal "$1" "[\"reply_s\",102,180,$2]" '"sales_hr":50,"reply_s":'"$3" \
		'"focus_kpi":"Reply Time","target_value":"1m 42s","baseline_value":"3 min"'
}
reply 'a reply time is reached from above' \
	'90,"reached","Goal: Reply time 1m 42s — now 1m 30s, reached"' 90
reply 'and improves downwards' \
	'150,"improving","Goal: Reply time 1m 42s — now 2m 30s, improving"' 150
reply 'a longer one is worse' \
	'181,"declined","Goal: Reply time 1m 42s — now 3m 1s, declined"' 181
reply 'nothing was answered' \
	'null,"unknown","Goal: Reply time 1m 42s — No data available"' 0
goal 'money an hour' \
	'["sales_hr",45,30,50,"reached","Goal: Sales per hour $45 — now $50.00, reached"]' \
	'"sales_hr":50' \
	'"focus_kpi":"sales/HR","target_value":"$45/hr","baseline_value":"30"'
goal 'words that are no figure are no goal' null '"sales_hr":50' \
	'"focus_kpi":"Attitude","target_value":10'
goal 'nor is a target that is no number' null '"sales_hr":50' \
	'"focus_kpi":"CVR","target_value":"better"'
{
	day a $d 28800 '"sales_hr":50,"cvr_pct":8,"golden_pct":2'
	session a 2026-02-01 '"focus_kpi":"CVR","target_value":10'
	session a 2026-02-05 '"focus_kpi":"Golden Ratio","target_value":3'
	session a 2026-02-07 '"focus_kpi":"CVR","target_value":null'
	session a 2026-02-08 '"focus_kpi":"","target_value":"12"'
	session a 2026-02-12 '"focus_kpi":"CVR","target_value":12'
} >in
chatters in
of chatter '[.coaching.last, .coaching.goal.text]'
same shown 'the goal is of the newest log that names a figure and a target' <<'!'
["2026-02-08","Goal: Golden ratio 3 % — now 2.0 %"]
!
series 50 45 40 35 >in
chatters in
of coaching_candidate '[.why, .talk[].kpi, .days]'
same shown 'without a flag the weakest figure is talked about; a run downwards is a reason' <<'!'
[["Never coached","Sales per hour falling for 3 days"],"sales_hr",null]
!
for i in 5 4 3 2 1; do
	day "p$i" $d 28800 "\"sales_hr\":$((20 + i)),\"cvr_pct\":8"
done >in
day p0 $d 28800 '"sales_hr":21,"cvr_pct":8' >>in
chatters in
of coaching_candidate '[.rank, .name]'
same shown 'of many the first three, equals by name' <<'!'
[1,"Np0"]
[2,"Np1"]
[3,"Np2"]
!
echo '{"coaching":{"urgency":"points","top":9,"low_score":0}}' >set.json
session p1 $d >>in
chatters --config=set.json in
of coaching_candidate '[.id, .urgency, .level]'
same shown 'points: due is 2, the lower score first, without any nobody' <<'!'
["p0",2,"medium"]
["p2",2,"medium"]
["p3",2,"medium"]
["p4",2,"medium"]
["p5",2,"medium"]
!
series 90 90 90 >in
session a 2026-02-11 >>in
chatters in
of coaching_candidate .
empty shown 'nobody to coach is nobody'

# which day, and which people
{
	day a 2026-02-09 28800 '"sales":80'
	day a $d 28800 '"sales":160'
	day a 2026-02-12 28800 '"sales":240'
} >in
chatters in
of chatter '[.date, .sales_hr]'
echo '["2026-02-10",20]' | same shown 'the newest day that is not after the run'
chatters --date=2026-02-09 in
of chatter '[.date, .sales_hr]'
echo '["2026-02-09",10]' | same shown '--date: another one, without what came later'
{
	day a $d 28800 '"sales":80'
	day a $d 28800 '"sales":88'
} >in
chatters in
exits 0 'a day twice is no failure'
of chatter .sales_hr
echo 11 | same shown 'the last one counts'
same err 'and it is told' <<'!'
metrics: days of a chatter that came again, the last one counts: 1
!
{
	person a New night
	person b Gone Day | sed 's/Active/Fired/'
	person c Boss 0
	person e Quiet 'Team  Blue'
	for i in a b c; do
		day "$i" $d 28800 '"sales":80'
	done
} >in
chatters in
of chatter '[.id, .name, .team, .status]'
same shown 'a roster says who is shown, with which name and team' <<'!'
["a","New","night","worked"]
["e","Quiet","blue","no_data"]
!
of chatter_team '[.team, .name, .worked]'
same shown 'its teams come behind those of the settings' <<'!'
["night","Team N",1]
["day","Team D",0]
["evening","Team E",0]
["blue","blue",0]
!
sort in >other
mv out kept
chatters other
same_file out kept 'the order of the input is no matter'
person a A day >in
chatters --date=$d in
of chatter '[.id, .status, .band]'
echo '["a","no_data",null]' | same shown 'a roster alone has no data'
{
	state='x' day a $d 4000 '"sales":8'
	state='x' day b $d 3599 '"sales":8'
	state='x' day c $d 4000
	state='x' day e $d null '"sales":8'
} | sed 's/"status":"x",//' >in
chatters in
of chatter '[.id, .status, .sales]'
same shown 'a status that is missing is worked out' <<'!'
["a","worked",8]
["c","no_data",null]
["e","no_data",null]
["b","day_off",null]
!

# scores against the others
for i in 1 2 3 4 5; do
	day "p$i" $d 28800 "\"sales_hr\":$((i * 10)),\"cvr_pct\":5,\"reply_s\":$((i * 100))"
done >in
echo '{"score":{"mode":"percentile"}}' >set.json
chatters --config=set.json in
of chatter '[.id, .score_mode, .kpi.sales_hr.points, .kpi.cvr.points, .kpi.reply_s.points]'
same shown 'percentiles' <<'!'
["p5","percentile",90,50,10]
["p4","percentile",70,50,30]
["p3","percentile",50,50,50]
["p2","percentile",30,50,70]
["p1","percentile",10,50,90]
!
head -n 4 in >few
chatters --config=set.json few
of chatter_summary .score_mode
echo target | same shown 'four are too few for ranks'
echo '{"score":{"mode":"mean_bands"}}' >set.json
chatters --config=set.json in
of chatter '[.id, .score_mode, .kpi.sales_hr.points, .kpi.reply_s.points]'
same shown 'bands around the mean' <<'!'
["p4","mean_bands",100,20]
["p5","mean_bands",100,0]
["p3","mean_bands",60,60]
["p2","mean_bands",0,100]
["p1","mean_bands",0,100]
!

# settings
day a $d 27900 "$full" >in
chatters in
mv out kept
sed -n '/^{$/,/^}$/p' "$top/man/chatters.5" >page.json
jq 'del(.teams) | del(.kpi.sales_hr.points)' page.json >set.json
chatters --config=set.json in
same_file out kept 'the settings of chatters(5) are the defaults'
jq '.kpi |= map_values(.weight /= 100)' set.json >ratio.json
chatters --config=ratio.json in
of chatter '[.score_int, .band]'
echo '[64,"good"]' | same shown 'weights are in any unit'
refuse() { # refuse NAME PATTERN JSON
	echo "$3" >set.json
	chatters --config=set.json in
	exits 2 "$1 is refused"
	empty out "$1: nothing is written"
	has err "^metrics: set.json: $2" "$1: what is wrong is told"
}
refuse 'a negative weight' 'sales_hr.weight is no number from 0 ' \
	'{"kpi":{"sales_hr":{"weight":-1}}}'
refuse 'a weight that is text' 'cvr.weight is no number' \
	'{"kpi":{"cvr":{"weight":"15"}}}'
refuse 'weights of nothing' 'kpi.*weight is 0 for all' \
	'{"kpi":{"sales_hr":{"weight":0},"cvr":{"weight":0},"unlock":{"weight":0},"golden":{"weight":0},"msg_hr":{"weight":0},"reply_s":{"weight":0}}}'
refuse 'a target below the flag' 'cvr.target is not above the flag' \
	'{"kpi":{"cvr":{"flag":13}}}'
refuse 'a reply time that should be long' 'reply_s.target is not between' \
	'{"kpi":{"reply_s":{"target":200}}}'
refuse 'a mistyped setting' 'trend.windows is no setting' '{"trend":{"windows":3}}'
refuse 'a mode that is none' 'score.mode is not target' '{"score":{"mode":"best"}}'
refuse 'a team without a key' 'teams.key is missing' '{"teams":[{"name":"A"}]}'
refuse 'a mistyped member of a team' 'teams.lead is no setting' \
	'{"teams":[{"key":"a","lead":"U01"}]}'
refuse 'a lead by name' 'teams.lead_slack_id is no id of Slack' \
	'{"teams":[{"key":"a","lead_slack_id":"dana"}]}'
refuse 'a link that is none' 'page.link is no http or https address' \
	'{"page":{"link":"javascript:alert(1)"}}'
refuse 'a mistyped place' 'slack.manager is no setting' \
	'{"slack":{"manager":"U01"}}'
refuse 'a list' 'is no object' '[]'
refuse 'what is no JSON' 'line 2: ' '{"trend":'
chatters --config=missing.json in
exits 2 'a file that is not there is refused'

# what is wrong
person a A day >in
chatters in
exits 2 'without a day there is nothing to say'
has err 'no chatter_day up to the instant in the input' 'which is told'
echo '{"type":"chatter_day","date":"2026-02-10","id":"a","status":"ill"}' >in
chatters in
exits 2 'a status that is none is refused'
has err "^metrics: in:1: field 'status' is worked, day_off or no_data" 'with its line'
echo '{"type":"coaching_log","date":"2026-02-10","id":"a"}' >in
chatters in
exits 2 'a log of which nobody looked for the chatter is refused'
has err "^metrics: in:1: field 'chatter_id' is missing: name-match --id=chatter_id adds it" \
	'with the remedy'
for bad in --weeks=0 --weeks=521 --date=heute --period=1m; do
	chatters "$bad" in
	exits 2 "$bad is refused"
done
day a $d 27900 "$full" >in
run sh -c 'metrics chatters --as-of=2026-02-11 in >/dev/full'
exits 2 'a full disk is not success'
all_done
