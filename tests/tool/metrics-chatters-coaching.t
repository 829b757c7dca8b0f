#!/bin/sh
# metrics(1), the model chatters: whom to coach, and goals
. "${0%/*}/../lib.sh"
. "$top/tests/chatters.sh"

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
same shown 'case 84: the three most urgent; not who is on track, was coached today or off' <<'!'
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

# urgency CASE EXPECTED DAYS MEMBERS: by hand, of the score, the days and flags
urgency() {
	{
		day a $d 28800 "$4"
		[ "$3" = never ] ||
			session a "$(date -u -d "2026-02-11 - $3 days" +%F)"
	} >in
	chatters in
	of chatter '[(.score | . * 10 | round / 10), .coaching.days,
		(.flags | length), (.coaching.urgency |
			if . then . * 10 | round / 10 else . end)]'
	echo "$2" | same shown "case $1"
}
# 0.4 * 72 + 0.3 * 500 / 7 + 0.3 * 100
urgency '80: a low score, five days, three flags' '[28,5,3,80.2]' 5 \
	'"sales_hr":14,"cvr_pct":4.9,"unlock_pct":21'
of coaching_candidate '[.level, .why]'
echo '["high",["Sales per hour $14.00, below $20","CVR 4.9 %, below 7 %","Unlock rate 21.0 %, below 30 %"]]' |
	same shown 'case 80: and why'
# 0.4 * 28 + 0.3 * 100
urgency '81: never coached is a candidate' '[72,null,0,41.2]' never \
	'"sales_hr":68,"cvr_pct":11'
of coaching_candidate '[.rank, .level, .why]'
echo '[1,"medium",["Never coached"]]' | same shown 'case 81: and why'
urgency '82: good, coached yesterday and without a flag is none' \
	'[90,1,0,null]' 1 '"sales_hr":95,"cvr_pct":13.25'
of coaching_candidate .
empty shown 'case 82: nobody is chosen'
# 0.4 * 65 + 0.3 * 100 / 7 + 0.3 * 200 / 3
urgency '83: two flags, coached yesterday' '[35,1,2,50.3]' 1 \
	'"sales_hr":17.5,"cvr_pct":6.125'
# five: p and q are as urgent to the tenth, 0.4 * 60 + 10 and 0.4 * 35 + 20
{
	day p $d 28800 '"sales_hr":20,"cvr_pct":8.666666666666666,"unlock_pct":15'
	day q $d 28800 '"sales_hr":91.78571428571429,"unlock_pct":22.5,"golden_pct":0.75'
	day r $d 28800 '"sales_hr":17.5,"cvr_pct":6.125'
	day s $d 28800 '"sales_hr":68,"cvr_pct":11'
	day t $d 28800 '"sales_hr":80,"cvr_pct":12,"unlock_pct":29'
	for i in p q r s t; do
		session $i 2026-02-08
	done
} >in
chatters in
of coaching_candidate '[.rank, .id, (.score, .urgency | . * 10 | round / 10)]'
same shown 'case 84: of five the three highest, of equals the lower score first' <<'!'
[1,"r",35,58.9]
[2,"p",40,46.9]
[3,"q",65,46.9]
!
# by points: a session that is due is 2, a flag 1, more than one 2
chatters --urgency=points in
of coaching_candidate '[.rank, .id, .urgency, .level]'
same shown '--urgency=points: of equals the lower score first' <<'!'
[1,"r",4,"high"]
[2,"q",4,"high"]
[3,"p",3,"medium"]
!
echo '{"coaching":{"urgency":"points"}}' >set.json
mv out kept
chatters --config=set.json in
same_file out kept '--urgency=points is what the settings can say'
chatters --urgency=weighted --config=set.json in
of coaching_candidate '[.rank, .id]'
same shown 'and the option is stronger than they' <<'!'
[1,"r"]
[2,"p"]
[3,"q"]
!
{
	day a $d 28800 '"sales_hr":10,"cvr_pct":12'
	session a $d
	day b $d 28800 '"sales_hr":30,"cvr_pct":8'
	session b $d
	day c $d 28800 '"sales_hr":10,"cvr_pct":2'
	session c 2026-02-11
} >in
chatters --urgency=points in
of coaching_candidate '[.id, .urgency, .level]'
echo '["a",1,"low"]' |
	same shown '--urgency=points: a low score alone is nobody, nor is who was coached today'

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
same shown 'case 84: of many the first three, equals by name' <<'!'
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
all_done
