#!/bin/sh
# metrics(1), the model chatters
. "${0%/*}/../lib.sh"
. "$top/tests/chatters.sh"

# score CASE EXPECTED SALES_HR CVR UNLOCK GOLDEN MSG_HR REPLY: worked by hand
score() {
	echo "$2" >expected
	day a $d 28800 "\"sales_hr\":$3,\"cvr_pct\":$4,\"unlock_pct\":$5,\"golden_pct\":$6,\"msg_hr\":$7,\"reply_s\":$8" >in
	chatters in
	of chatter '[(.score | if . then . * 10 | round / 10 else . end),
		.score_int, .band]'
	same_file shown expected "case $1"
}
n=null
score '50: all at their flags' '[40,40,"fair"]' 20 7 30 1.5 70 150
of chatter '[.kpi[].points]'
echo '[40,40,40,40,40,40]' | same shown 'case 50: each has 40 points'
score '51: all at their targets' '[80,80,"top"]' 80 12 45 4 100 60
of chatter '[.kpi[].points]'
echo '[80,80,80,80,80,80]' | same shown 'case 51: each has 80 points'
score '52: between' '[62.4,62,"good"]' 50 9.5 41.2 3.1 88.4 102
of chatter '[.kpi | (.sales_hr, .cvr, .unlock, .golden, .msg_hr, .reply_s) |
	.points * 10 | round / 10]'
echo '[60,60,69.9,65.6,64.5,61.3]' | same shown 'case 52: the points of each'
score '53: without a reply time, of the other weights' \
	'[62.6,63,"good"]' 50 9.5 41.2 3.1 88.4 $n
score '54: half of the weights are enough' '[63.5,63,"good"]' 60 9 $n $n $n $n
score '55: less are not' '[null,null,null]' 60 $n $n $n $n $n
score '56: nothing at all' '[0,0,"critical"]' 0 0 0 0 0 600
score '57: half of the flags' '[20,20,"low"]' 10 3.5 15 0.75 35 225
score '58: past what can be had' '[99.7,100,"top"]' 140 20 70 6 130 20
of chatter '[.kpi | (.sales_hr, .cvr, .unlock, .golden, .msg_hr, .reply_s) |
	.points * 10 | round / 10]'
echo '[100,100,100,100,100,97.8]' | same shown 'case 58: the points of each'
score '59: just 79.5 is 80' '[79.5,80,"top"]' \
	79.25 11.9375 44.8125 3.96875 99.625 61.125
score '59: less is 79' '[79.5,79,"good"]' \
	79.24985 11.9374875 44.8124625 3.96874375 99.624925 61.125225
day a $d 27900 '"sales":412.5,"messages_sent":685,"cvr_pct":9.8,"unlock_pct":41.2,"golden_pct":3.1,"reply_s":102' >in
chatters in
of chatter '[(.sales_hr, .msg_hr | . * 100 | round / 100),
	(.score * 10 | round / 10), .score_int]'
echo '[53.23,88.39,63.5,64]' | same shown 'case 60: of amounts and tracked time'
day a $d 39906 '"sales":221.7,"cvr_pct":9' >in
chatters in
of chatter '[.sales_hr < 20, .flags, (.kpi.sales_hr.points * 1e6 | round)]'
echo '[true,[],40000000]' |
	same shown 'the last digit of a double is below no flag'

# scores and states; the figures were worked by hand
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
# a team against its days before, worked by hand: 100 and 100 + 50 a day make 100
# and 150, mean 125; today 137.5 + 12.5 is 20 percent above it. Rates: 20, then 15
# of 20 and 10, mean 17.5; today (27.5 + 10.5) / 2 = 19 is within 10 percent
{
	day a 2026-02-08 18000 '"sales":100,"sales_hr":20,"cvr_pct":8'
	day a 2026-02-09 18000 '"sales":100,"sales_hr":20,"cvr_pct":8'
	day b 2026-02-09 18000 '"sales":50,"sales_hr":10,"cvr_pct":4'
	off c 2026-02-09
	day a $d 18000 '"sales":137.5,"sales_hr":27.5,"cvr_pct":5'
	day b $d 18000 '"sales":12.5,"sales_hr":10.5'
	team=night
	day e $d 18000 '"sales":5'
	unset team
} >in
chatters in
of chatter_team 'select(.team == "day") | [.trend[] | [.mean, (.dev_pct * 10 | round / 10), .arrow]]'
same shown 'a team is held against its days before' <<'!'
[[125,20,"up"],[17.5,8.6,null],[7,-28.6,"down"]]
!
of chatter_team 'select(.team == "day") | [.days[4:][] | [.date[8:], .worked, .sales, .sales_hr, .cvr_pct]]'
same shown 'with those days' <<'!'
[["08",1,100,20,8],["09",2,150,15,6],["10",2,150,19,5]]
!
of chatter_summary '[.trend.sales, .days[6].sales, .days[6].worked, .days[0].sales]'
same shown 'and so are all together' <<'!'
[{"mean":125,"dev_pct":24,"arrow":"up"},155,3,null]
!
of chatter_team 'select(.team == "night") | .trend.sales'
echo '{"mean":null,"dev_pct":null,"arrow":null}' |
	same shown 'a first day is held against nothing'
{
	day a $d 28800 '"sales_hr":20,"cvr_pct":7,"unlock_pct":30,"golden_pct":1.5,"msg_hr":70,"reply_s":150'
} >in
chatters in
of chatter '[.score, .band, .flags]'
echo '[40,"fair",[]]' | same shown 'what is just at its flag is not flagged'

# trends
arrow() { # arrow NAME EXPECTED VALUE...
	name=$1
	expected=$2
	shift 2
	series "$@" >in
	chatters in
	of chatter .kpi.sales_hr.arrow
	echo "$expected" | same shown "$name"
}
arrow 'case 61: 11.1 % above the mean points up' up 45 45 50
arrow 'case 62: 10.0 % does not' null 45 45 49.5
arrow 'case 63: 11.1 % below points down' down 40 50 40
for i in 8 9; do
	day a "2026-02-0$i" 28800 '"sales_hr":1,"reply_s":90'
done >before
reply_arrow() { # reply_arrow NAME EXPECTED REPLY_S: after 90 s
	{
		cat before
		day a $d 28800 '"sales_hr":1,"reply_s":'"$3"
	} >in
	chatters in
	of chatter .kpi.reply_s.arrow
	echo "$2" | same shown "$1"
}
reply_arrow 'case 64: a longer reply time points down' down 120
reply_arrow 'case 65: a shorter one points up' up 60
reply_arrow 'the same points nowhere' null 90
arrow 'case 66: one day before is too few' null 45 50
arrow 'days off are not in the mean' up 45 off 45 50
arrow 'nor are days before the seven' null 45 45 off off off off off off 50
arrow 'the seventh day before counts' up 45 off off off off off 45 50
series 45 48 off 50 52 49 53 >in
chatters in
of chatter .sparkline
echo '[45,48,null,50,52,49,53]' | same shown 'case 71: a sparkline has a gap for a day off'
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
streak 'case 67: three changes down' '[-3,"3d declining"]' 50 45 40 35
streak 'case 68: two changes are too few' '[0,null]' 50 45 40
streak 'case 69: a last change of nothing ends it' '[0,null]' 30 35 40 45 45
streak 'case 70: a day off does not' '[-3,"3d declining"]' 50 off 45 40 35
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
same shown 'case 72: the weakest step is the bottleneck' <<'!'
[0.75,40,20,63,105,111,"ppvs_per_fan","Few PPVs sent for the fans chatted"]
!
of chatter 'select(.id == "b").funnel | [.bottleneck, .text]'
same shown 'and there may be none' <<'!'
[null,"No clear bottleneck"]
!
of chatter 'select(.id == "z").funnel | [.ppvs_per_fan, .unlocked_pct,
	.sales_per_unlock, .rel.ppvs_per_fan, .bottleneck]'
same shown 'case 73: nothing sent is 0, and says no more; too few in a team are compared with all' <<'!'
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
fans 'case 74: bands and a warning' '[7,2.5,"warning"]
[["p1","high"],["p2","normal"],["p3","normal"],["p4","low"]]' 10 8 6 4
fans 'case 75: what is at a bound is normal' '[8,1.6666666666666667,null]
[["p1","normal"],["p2","normal"],["p3","normal"],["p4","normal"]]' 10 8 8 6
fans 'case 76: three times is critical' '[6,3,"critical"]
[["p1","high"],["p2","low"]]' 9 3
fans 'case 77: one alone is even' '[9,null,null]
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
echo '[802.5,36.91,39.63,7.43,63,3,4]' | same shown 'case 78: means are of those who worked'
cp out kept
chatters --team-avg=pooled in
of chatter_team 'select(.team == "day") | [(.sales_hr, .sales_hr_pooled |
	. * 100 | round / 100)]'
echo '[39.63,39.63]' | same shown 'case 78: --team-avg=pooled is all sales by all hours'
chatters --team-avg=mean in
same_file out kept '--team-avg=mean is what it is without'
of chatter_team 'select(.team == "night") | [.sales, .sales_hr, .worked, .chatters]'
echo '[null,null,0,0]' | same shown 'of nobody there is no sum'
of chatter_summary '[.sales, .worked, .day_off, .chatters]'
echo '[802.5,3,1,4]' | same shown 'all together'

# weeks
{
	day a 2026-02-02 36000 '"sales":500'
	day a 2026-02-09 21600 '"sales":300,"messages_sent":480,"ppvs_sent":24,"ppvs_unlocked":9,"fans":50,"fans_spent":5,"reply_s":90'
	day a $d 28800 '"sales":500,"messages_sent":720,"ppvs_sent":18,"ppvs_unlocked":9,"fans":70,"fans_spent":7,"reply_s":150'
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
# a week by hand: 800 $ and 1200 messages in 14 h, 42 PPVs, 18 unlocked, 120
# fans, 12 spent, 90 s and 150 s weighted by 480 and 720 messages
{
	day a 2026-02-09 21600 '"sales":300,"messages_sent":480,"ppvs_sent":24,"ppvs_unlocked":9,"fans":50,"fans_spent":5,"reply_s":90'
	day a $d 28800 '"sales":500,"messages_sent":720,"ppvs_sent":18,"ppvs_unlocked":9,"fans":70,"fans_spent":7,"reply_s":150'
	state=day_off
	day a 2026-02-11 1800 '"sales":100,"messages_sent":10,"fans":5'
	unset state
} >in
chatters in
of chatter_week '[.days, .tracked_s, (.sales_hr, .msg_hr, .cvr_pct, .unlock_pct,
	.golden_pct, .fans_hr, .reply_s, .score | . * 100 | round / 100)]'
same shown 'case 79: a day of half an hour is in no sum of the week' <<'!'
[2,50400,57.14,85.71,10,42.86,3.5,8.57,126,63.64]
!
# somebody who changes the team: Monday with the night, Tuesday and Wednesday
# with the day, and on the roster with the evening
{
	person a A evening
	team=night
	day a 2026-02-09 28800 '"sales":80'
	day b 2026-02-09 28800 '"sales":40'
	unset team
	day a $d 28800 '"sales":160'
	day a 2026-02-11 28800 '"sales":240'
	person b B night | sed 's/Active/Dropped/'
	session b 2026-02-09
} >in
chatters in
of chatter '[.id, .team, .sales]'
echo '["a","evening",240]' |
	same shown 'who changes the team is in the card where the roster says'
of chatter_week '[.id, .name, .team, .sales]'
same shown 'the week is one row, of the last team; who left has the name of the roster' <<'!'
["a","A","evening",480]
["b","B","night",40]
!
of chatter_team_week '[.team, .chatters, .days, .sales, .sessions]'
same shown 'each team has the days that were worked in it' <<'!'
["night",2,2,120,1]
["day",1,1,160,0]
["evening",1,1,240,0]
!
of chatter_team '[.team, .chatters, .worked, .sales]'
same shown 'and a team without anybody is there' <<'!'
["night",0,0,null]
["day",0,0,null]
["evening",1,1,240]
!
# who left is in no traffic of the day
{
	person a A day
	person b B day
	person c C day | sed 's/Active/Fired/'
	day a $d 28800 '"sales_hr":1,"fans_hr":5'
	day b $d 28800 '"sales_hr":1,"fans_hr":5'
	day c $d 28800 '"sales_hr":1,"fans_hr":50'
} >in
chatters in
of chatter_team 'select(.team == "day").traffic |
	[.chatters, .level, .uneven_days]'
echo '[2,null,0]' | same shown 'who is not shown makes no day uneven'
# the end of a month, in a leap year and in one that is none
arrows() {
	of chatter '[.date, .kpi.sales_hr.arrow, .sparkline]'
}
for year in 2024 2026; do
	{
		day a "$year-02-27" 28800 '"sales_hr":10'
		day a "$year-02-28" 28800 '"sales_hr":10'
		[ $year = 2026 ] || day a "$year-02-29" 28800 '"sales_hr":10'
		day a "$year-03-01" 28800 '"sales_hr":20'
	} >in
	run metrics chatters --as-of=$year-03-02 in
	arrows
	mv shown "$year"
done
cat 2024 2026 >shown
same shown 'days go on over the end of February' <<'!'
["2024-03-01","up",[null,null,null,10,10,10,20]]
["2026-03-01","up",[null,null,null,null,10,10,20]]
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
of chatter_week .score_mode
printf 'target\ntarget\ntarget\ntarget\n' |
	same shown 'then their weeks have none either'
{
	cat in
	day p1 2026-02-02 28800 '"sales_hr":10,"cvr_pct":5'
} >longer
chatters --config=set.json longer
of chatter_week '[.week, .id, .score_mode,
	(.score | if . then . * 10 | round / 10 else . end)]'
same shown 'a week of too few has no score beside ranks' <<'!'
["2026-W06","p1","percentile",null]
["2026-W07","p1","percentile",37.7]
["2026-W07","p2","percentile",43.8]
["2026-W07","p3","percentile",50]
["2026-W07","p4","percentile",56.2]
["2026-W07","p5","percentile",62.3]
!
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
for bad in --urgency=high --team-avg=sum --weeks=0 --weeks=521 --date=heute --period=1m; do
	chatters "$bad" in
	exits 2 "$bad is refused"
done
day a $d 27900 "$full" >in
run sh -c 'metrics chatters --as-of=2026-02-11 in >/dev/full'
exits 2 'a full disk is not success'
all_done
