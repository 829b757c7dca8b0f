#!/bin/sh
# week-monitor(1)
. "${0%/*}/../lib.sh"

# coach ID NAME [LABEL]
coach() {
	printf '{"type":"coach","coach_id":"%s","coach_name":"%s"' "$1" "$2"
	for period in 1m 3m 6m; do
		printf ',"deals_%s":9,"smoothed_%s":50' "$period" "$period"
	done
	printf ',"eligibility":"%s"}\n' "${3-✅ Goed}"
}

# deals NR ID NAME CREATED CLASS [PIPELINE]
deals() {
	for _ in $(seq "$1"); do
		printf '{"type":"deal_row","coach_id":"%s","coach_name":"%s",' \
			"$2" "$3"
		printf '"created_at":"%s","class":"%s","pipeline":"%s"}\n' \
			"$4" "$5" "${6:-1}"
	done
}

monitor() {
	run week-monitor --as-of=2026-03-01T12:00:00Z "$@"
}

weeks() {
	jq -r 'select(.type == "coach_week") |
		[.coach_id, .week_start, .deals_week, .won_week, .lost_week,
		.open_week, .nabeller_week, .won_rate_week, .nabeller_pct_week,
		.won_rate_rolling_4w] | join(" ")' out
}

alerts() {
	jq -r 'select(.type == "alert") | .coach_name + ": " + .text' out
}

# worked by hand: 2026-02-23 is a Monday; 12 weeks start at 2025-12-07T12:00Z
{
	deals 1 10 Anna 2025-12-07T11:59:59.999999Z WON
	deals 1 10 Anna 2025-12-07T12:00:00Z LOST
	deals 2 10 Anna 2026-02-22T23:59:59Z WON
	deals 1 10 Anna 2026-02-23T00:00:00+01:00 LOST
	coach 10 Anna
	deals 1 10 Anna 2026-02-23T00:00:00Z WON
	deals 1 10 Anna 2026-02-28T00:00:00Z OPEN
	deals 1 10 Anna 2026-02-28T00:00:00Z NABELLER_HANDOFF 38341389
	deals 1 9 Bram 2026-02-27T00:00:00Z LOST
	coach 9 Bram '⭐ Matig'
	deals 1 11 'Een Nabeller' 2026-02-27T00:00:00Z LOST
	coach 11 'Een Nabeller'
	deals 1 12 Onbekend 2026-02-27T00:00:00Z LOST
	deals 2 10 Anna garbage WON
	coach 13 ''
	deals 1 13 '' 2026-02-27T00:00:00Z WON
	echo '{"type":"owner","id":"1"}'
} >in
monitor in
exits 0 'weeks are made'
weeks >found
same found 'ids as numbers; the start is an instant, weeks are of UTC' <<'!'
9 2026-02-23 1 0 1 0 0 0 0 0
10 2025-12-01 1 0 1 0 0 0 0 0
10 2026-02-16 3 2 1 0 0 66.7 0 33.35
10 2026-02-23 3 1 0 1 1 33.3 33.3 33.333333333333336
!
same err 'deals without a date are told' <<'!'
week-monitor: deals left out, without a readable created_at: 2
!
sort -r in >other
monitor other
weeks >backward
same_file backward found 'the order of the input is no matter'
{
	deals 1 x9 Bram 2026-02-27T00:00:00Z LOST
	cat in
} >text
monitor text
weeks | cut -d ' ' -f 1 | uniq >order
printf '10\n9\nx9\n' | same order 'one id that is no number makes all text'

# the four-week mean: five weeks of a series each
mean() { # mean NAME EXPECTED WON/DEALS...
	name=$1
	expected=$2
	shift 2
	coach 1 A >in
	day=19
	for week; do
		won=${week%/*}
		deals "$won" 1 A "2026-01-${day}T00:00:00Z" WON
		deals $((${week#*/} - won)) 1 A "2026-01-${day}T00:00:00Z" OPEN
		day=$((day + 7))
	done | sed 's/-01-33/-02-02/; s/-01-40/-02-09/; s/-01-47/-02-16/' >>in
	monitor in
	jq 'select(.week_start == "2026-02-16").won_rate_rolling_4w' out |
		awk '{ printf "%.1f\n", $1 }' >found
	echo "$expected" | same found "$name"
}
# 54.5, 40.0, 45.5, 44.4, 72.7
mean 'a running sum: 50.65 is shown as 50.6' 50.6 6/11 2/5 5/11 4/9 8/11
# 83.3, 77.8, 66.7, 9.1, 77.8
mean 'a running sum: 57.85 is shown as 57.9' 57.9 5/6 7/9 2/3 1/11 7/9
# 9.1, 55.6, 37.5, 14.3, 100.0
mean 'a running sum: 51.85 is shown as 51.9' 51.9 1/11 5/9 3/8 1/7 1/1
mean 'five weeks alike' 50.0 1/2 1/2 1/2 1/2 1/2

# alerts: the last week, of all coaches, is that of 2026-02-23
{
	coach 1 Share
	deals 3 1 Share 2026-02-24T00:00:00Z WON
	deals 1 1 Share 2026-02-24T00:00:00Z OPEN
	deals 1 1 Share 2026-02-24T00:00:00Z OPEN 38341389
	coach 2 Above
	deals 3 2 Above 2026-02-24T00:00:00Z WON
	deals 1 2 Above 2026-02-24T00:00:00Z OPEN 38341389
	coach 3 Drop
	deals 10 3 Drop 2026-02-02T00:00:00Z WON
	deals 7 3 Drop 2026-02-24T00:00:00Z LOST
	deals 3 3 Drop 2026-02-24T00:00:00Z WON 38341389
	coach 4 Few
	deals 4 4 Few 2026-02-10T00:00:00Z WON
	deals 4 4 Few 2026-02-24T00:00:00Z LOST
	coach 5 Before
	deals 9 5 Before 2026-02-10T00:00:00Z WON
	deals 9 5 Before 2026-02-17T00:00:00Z LOST
} >in
monitor in
alerts >found
same found 'both reasons; 20.0 is not above 20, 4 deals are too few, no alert of another week' <<'!'
Drop: Nabeller 30.0% > 20%; Won rate 30.0% < 4w avg (65.0%) - 15%
!
jq -c 'select(.type == "alert") | [.system, .reasons, .week_start]' out >found
same found 'an alert has what slack needs' <<'!'
["coach",["nabeller","drop"],"2026-02-23"]
!
monitor --min-deals=4 --drop=50 --nabeller=30 in
alerts >found
same found 'the bounds are options; 30.0 is not above 30' <<'!'
!
monitor --min-deals=4 --drop=49.9 --nabeller=24 in
alerts >found
same found 'in the order of the weeks' <<'!'
Above: Nabeller 25.0% > 24%
Drop: Nabeller 30.0% > 24%
Few: Won rate 0.0% < 4w avg (50.0%) - 50%
!
monitor --coach=Before in
weeks | wc -l | tr -d ' ' >found
echo 2 | same found 'one coach'
alerts >found
empty found 'whose last week is not the last of all'
monitor --pipeline-nabeller=1 --coach=Share in
alerts >found
same found 'another pipeline' <<'!'
Share: Nabeller 80.0% > 20%
!
run env PIPELINE_NABELLER=1 week-monitor --as-of=2026-03-01T12:00:00Z \
	--coach=Share in
alerts >again
same_file again found 'also by the environment'

# who is chosen
{
	coach 1 Good
	coach 2 Fair '⭐ Matig'
	coach 3 Nab "$(printf '\342\232\240\357\270\217 Uitsluiten')"
	coach 4 None 'Geen data'
	coach 5 Old 'Laag 3'
	for i in 1:Good 2:Fair 3:Nab 4:None 5:Old; do
		deals 1 "${i%:*}" "${i#*:}" 2026-02-24T00:00:00Z WON
	done
} >in
names() {
	jq -r .coach_name out | tr '\n' ' '
}
monitor in
names >found
printf 'Good Fair Nab None Old ' | same found 'without an option all'
monitor --eligibility=good --eligibility='⭐ Matig' in
names >found
printf 'Good Fair ' | same found 'by word and by label'
monitor --eligibility=none --eligibility=nabeller in
names >found
printf 'Nab None ' | same found 'the label of nobody with deals'
monitor --exclude=Good --exclude=Old in
names >found
printf 'Fair Nab None ' | same found 'names that are left out'
monitor --weeks=1 --exclude=Good in
names >found
printf 'Fair Nab None Old ' | same found 'one week'

# nothing, and what is wrong
run week-monitor --as-of=2027-03-01 in
exits 0 'an old run has no weeks left'
empty out 'nothing is written'
has err '^week-monitor: no deals of these coaches in these weeks: choose more' \
	'it is told what to do'
deals 1 1 A 2026-02-24T00:00:00Z WON >alone
monitor alone
exits 2 'deals without coaches are refused'
has err '^week-monitor: no coach in the input: it wants' 'and what is wanted'
{
	coach 1 A
	echo '{"type":"deal","id":"1","properties":{"dealstage":"1"}}'
} >raw
monitor raw
exits 2 'deals without their class are refused'
has err "^week-monitor: raw:2: .*class" 'and which line'
monitor --coach=Nobody in
exits 2 'a coach nobody is called'
has err "^week-monitor: no coach is called 'Nobody'\$" 'by the name'
monitor --eligibility=Goed in
exits 2 'a label nobody knows'
has err "^week-monitor: no coach has the label 'Goed'; there are ✅ Goed, ⭐ Matig" \
	'beside those there are'
monitor --eligibility=other --eligibility='Laag 3' in
names >found
printf 'Old ' | same found 'a label of another age, and the word for such'
monitor --weeks=1 --eligibility='⭐ Matig' --exclude=Fair in
exits 0 'a label that nobody has today is no fault'
sed 's/"coach_name":"[^"]*",//' in >nameless
monitor nameless
exits 2 'coaches without a name are refused'
has err '^week-monitor: nameless:1: field .coach_name. is missing; of a workbook' \
	'with how to read them'
{
	coach 1 A
	deals 5 1 A 2026-02-24T00:00:00Z WON
	deals 1 1 A 2026-03-02T00:00:00Z LOST
} >future
monitor future
weeks | cut -d ' ' -f 2-5 >found
printf '2026-02-23 5 5 0\n2026-03-02 1 0 1\n' | same found 'deals dated ahead count'
monitor --no-future future
weeks | cut -d ' ' -f 2-5 >found
printf '2026-02-23 5 5 0\n' | same found 'or do not'
for bad in --weeks=0 --weeks=53 --drop=x --nabeller=101 --as-of=gisteren; do
	run week-monitor "$bad" in
	exits 2 "$bad is refused"
done
run sh -c 'week-monitor --as-of=2026-03-01 in >/dev/full'
exits 2 'a full disk is not success'
all_done
