#!/bin/sh
# metrics(1)
. "${0%/*}/../lib.sh"

now=2026-03-01T12:00:00Z

# deal COACH CLASS CREATED [PIPELINE [STAGE]]: one that has its class
deal() {
	printf '{"type":"deal","id":"1","properties":{"pipeline":"%s",' "${4:-p}"
	printf '"dealstage":"%s"},"class":"%s","coach_id":"%s",' "${5:-s}" "$2" "$1"
	printf '"coach_name":"N%s","created_at":"%s"}\n' "$1" "$3"
}

# raw COACH CREATED [WON [LOST]]: as fetched
raw() {
	printf '{"type":"deal","id":"1","properties":{"pipeline":"p",'
	printf '"dealstage":"s","hubspot_owner_id":"%s","createdate":"%s",' \
		"$1" "$2"
	printf '"hs_is_closed_won":"%s","hs_is_closed_lost":"%s"}}\n' \
		"${3-}" "${4-}"
}

coaches() { # coaches FILTER: of each coach, what jq makes of it
	jq -r "select(.type == \"coach\") | $1" out >coaches
}

# rates, rounded: won of deals; the numbers were worked by hand
cat >rates <<'!'
a 0 0 0 60
b 0 11 0 18.8
c 2 11 18.2 31.2
d 1 16 6.2 19
e 3 16 18.8 28.6
f 23 80 28.7 30.6
g 49 80 61.3 61.2
h 0 43 0 6.2
!
while read -r coach won deals _; do
	deal "$coach" WON 2020-01-01T00:00:00Z
	i=0
	while [ "$i" -lt "$deals" ]; do
		i=$((i + 1))
		[ "$i" -gt "$won" ] && class=OPEN || class=WON
		deal "$coach" "$class" 2026-02-20T00:00:00Z
	done
done <rates >in
run metrics coach --as-of="$now" in
exits 0 'coaches get figures'
empty err 'nothing is told: the deals brought the names'
coaches '[.coach_id, .won_1m, .deals_1m, .rate_1m, .smoothed_1m] |
	map(tostring) | join(" ")'
same_file coaches rates 'rates are rounded from the exact binary value'

# windows
{
	deal a OPEN 2026-01-30T12:00:00.000Z
	deal b OPEN 2026-01-30T11:59:59.999Z
	deal c OPEN 2026-03-02T00:00:00Z
	deal d OPEN 2026-01-30T13:30:00+01:00
	deal e OPEN 2026-01-30T12:00:00.000000Z
	deal f OPEN 2026-01-30T11:59:59.999999Z
	deal g OPEN 2025-12-01T12:00:00Z
	deal h OPEN 2025-12-01T11:59:59.999999Z
	deal i OPEN 2025-09-02T12:00:00Z
	deal j OPEN 2025-09-02T11:59:59.999999Z
	deal k OPEN 9999-12-31T23:59:59Z
} >in
run metrics coach --as-of="$now" in
coaches '[.coach_id, .deals_1m, .deals_3m, .deals_6m] |
	map(tostring) | join(" ")'
same coaches 'a period starts at its instant, and has no end' <<'!'
a 1 1 1
b 0 1 1
c 1 1 1
d 1 1 1
e 1 1 1
f 0 1 1
g 0 1 1
h 0 0 1
i 0 0 1
j 0 0 0
k 1 1 1
!
run metrics coach --as-of=2026-03-01T12:00:00.000001Z in
coaches '[.coach_id, .deals_1m, .as_of] | map(tostring) | join(" ")'
has coaches '^a 0 2026-03-01T12:00:00.000001Z$' 'to the microsecond'
run metrics coach --as-of=2026-03-01 in
coaches .as_of
has coaches '^2026-03-01T00:00:00Z$' 'a date is its midnight'
run metrics coach --as-of=yesterday in
exits 2 'anything else is refused'
has err "^metrics: --as-of takes an instant .* not 'yesterday'\$" 'and quoted'
run metrics coach in
coaches .as_of
has coaches "^20[2-9][0-9]-[0-9-]*T[0-9:.]*Z\$" 'without one it is now'

# every column
{
	deal a WON 2026-02-20T00:00:00Z
	deal a WON 2026-02-20T00:00:00Z 38341389
	deal a LOST 2026-02-20T00:00:00Z p 114855767
	deal a OPEN 2026-02-20T00:00:00Z p 15415582
	deal a OPEN 2026-02-20T00:00:00Z 38341389 81686449
	deal a NABELLER_HANDOFF 2026-02-20T00:00:00Z 38341389 116831596
	deal a NABELLER_HANDOFF 2026-02-20T00:00:00Z 38341389
	deal a GEWONNEN 2026-02-20T00:00:00Z
} >in
run metrics coach --as-of="$now" --periods=1m=30 in
same out 'each class, pipeline and stage has its column' <<'!'
{"type":"coach","coach_id":"a","coach_name":"Na","deals_1m":8,"won_1m":2,"lost_1m":1,"open_1m":2,"rate_1m":25,"smoothed_1m":38.5,"nabeller_now_1m":4,"nabeller_pct_1m":50,"handoff_1m":2,"warme_aanvraag_1m":2,"info_aanvraag_1m":2,"as_of":"2026-03-01T12:00:00Z"}
{"type":"deal_class_count","pipeline":"38341389","class":"NABELLER_HANDOFF","count":2}
{"type":"deal_class_count","pipeline":"38341389","class":"OPEN","count":1}
{"type":"deal_class_count","pipeline":"38341389","class":"WON","count":1}
{"type":"deal_class_count","pipeline":"p","class":"GEWONNEN","count":1}
{"type":"deal_class_count","pipeline":"p","class":"LOST","count":1}
{"type":"deal_class_count","pipeline":"p","class":"OPEN","count":1}
{"type":"deal_class_count","pipeline":"p","class":"WON","count":1}
!
run metrics coach --as-of="$now" --pipeline-nabeller=p --warm-stages=s,t \
	--info-stages=u --alpha=1 --beta=1.5 --periods=all=36500,2d=2 in
coaches '[.nabeller_now_all, .warme_aanvraag_all, .info_aanvraag_all,
	.smoothed_all, .smoothed_2d, .deals_2d] | map(tostring) | join(" ")'
same coaches 'options settle pipelines, stages, periods and smoothing' <<'!'
4 4 0 31.6 66.7 0
!
PIPELINE_NABELLER=p run metrics coach --as-of="$now" in
coaches .nabeller_now_1m
same coaches 'so does the environment' <<'!'
4
!
PIPELINE_NABELLER='' run metrics coach --as-of="$now" in
coaches .nabeller_now_1m
same coaches 'an empty variable is none' <<'!'
4
!
for bad in 1m 1m= =3 1m=0 1M=3 1m=30,1m=60 '1m=30,' 1m=99999 a-b=1 1m=1.5; do
	run metrics coach --periods="$bad" in
	exits 2 "periods '$bad' are refused"
done
run metrics coach --periods=a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1 in
exits 2 'nine periods are refused'
run metrics coach --beta=0 --alpha=0 --as-of=2099-01-01 in
exits 0 'smoothing may be none'
lacks out ':(null|-?nan|-?inf)' 'and then divides by nothing'

# deals as fetched
{
	echo '{"type":"owner","id":"1","firstName":"Anna","lastName":"Vos"}'
	raw 1 2026-02-01T10:00:00.000Z true
	raw 1 2026-02-01 '' Yes
	raw '' 2026-02-01 true true
	raw 1 garbage true
	raw 1 1767225600000 true
	echo '{"type":"deal","id":"1","properties":null}'
	echo '{"type":"contact","id":"1","properties":{"dealstage":"s"}}'
} >in
run metrics coach --as-of="$now" in
exits 0 'deals as fetched are classed here'
coaches '[.coach_id, .coach_name, .deals_1m, .won_1m, .lost_1m] |
	map(tostring) | join(" ")'
same coaches 'by the rule for stages that are not mapped' <<'!'
1 Anna Vos 2 1 1
UNKNOWN UNKNOWN 1 0 1
!
same err 'those without a date are left out and told' <<'!'
metrics: deals left out, without a readable createdate: 3
!
has out '^{"type":"coach_owner","coach_id":"1","coach_name":"Anna Vos"}$' \
	'the owners are listed'

{
	echo '{"properties":{"dealstage":"s","createdate":"2026-02-01","pipeline":null,"hubspot_owner_id":null,'\
'"hs_is_closed_won":null,"hs_is_closed_lost":null}}'
	echo '{"properties":{"dealstage":null,"createdate":"2026-02-01"}}'
	echo '{"properties":{"stage":"s","createdate":"2026-02-01"}}'
	echo '{"type":null,"properties":{"dealstage":"s"}}'
} >in
run metrics coach --as-of="$now" in
coaches '[.coach_id, .deals_1m] | map(tostring) | join(" ")'
same coaches 'without a type, a dealstage makes a deal' <<'!'
UNKNOWN 2
!
same err 'without owners that is told' <<'!'
metrics: no owner in the input; every coach_name is UNKNOWN
!
lacks out coach_owner 'and no owner is listed'

# ids
{
	for id in '"15413220"' 15413220 15413220.0 1.5413220e7 '" 15413220"'; do
		printf '{"properties":{"dealstage":"s","pipeline":3.8341389E7,'
		printf '"hs_is_closed_won":null,"hs_is_closed_lost":null,'
		printf '"hubspot_owner_id":%s,"createdate":"2026-02-01"}}\n' "$id"
	done
} >in
run metrics coach --as-of="$now" in
coaches '[.coach_id, .deals_1m, .nabeller_now_1m] | map(tostring) | join("|")'
same coaches 'ids that are numbers are plain decimal text' <<'!'
 15413220|1|1
15413220|4|4
!
for coach in 9 10 100 B a é "$(printf '\360\237\230\200')" "$(printf '\357\277\277')"; do
	deal "$coach" OPEN 2026-02-01T00:00:00Z
done >in
run metrics coach --as-of="$now" in
coaches .coach_id
same coaches 'coaches are in the order of their bytes' <<!
10
100
9
B
a
é
$(printf '\357\277\277')
$(printf '\360\237\230\200')
!

# names
{
	deal 1 OPEN 2026-02-01T00:00:00Z
	deal 2 OPEN 2026-02-01T00:00:00Z
	deal 3 OPEN 2026-02-01T00:00:00Z
	echo '{"type":"owner","id":"1","firstName":"Anna","lastName":"Vos"}'
	echo '{"type":"owner","id":"2","firstName":"Off","archived":true}'
	echo '{"type":"owner","id":"9","firstName":"Idle"}'
	echo '{"type":"owner","id":"10","firstName":"Idle too"}'
	echo '{"type":"owner","id":"9","firstName":"Busy"}'
} >in
run metrics coach --as-of="$now" in
coaches .coach_name
same coaches 'owners may come last; else the deals name the coach' <<'!'
Anna Vos
N2
N3
!
grep coach_owner out >owners
same owners 'owners are in the order of their ids, without the inactive' <<'!'
{"type":"coach_owner","coach_id":"1","coach_name":"Anna Vos"}
{"type":"coach_owner","coach_id":"10","coach_name":"Idle too"}
{"type":"coach_owner","coach_id":"9","coach_name":"Busy"}
!

# nothing to compute
run metrics coach /dev/null
exits 2 'an empty input is a failure'
same err 'which is told' <<'!'
metrics: no deal with a readable createdate in the input
!
empty out 'nothing is written'
raw 1 garbage >in
run metrics coach in
exits 2 'so are deals of which none has a date'

# bad records
echo '{"type":"deal","class":"WON","created_at":"garbage"}' >in
run metrics coach in
exits 2 'a deal with a class and no instant is refused'
same err 'by file, line and field' <<'!'
metrics: in:1: field 'created_at' is no instant
!
echo '{"type":"deal"' >in
run metrics coach in
exits 2 'a broken line is fatal'
has err '^metrics: in:1: byte 15: ' 'and told to the byte'

# the same bytes from the same input, however it comes
run metrics coach --as-of="$now" "$examples/crm.ndjson" "$examples/deals.ndjson"
mv out whole
cat "$examples/crm.ndjson" "$examples/deals.ndjson" |
	run metrics --as-of="$now" coach
same_file out whole 'a pipe gives the same as files'
sort -R "$examples/crm.ndjson" "$examples/deals.ndjson" >shuffled
run metrics coach --as-of="$now" shuffled
same_file out whole 'any order of the records gives the same'

# enums
{
	raw 1 2026-02-01 true
	raw 2 garbage true false
	raw 2 '' '' ''
	echo '{"type":"deal","id":"1"}'
	echo '{"properties":{"dealstage":7.0,"hs_is_closed_won":true}}'
	echo '{"type":"owner","id":"1"}'
} >in
run metrics enums in
exits 0 'the values of properties are counted'
same out 'also of deals without a date; the most frequent comes first' <<'!'
{"type":"observed_value","property":"pipeline","value":"p","count":3}
{"type":"observed_value","property":"pipeline","value":"","count":2}
{"type":"observed_value","property":"dealstage","value":"s","count":3}
{"type":"observed_value","property":"dealstage","value":"","count":1}
{"type":"observed_value","property":"dealstage","value":"7","count":1}
{"type":"observed_value","property":"hubspot_owner_id","value":"","count":2}
{"type":"observed_value","property":"hubspot_owner_id","value":"2","count":2}
{"type":"observed_value","property":"hubspot_owner_id","value":"1","count":1}
{"type":"observed_value","property":"hs_is_closed_won","value":"true","count":3}
{"type":"observed_value","property":"hs_is_closed_won","value":"","count":2}
{"type":"observed_value","property":"hs_is_closed_lost","value":"","count":4}
{"type":"observed_value","property":"hs_is_closed_lost","value":"false","count":1}
!
empty err 'nothing is told'
run metrics enums /dev/null
exits 0 'no deals have no values'
empty out 'which is no line'

# the model
run metrics
exits 2 'a model must be named'
same err 'the message says which there are' <<'!'
metrics: no model given: board, chatters, coach or enums
usage: metrics coach [--as-of=TIME] [OPTION...] [FILE...]
Try 'metrics --help'.
!
run metrics coaches in
exits 2 'an unknown model is refused'
has err "^metrics: no model 'coaches': board, chatters, coach or enums\$" 'and quoted'
run metrics enums --alpha=1 in
exits 2 "an option that is not the model's is refused"
has err '^metrics: --alpha is not for the model enums$' 'by its name'
run metrics coach --good=1 in
exits 2 'also of the board'

# what was not fetched
deal() { # deal PROPERTIES
	printf '{"type":"deal","id":"1","properties":{%s}}\n' "$1"
}
all='"createdate":"2026-02-25","dealstage":"s","pipeline":"p"'
all=$all,'"hs_is_closed_won":null,"hs_is_closed_lost":null'
deal "$all" >in
run metrics coach --as-of=2026-03-01 in
exits 2 'deals that nobody has the owner of are refused'
same err 'with what to fetch' <<'!'
metrics: no deal has the property hubspot_owner_id; fetch them with --properties=createdate,dealstage,hs_is_closed_lost,hs_is_closed_won,hubspot_owner_id,pipeline
!
empty out 'and have no figures'
deal "$all,\"hubspot_owner_id\":null" >>in
run metrics coach --as-of=2026-03-01 in
exits 0 'one that has it, be it null, is enough'
for name in dealstage pipeline hs_is_closed_won hs_is_closed_lost; do
	deal "$all,\"hubspot_owner_id\":\"1\"" | sed "s/\"$name\"/\"x\"/" >in
	run metrics coach --as-of=2026-03-01 in
	exits 2 "deals without $name are refused"
	has err "^metrics: no deal has the property $name;" "$name: it is said"
done

# deals dated ahead
{
	deal "$all,\"hubspot_owner_id\":\"1\""
	deal "$all,\"hubspot_owner_id\":\"1\"" | sed 's/2026-02-25/2026-03-02/'
	deal "$all,\"hubspot_owner_id\":\"2\"" | sed 's/2026-02-25/2026-03-02/'
} >in
run metrics coach --as-of=2026-03-01 in
jq -c '[.coach_id, .deals_1m, .deals_6m, .count]' out >found
same found 'they count' <<'!'
["1",2,2,null]
["2",1,1,null]
[null,null,null,3]
!
run metrics coach --as-of=2026-03-01 --no-future in
jq -c '[.coach_id, .deals_1m, .deals_6m, .count]' out >found
same found 'or do not' <<'!'
["1",1,1,null]
[null,null,null,1]
!
run metrics coach --as-of=2026-03-02 --no-future in
jq -c '[.coach_id, .deals_1m]' out | head -n 1 >found
echo '["1",2]' | same found 'one of that very instant does'

# the board: worked by hand
coach() { # coach ID NAME DEALS SMOOTHED [LABEL]
	printf '{"type":"coach","coach_id":"%s","coach_name":"%s"' "$1" "$2"
	for period in 1m 3m 6m; do
		printf ',"deals_%s":%s,"smoothed_%s":%s' "$period" "$3" \
			"$period" "$4"
	done
	printf ',"eligibility":"%s"}\n' "${5-✅ Goed}"
}
# board ARG...: name, status and whether above the minimum, then the figures
board() {
	run metrics board "$@" in
	jq -r 'select(.type == "board_coach") |
		[.coach_name, .status, .above_minimum] | join(" ")' out >coaches
	jq -c 'select(.type == "board") | [.coaches, .above_minimum,
		.before_top, .in_top, .cutoff_pct, .median_pct, .deals,
		.mean_winst_pct, .mean_deals, .above_median_pct]' out >figures
}
{
	coach 1 Anna 20 20
	coach 2 Bram 14 30 'Laag 2/3'
	coach 3 'De nabellers' 90 99
	coach 4 UNKNOWN 90 99
	coach 5 Cas 7 40 'Geen data'
	coach 6 Daan 13 55
} >in
board
same coaches 'the board: the best first; 30 is not below 0.8 of 35' <<'!'
Daan ⭐ Matig true
Cas ⭐ Matig true
Bram ⭐ Matig true
Anna ❌ Uitsluiten true
!
echo '[4,4,4,4,null,35,54,36.25,13.5,50]' |
	same figures 'the board: a median of two'
board --top=50 --min-deals=10
same coaches 'the best half; the bound is 35' <<'!'
Daan ⭐ Matig true
Cas ⭐ Matig false
!
echo '[2,1,4,2,35,47.5,20,55,13,100]' |
	same figures 'the minimum of deals does not move the median'
jq -c 'select(.type == "board_bin") | [.low_pct, .high_pct, .coaches]' out >bins
echo '[55,56,1]' | same bins 'a bar of one coach is 1 wide'
board --good=13 --min-rate=40
same coaches 'half of 13 is 6; a rate at the bound stays' <<'!'
Daan ✅ Goed true
Cas ⭐ Matig true
!
board --labels --status=good,none,other
same coaches 'labels of the file, also those of other ages' <<'!'
Daan ✅ Goed true
Cas Geen data true
Bram Laag 2/3 true
Anna ✅ Goed true
!
board --labels --status=none --min-deals=8
echo '[1,0,4,4,null,35,7,null,null,null]' |
	same figures 'what nobody is above is null'
board --exclude=Anna --exclude=Bram --exclude=Cas --exclude=Daan
echo '[0,0,0,0,null,0,0,null,null,null]' | same figures 'nobody is left'
{
	coach 1 A 14 46.0
	coach 2 B 7 36.8
	coach 3 C 99 50.0
} >in
board --status=fair
empty coaches '0.8 of 46.0 is a bit above 36.8'
{
	coach 1 A 0 60
	coach 2 B 14 40
	coach 3 C 14 50.0
	coach 4 D 14 50.0
} >in
board
same coaches 'a tie is in the order of the file; 0.8 of 50.0 is 40' <<'!'
A ⚪ Geen data true
C ✅ Goed true
D ✅ Goed true
B ⭐ Matig true
!
sed 's/"coach_name":"[^"]*",//' in >nameless
run metrics board nameless
exits 2 'a coach without a name is refused'
has err "^metrics: nameless:1: field 'coach_name' is missing; of a workbook read" \
	'with how to read it'
sed 's/"smoothed_3m":[0-9.]*,//' in >short
run metrics board --period=3m short
exits 2 'a coach without the figures of the period is refused'
has err "^metrics: short:1: field 'smoothed_3m' is missing\$" 'by the figure'
sed 's/"smoothed_1m":[0-9.]*,/"smoothed_1m":1e300,/' in >wild
run metrics board wild
exits 2 'a rate that is none is refused'
has err "^metrics: wild:1: field 'smoothed_1m' is not from 0 to 100\$" 'by its name'
sed 's/"deals_6m":[0-9]*,/"deals_6m":-1,/' in >wild
run metrics board wild
exits 2 'so is a number of deals below 0'
run metrics board short
exits 0 'those of other periods may lack'
for bad in --status=goed --status= --good=0 --top=101 --period=2m; do
	run metrics board "$bad" in
	exits 2 "$bad is refused"
done
has err "^metrics: --period is 1m, 3m or 6m, not '2m'\$" 'and what there is is told'
run metrics board /dev/null
exits 0 'no coaches are an empty board'
has err '^metrics: no coach in the input$' 'which is told'
jq -c .coaches out >figures
echo 0 | same figures 'and written'
run sh -c 'metrics coach "$0" >/dev/full' "$examples/deals.ndjson"
exits 2 'a full disk is not success'
all_done
