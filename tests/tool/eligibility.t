#!/bin/sh
# eligibility(1)
. "${0%/*}/../lib.sh"

# coach ID DEALS NABELLER_PCT SMOOTHED OPEN [RATE]
coach() {
	printf '{"type":"coach","coach_id":"%s","coach_name":"N",' "$1"
	printf '"deals_1m":%s,"open_1m":%s,"rate_1m":%s,' "$2" "$5" "${6:-0}"
	printf '"smoothed_1m":%s,"nabeller_pct_1m":%s}\n' "$4" "$3"
}

labels() {
	jq -r '[.coach_id, .eligibility] | join(" ")' out >labels
}

# label CASE EXPECTED COACH...: that of the coach x when p50 is 50
label() {
	name=$1
	expected=$2
	shift 2
	{
		coach pool 6 0 50.0 0
		coach x "$@"
	} >in
	run eligibility in
	jq -r 'select(.coach_id == "x").eligibility' out >label
	echo "$expected" | same label "$name"
}

label 'no deals' 'Geen data' 0 0 60 0
label 'no deals, whatever else' 'Geen data' 0 100 90 9
label 'a share of 20.0 is not too many' '✅ Goed' 5 20.0 60 5
label 'a share of 20.1 is' "$(printf '\342\232\240\357\270\217 Uitsluiten')" \
	5 20.1 90 9
label 'the middle rate and 5 open deals' '✅ Goed' 5 0 50.0 5
label 'the middle rate and 4' '⭐ Matig' 5 0 50.0 4
label 'below the middle and 9' '⭐ Matig' 5 0 49.9 9
label 'below the middle and 10' '❌ Uitsluiten' 5 0 49.9 10
label 'a rate of 20.0 is too low' '❌ Uitsluiten' 5 0 20.0 5
label 'a rate of 20.1 is not' '⭐ Matig' 5 0 20.1 5
label 'too few open deals' '❌ Uitsluiten' 5 0 80.0 2
label 'three open deals' '⭐ Matig' 5 0 40.0 3
label 'a share that is null is none' '✅ Goed' 5 null 60 5

# p50
p50() {
	run eligibility in
	jq -r .p50_smoothed_1m out | sort -u >p50
}
{
	coach a 6 0 55.0 0
	coach b 6 0 40.0 0
	coach c 6 0 50.0 0
	coach d 6 0 45.0 0
	coach e 5 0 99.0 0
} >in
p50
same p50 'of two middle rates it is the upper; 5 deals do not count' <<'!'
50
!
coach f 6 100 60.0 0 >>in
p50
same p50 'of five it is the third, nabellers are in it' <<'!'
50
!
coach g 7 0 10.1 0 >>in
coach h 7 0 10.2 0 >>in
p50
same p50 'of seven the fourth' <<'!'
45
!
{
	coach a 5 0 1.0 5
	coach b 1 0 0.0 4
} >in
p50
same p50 'without a coach of more than 5 deals it is 0' <<'!'
0
!
labels
same labels 'and then 5 open deals are enough' <<'!'
a ✅ Goed
b ❌ Uitsluiten
!

# order
{
	coach z 0 0 60 0 0
	coach y 6 0 60 5 10.1
	coach x 6 0 60 5 10.1
	coach 9 6 0 60 5 10.1
	coach 10 6 0 60 5 10.1
	coach w 6 0 60 5 50
	coach v 6 0 60 2 99.9
	coach u 6 50 60 5 0
	coach t 6 0 30 3 0
	coach s 6 0 60 12 9.9
} >in
run eligibility in
labels
same labels 'by label, then the greatest rate, then the id as text' <<'!'
w ✅ Goed
10 ✅ Goed
9 ✅ Goed
x ✅ Goed
y ✅ Goed
s ✅ Goed
t ⭐ Matig
u ⚠️ Uitsluiten
v ❌ Uitsluiten
z Geen data
!

# bytes
cat >in <<'!'
{"type":"coach","coach_id":"a","deals_1m":6,"open_1m":5.0,"rate_1m":1e1,"smoothed_1m":50.0, "x": 1.10 }
{"type":"deal_class_count","n":1.0}
{"type":"coach_owner","coach_id":"a"}
!
run eligibility in
same out 'other records pass first; a coach keeps its bytes' <<'!'
{"type":"deal_class_count","n":1.0}
{"type":"coach_owner","coach_id":"a"}
{"type":"coach","coach_id":"a","deals_1m":6,"open_1m":5.0,"rate_1m":1e1,"smoothed_1m":50.0, "x": 1.10 ,"eligibility":"✅ Goed","p50_smoothed_1m":50}
!
eligibility in >labelled
run eligibility labelled
exits 2 'a coach with a label is refused'
same err 'the message says what to give' <<'!'
eligibility: labelled:3: coach 'a' has an eligibility already; give the coaches as metrics wrote them
!
coach a 6 0 1 1 | sed 's/"open_1m":1,//' >in
run eligibility in
exits 2 'a coach without a figure is refused'
same err 'by its name' <<'!'
eligibility: in:1: field 'open_1m' is missing
!
coach a 6 0 '"1"' 1 >in
run eligibility in
same err 'text is no number' <<'!'
eligibility: in:1: field 'smoothed_1m' is no number
!
run eligibility /dev/null
exits 0 'no coaches are nothing to do'
empty out 'and nothing comes out'
coach a 6 0 1 1 >in
run sh -c 'eligibility in >/dev/full'
exits 2 'a full disk is not success'

# the pool: worked by hand
pool_coach() { # pool_coach ID NAME DEALS SMOOTHED NABELLER_PCT
	printf '{"type":"coach","coach_id":"%s","coach_name":"%s"' "$1" "$2"
	for period in 1m 3m 6m; do
		printf ',"deals_%s":%s,"smoothed_%s":%s' "$period" "$3" \
			"$period" "$4"
		printf ',"nabeller_pct_%s":%s' "$period" "$5"
	done
	printf ',"eligibility":"Geen data"}\n'
}
pool() {
	run eligibility --pool "$@" in
	jq -r 'select(.type == "pool_coach") |
		[.coach_name, .status, .exported, .written] | join(" ")' \
		out >coaches
	jq -c 'select(.type == "pool_summary") | [.coaches, .in_pool,
		.median_pct, .cutoff_pct, .eligible, .written,
		.without_owner]' out >summary
}
{
	pool_coach 1 Share 40 90 20.1
	pool_coach 2 Few 4 90 20
	pool_coach 3 Good 14 40 20.0
	pool_coach 4 'Een NABELLER' 99 99 0
	pool_coach '' Nobody 7 36 0
	pool_coach 5 Low 99 20 0
	pool_coach UNKNOWN Stray 14 50 0
	pool_coach 6 UNKNOWN 14 50 0
} >in
pool
exits 0 'the pool is chosen'
same coaches 'in the order of the file; rates 20, 36, 40, 50 have the median 38' <<'!'
Share 🚫 Nabeller te hoog false false
Few ⚪ Te weinig deals false false
Good ✅ Goed true true
Nobody ⭐ Matig true false
Low ❌ Uitsluiten false false
Stray ✅ Goed true false
!
echo '[6,4,38,null,3,1,["Nobody","Stray"]]' |
	same summary 'who has no owner is not written, and named'
pool --top=75
echo '[6,3,40,32,3,1,["Nobody","Stray"]]' |
	same summary 'the best three quarters, of the pool alone'
has coaches '^Low 📉 Buiten top 75% false false$' 'the share is in the status'
has coaches '^Nobody ⭐ Matig true false$' 'half of the deals, 0.9 of the median'
pool --min-deals=0 --nabeller=100 --good=1
has coaches '^Share ✅ Goed true true$' 'the bounds are options'
pool --exclude=Good --exclude=Stray --period=6m
echo '[4,2,28,null,1,0,["Nobody"]]' | same summary 'names that are left out'
pool --nabeller=5 --min-deals=100
echo '[6,0,0,null,0,0,[]]' | same summary 'an empty pool has the median 0'
sed 's/"nabeller_pct_1m":[0-9.]*,//' in >old
run eligibility --pool old
exits 0 'a share that is missing is none'
sed 's/"deals_1m":[0-9]*,//' in >short
run eligibility --pool short
exits 2 'a coach without the figures of the period is refused'
sed 's/"coach_name":"[^"]*",//' in >nameless
run eligibility --pool nameless
exits 2 'a coach without a name is refused: who is left out has one'
run eligibility --top=50 in
exits 2 'an option of the pool needs it'
has err '^eligibility: --top is for --pool$' 'and it is said'
run eligibility --pool /dev/null
exits 2 'no coach is no pool'
run sh -c 'eligibility --pool in >/dev/full'
exits 2 'a full disk is not a pool'
all_done
