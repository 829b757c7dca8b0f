#!/bin/sh
# briefing(1): messages about chatters
. "${0%/*}/../lib.sh"

# person ID NAME TEAM
person() {
	jq -cn '{type: "roster", $id, $name, $team, status: "Active"}' \
		--arg id "$1" --arg name "$2" --arg team "$3"
}

# day ID DATE SALES CVR UNLOCK GOLDEN MESSAGES REPLY [FANS]: eight hours
day() {
	printf '{"type":"chatter_day","date":"%s","id":"%s","team":"%s",' \
		"$2" "$1" "${team-day}"
	printf '"status":"worked","tracked_s":28800,"sales":%s,' "$3"
	printf '"cvr_pct":%s,"unlock_pct":%s,"golden_pct":%s,' "$4" "$5" "$6"
	printf '"messages_sent":%s,"reply_s":%s,"fans":%s}\n' "$7" "$8" \
		"${9-null}"
}

# idle ID DATE STATUS TRACKED
idle() {
	printf '{"type":"chatter_day","date":"%s","id":"%s","team":"%s",' \
		"$2" "$1" "${team-day}"
	printf '"status":"%s","tracked_s":%s}\n' "$3" "$4"
}

# session ID DATE
session() {
	printf '{"type":"coaching_log","id":null,"date":"%s","chatter_id":"%s"}\n' \
		"$2" "$1"
}

# figures TIME [OPTION...]: the run of that time, of roster, days and log
figures() {
	as_of=$1
	shift
	metrics chatters --as-of="$as_of" --config=set.json "$@" roster days \
		log >figures || echo 'no figures' >&2
}

briefing_at() { # briefing_at TIME MODEL [ARGUMENT...]
	at=$1
	model=$2
	shift 2
	run briefing "$model" --config=set.json --scheduled="$at" "$@"
}

text() { # the texts of the messages
	jq -r .text out >text
}

post() { # post [ARGUMENT...]: what was written, to Slack
	cp out message
	run slack-post --ledger=sent "$@" message
	jq -r .how out >how
	curl -s "$sandbox/sandbox/slack" | jq .posted >posted
}

# units FILTER: how many characters Slack counts in the texts that it gives
units() {
	jq "[$1 | explode[] | if . > 65535 then 2 else 1 end] | add" out
}

cat >set.json <<'!'
{"teams":[
  {"key":"night","name":"Night","shift_start":"00:00","shift_end":"08:00",
   "lead_slack_id":"U0NIGHT001"},
  {"key":"day","name":"Day","aliases":["d"],"shift_start":"08:00",
   "shift_end":"16:00","lead_slack_id":"U0DAY00001"},
  {"key":"evening","name":"Team E","shift_start":"16:00",
   "shift_end":"00:00"}],
 "page":{"link":"https://example.github.io/coaching/?a=1&b=2"},
 "slack":{"management":"U0COO00001","operations":"U0OPS00001"}}
!

# Scores worked by hand from two lines a figure: Alice 28 with three flags, five
# days ago; Bruno 72, never; Celia 90, yesterday; Daniel 35 with two flags,
# yesterday; Esther 31.39 with one, three days ago; Femi 55, two days ago.
# Urgency: 80.2, 41.2, not to be coached, 50.3, 50.3, 26.6.
{
	person a 'Alice Moreno' day
	person b 'Bruno Costa' day
	person c 'Celia Otieno' day
	person d 'Daniel Mensah' day
} >roster
d=2026-02-16
{
	day a $d 80 3.5 31.875 1.8125 280 150 80
	day b $d 544 11 42 3.5 752 78 32
	day c $d 760 13.25 48.75 4.625 860 37.5
	day d $d 80 3.5 33.75 2.125 620 127.5
} >days
{
	session a 2026-02-12
	session a 2026-01-30
	session c 2026-02-16
	session d 2026-02-16
} >log
figures 2026-02-17T07:30:00Z
jq -r 'select(.type == "coaching_candidate") |
	"\(.name) \(.score * 10 | round / 10) \(.urgency * 10 | round / 10)"' \
	figures >urgency
same urgency 'cases 80 to 83: who is to be coached, and how urgently' <<'!'
Alice Moreno 28 80.2
Daniel Mensah 35 50.3
Bruno Costa 72 41.2
!
{
	person e 'Esther Boateng' day
	person f 'Femi Adeyemi' day
	person g 'Grace Luna' day
	person x 'Ximena Soto' evening
} >>roster
{
	day e $d 61.6 7 30 1.5 560 150
	day f $d 340 8.875 35.625 2.4375 650 116.25
	idle g $d day_off 0
} >>days
team=evening day x 2026-02-16 760 13.25 48.75 4.625 860 37.5 >>days
{
	session e 2026-02-14
	session f 2026-02-15
	session x 2026-02-16
} >>log
figures 2026-02-17T07:30:00Z
briefing_at 2026-02-17T07:30:00Z leads --team=day figures
exits 0 'a briefing'
empty err 'without a word'
cp out day.ndjson
text
same text 'case 84: of five the three most urgent, of equals the lower score first' <<'!'
Coaching briefing — Day team
Shift starts 08:00 UTC · data from Mon 16 Feb

1. Alice Moreno — score 28 (Low)
   Why: Sales per hour $10.00, below $20 · CVR 3.5 %, below 7 % · Messages per hour 35.0, below 70
   Talk about: which fans got the time, and did they buy · read one chat that did not buy and find the moment to offer
2. Esther Boateng — score 31 (Low)
   Why: Sales per hour $7.70, below $20 · Not coached for 3 days · Score 31 of 100
   Talk about: which fans got the time, and did they buy · two price points to try today
3. Daniel Mensah — score 35 (Low)
   Why: Sales per hour $10.00, below $20 · CVR 3.5 %, below 7 % · Score 35 of 100
   Talk about: which fans got the time, and did they buy · read one chat that did not buy and find the moment to offer

Team: $1,865.60 sales · $38.87/hr · CVR 7.9 % · 6 of 7 active
Traffic imbalance: busiest chatter has 2.5× the fans/hr of the quietest
Dashboard: https://example.github.io/coaching/?a=1&b=2
!
jq -r '.blocks[] | .type + ": " + ([.text, .elements[]?] |
	map(.text? // empty) | join(" | "))' out >blocks
same blocks 'says the same in blocks' <<'!'
header: Coaching briefing — Day team
context: Shift starts 08:00 UTC · data from Mon 16 Feb
section: 1. *Alice Moreno* — score 28 (Low)
Why: Sales per hour $10.00, below $20 · CVR 3.5 %, below 7 % · Messages per hour 35.0, below 70
Talk about: which fans got the time, and did they buy · read one chat that did not buy and find the moment to offer
section: 2. *Esther Boateng* — score 31 (Low)
Why: Sales per hour $7.70, below $20 · Not coached for 3 days · Score 31 of 100
Talk about: which fans got the time, and did they buy · two price points to try today
section: 3. *Daniel Mensah* — score 35 (Low)
Why: Sales per hour $10.00, below $20 · CVR 3.5 %, below 7 % · Score 35 of 100
Talk about: which fans got the time, and did they buy · read one chat that did not buy and find the moment to offer
divider: 
section: Team: $1,865.60 sales · $38.87/hr · CVR 7.9 % · 6 of 7 active
Traffic imbalance: busiest chatter has 2.5× the fans/hr of the quietest
context: Dashboard: <https://example.github.io/coaching/?a=1&amp;b=2>
!
jq -c '[keys, .type, .to, .key, .blocks[0].text.type, .blocks[2].text.type]' \
	out >shape
same shape 'and is a message to the lead' <<'!'
[["blocks","key","text","to","type"],"message","U0DAY00001","briefing day 2026-02-17T07:30:00Z","plain_text","mrkdwn"]
!
tac figures >backwards
briefing_at 2026-02-17T07:30:00Z leads --team=day backwards
ok 'records come in any order' cmp out day.ndjson
briefing leads --config=set.json --as-of=2026-02-17T07:41:00Z \
	--team='Team DAY' <figures >piped
jq -r .key piped >key
echo 'briefing day 2026-02-17' | same key 'without a time it is of the day'

# who stands where, and nobody
briefing_at 2026-02-17T15:30:00Z leads --team=evening --to=C0COACHING figures
text
same text 'case 85: no candidate' <<'!'
Coaching briefing — Team E
Shift starts 16:00 UTC · data from Mon 16 Feb

Everyone is on track today.

Team: $760.00 sales · $95.00/hr · CVR 13.3 % · 1 of 1 active
Dashboard: https://example.github.io/coaching/?a=1&b=2
!
briefing_at 2026-02-17T15:30:00Z leads --team=evening --team=d figures
exits 1 'a team whose lead has no id'
same err 'is told' <<'!'
briefing: team evening: its lead_slack_id is not in the settings, so nobody is told
!
ok 'and the others are not kept back' jq -e '.to == "U0DAY00001"' out
briefing_at 2026-02-17T23:30:00Z leads --team=night figures
text
same text 'a team without chatters is told so' <<'!'
Coaching briefing — Night team
Shift starts 00:00 UTC · data from Mon 16 Feb

Nobody is in this team.

Team: – sales · –/hr · CVR – · 0 of 0 active
Dashboard: https://example.github.io/coaching/?a=1&b=2
!
cp roster roster.all
cp days days.all
cp log log.all

# days without figures
grep -e '"g"' -e '"x"' days.all >days
figures 2026-02-17T07:30:00Z
briefing_at 2026-02-17T07:30:00Z leads --team=day figures
text
# six of seven have no record at all
has text '^No data available yet for today; figures follow later\.$' \
	'nobody of the team has figures'
sed 's/"day"/"old"/' roster.all | grep -v '"id":"[gx]"' >roster
grep -e '"id":"[gx]"' roster.all >>roster
figures 2026-02-17T07:30:00Z
briefing_at 2026-02-17T07:30:00Z leads --team=day figures
text
has text '^Day off for the whole team\.$' 'a whole team had the day off'
cp roster.all roster
for as in '--date=2026-02-17' ''; do
	: >none
	if [ -n "$as" ]; then
		cp days.all days
		figures 2026-02-17T16:00:00Z "$as"
		cp figures none
	fi
	briefing_at 2026-02-17T15:30:00Z leads --team=day none
	text
	same text "no figures at all ${as:+of that day}" <<'!'
Coaching briefing — Day team
Shift starts 08:00 UTC

No data available yet for today; figures follow later.

Dashboard: https://example.github.io/coaching/?a=1&b=2
!
done

# old data
sed 's/2026-02-16/2026-02-14/' days.all >days
figures 2026-02-16T07:41:00Z
briefing_at 2026-02-16T07:30:00Z leads --team=day figures
text
sed -n 2p text >line
same line 'case 86: on Monday morning the data is of Saturday' <<'!'
Shift starts 08:00 UTC · data from Sat 14 Feb (today's figures arrive this afternoon)
!
briefing_at 2026-02-16T15:30:00Z leads --team=day figures
text
sed -n 2p text >line
same line 'in the afternoon nothing is promised' <<'!'
Shift starts 08:00 UTC · data from Sat 14 Feb (the newest there is)
!
briefing_at 2026-02-15T07:30:00Z leads --team=day figures
text
sed -n 2p text >line
same line "yesterday's data is not old" <<'!'
Shift starts 08:00 UTC · data from Sat 14 Feb
!
TZ=Pacific/Kiritimati briefing_at 2026-02-15T23:59:59+00:00 leads --team=day \
	figures
jq -r .key out >key
echo 'briefing day 2026-02-15T23:59:59Z' | same key 'the zone of the machine is not asked'

# to Slack, once
sandbox_start
taken() { # taken NAME [ARGUMENT...]: Slack takes all of it
	name=$1
	shift
	post "$@"
	[ "$status" -eq 0 ] && [ "$(sort -u how)" = sent ]
	result "$name" || cat err how | comment
}

{
	jq -c '.to = "U0GONE0001"' day.ndjson
	jq -c '.to = "U0NOBODY01"' day.ndjson
	cat day.ndjson
} >out
post
exits 1 'leads whom Slack does not have'
has err 'message 1, to U0GONE0001: .*user_disabled' 'are told: deactivated'
has err 'message 2, to U0NOBODY01: .*user_not_found' 'and unknown'
echo sent | same how 'and the others are sent theirs'
briefing_at 2026-02-17T07:30:00Z leads --team=day figures
post
echo already | same how 'case 92: the same briefing again is not sent'
ok 'case 92: there is one' jq -e 'length == 1' posted
cp message out
post --force
ok 'case 92: --force sends it again' jq -e 'length == 2' posted

# names of all kinds
long=$(printf '%0200d' 0 | sed 's/0/😀/g')
rtl='משה כהן'
{
	person a '<b>Eve</b> & Co' day
	person b "$long" day
	person c "$rtl" day
	person d "$(printf 'Tab\there‮ and\nline ')" day
} >roster
for id in a b c d; do
	day "$id" 2026-02-16 80 3.5 31 1.8 280 150
done >days
: >log
jq --arg name "$long" '.coaching.top = 9 | .teams[1].name = $name' set.json \
	>long.json
metrics chatters --config=long.json --as-of=2026-02-17T07:30:00Z roster days \
	>figures
run briefing leads --config=long.json --scheduled=2026-02-18T07:30:00Z \
	--team=day figures
text
sed -n 's/^[1-9]\. \(.*\) — .*/\1/p' text >names
{
	echo '<b>Eve</b> & Co'
	echo 'Tab here and line'
	printf '\342\201\250%s\342\201\251\n' "$rtl"
	printf '%0100d…\n' 0 | sed 's/0/😀/g'
} | same names 'names: a direction of their own, cut at a character'
[ "$(units '.blocks[0].text.text')" -le 150 ] &&
	jq -e '.blocks[0].text.text | endswith("😀…")' out >/dev/null
result 'a header is cut to what Slack takes'
taken 'Slack takes them'
ok 'case 93: escaped in the text' \
	jq -e '.[-1].text | contains("1. &lt;b&gt;Eve&lt;/b&gt; &amp; Co — ")' posted
ok 'case 93: and in the blocks' jq -e '.[-1].blocks[2].text.text |
	startswith("1. *&lt;b&gt;Eve&lt;/b&gt; &amp; Co* — ")' posted
ok 'case 93: nowhere as it is' jq -e '[.[-1] | .. | strings | contains("<b>")] |
	any | not' posted

# many
jq '.coaching.top = 90 | .kpi.sales_hr.points = ["'"$long$long$long"'"]' \
	set.json >many.json
for i in 11 12 13 14 15 16 17 18 19; do
	for k in 1 2 3 4 5 6 7 8; do
		person "p$i$k" "<&> $long" day >&3
		day "p$i$k" 2026-02-16 80 3.5 31 1.8 280 150
	done
done >days 3>roster
metrics chatters --config=many.json --as-of=2026-02-17T07:30:00Z roster days \
	>figures
run briefing leads --config=many.json --scheduled=2026-02-19T07:30:00Z \
	--team=day figures
text
has text '^and [0-9]+ more$' 'of very many not all are named'
shown=$(grep -c '^[0-9]*\. ' text)
[ "$shown" -gt 3 ] && grep -q "^and $((72 - shown)) more$" text
result 'and the rest is counted'
[ "$(units '.blocks[] | .. | .text? | strings')" -le 13000 ] &&
	[ "$(units .text)" -le 40000 ]
result 'within what Slack takes'
taken 'and Slack takes it'

# the week
jq '.coaching.top = 3' set.json >three.json
cp roster.all roster
cp log.all log
{
	# the week of 9 February: 80 hours of Alice at the same figures
	for at in 09 10 11 12 13; do
		day a 2026-02-$at 80 3.5 31.875 1.8125 280 150 80
		day b 2026-02-$at 544 11 42 3.5 752 78 32
		day c 2026-02-$at 760 13.25 48.75 4.625 860 37.5
		day d 2026-02-$at 80 3.5 33.75 2.125 620 127.5
	done
	team=evening day x 2026-02-14 760 13.25 48.75 4.625 860 37.5
	day f 2026-02-15 340 8.875 35.625 2.4375 650 116.25
	day f 2026-02-16 9000 8.875 35.625 2.4375 650 116.25
	team=evening day x 2026-02-08 9000 13.25 48.75 4.625 860 37.5
} >days
figures 2026-02-16T15:30:00Z --date=2026-02-15
briefing_at 2026-02-16T15:30:00Z management figures
exits 0 'the week before'
empty err 'without a word'
text
same text 'of each team, the best and the weakest' <<'!'
Weekly report — Mon 9 Feb to Sun 15 Feb 2026
data up to Sun 15 Feb

Day team: $7,660.00 sales · $45.60/hr · CVR 7.9 % · 21 chatter-days worked
   Coaching: 3 sessions held · 4 chatters of 7 due
   Traffic imbalance on 5 days
Team E: $760.00 sales · $95.00/hr · CVR 13.3 % · 1 chatter-day worked
   Coaching: 0 sessions held · 0 chatters of 1 due
All teams: $8,420.00 sales · 22 chatter-days worked · 3 sessions held

Best of the week
1. Celia Otieno, Day team — score 90 (Top performer) · $95.00/hr
2. Ximena Soto, Team E — score 90 (Top performer) · $95.00/hr
3. Bruno Costa, Day team — score 72 (Good) · $68.00/hr

Weakest of the week
1. Alice Moreno, Day team — score 28 (Low) · $10.00/hr
2. Daniel Mensah, Day team — score 35 (Low) · $10.00/hr
3. Femi Adeyemi, Day team — score 55 (Fair) · $42.50/hr

Dashboard: https://example.github.io/coaching/?a=1&b=2
!
ok 'goes to the management' jq -e '.to == "U0COO00001" and
	.key == "management 2026-02-16T15:30:00Z"' out
cp text week
taken 'and Slack takes it'
grep -v -e '"chatter_week".*"id":"[fx]"' figures | tac >few
briefing_at 2026-02-16T15:30:00Z management few
text
sed -n '/^Best/,/^Dashboard/p' text >line
same line 'of few nobody is both' <<'!'
Best of the week
1. Celia Otieno, Day team — score 90 (Top performer) · $95.00/hr
2. Bruno Costa, Day team — score 72 (Good) · $68.00/hr
3. Daniel Mensah, Day team — score 35 (Low) · $10.00/hr

Weakest of the week
1. Alice Moreno, Day team — score 28 (Low) · $10.00/hr

Dashboard: https://example.github.io/coaching/?a=1&b=2
!
briefing_at 2026-02-23T15:30:00Z management figures
text
same text 'a week of which there is nothing' <<'!'
Weekly report — Mon 16 Feb to Sun 22 Feb 2026
data up to Sun 15 Feb

No data available for this week.

Dashboard: https://example.github.io/coaching/?a=1&b=2
!
cat text >>week
jq 'del(.slack)' set.json >nobody.json
run briefing management --config=nobody.json figures
exits 1 'nobody to tell'
same err 'is said' <<'!'
briefing: slack.management is not in the settings, so nobody is told
!

# who was coached: Alice and Bruno were due, Celia and Daniel yesterday
cp days.all days
cp roster.all roster
for from in briefing end; do
	# figures of the briefing, or of the end of the shift
	cp log.all log
	[ $from = briefing ] || session a 2026-02-17 >>log
	figures 2026-02-17T07:30:00Z
	[ $from = end ] || session a 2026-02-17 >>log
	briefing_at 2026-02-17T14:30:00Z compliance --team=day figures log
	exits 0 "who was coached, by figures of the $from"
	text
	same text "of those due, by figures of the $from" <<'!'
Coaching today — Day team
Sessions of Tue 17 Feb

1 of 4 coached

Not coached yet:
Esther Boateng — Not coached for 3 days · Sales per hour $7.70, below $20 · Score 31 of 100
Bruno Costa — Never coached
Femi Adeyemi — Not coached for 2 days

Dashboard: https://example.github.io/coaching/?a=1&b=2
!
	cat text >>week
done
ok 'goes to the lead' jq -e '.to == "U0DAY00001" and
	.key == "compliance day 2026-02-17T14:30:00Z"' out
taken 'and Slack takes it'
for id in b e f; do
	session $id 2026-02-17
done >>log
briefing_at 2026-02-17T14:30:00Z compliance --team=day figures log
text
has text '^4 of 4 coached$' 'all were'
lacks text 'Not coached' 'and nobody is left'
cat text >>week
briefing_at 2026-02-17T22:30:00Z compliance --team=evening --to=U0DAY00001 \
	figures log
text
has text '^Nobody was due for coaching\.$' 'nobody was due'
cat text >>week
briefing_at 2026-02-17T14:30:00Z compliance --team=day none
text
has text '^No data available yet' 'no figures'
cat text >>week
# A shift that starts at midnight: its lead was told the day before, when who was
# coached on Sunday was not due yet; who was coached on Saturday was.
person a 'Alice Moreno' night >roster
person b 'Bruno Costa' night >>roster
team=night
for id in a b; do
	day $id 2026-02-15 544 11 42 3.5 752 78
done >days
unset team
session a 2026-02-15 >log
session b 2026-02-14 >>log
figures 2026-02-17T06:30:00Z
briefing_at 2026-02-17T06:30:00Z compliance --team=night figures log
text
has text '^0 of 1 coached$' 'due is who was when the lead was told'
has text '^Bruno Costa — Not coached for 2 days$' 'with the days until then'

# words that say nothing to those who read these
cp roster.all roster
cp days.all days
cp log.all log
figures 2026-02-17T07:30:00Z
for model in 'leads --team=day --team=night' management; do
	# shellcheck disable=SC2086 # its words
	briefing_at 2026-02-17T07:30:00Z $model figures
	text
	cat text >>week
done
sed 's/https:[^ ]*//' week >words
[ "$(wc -l <words)" -gt 60 ]
result 'the texts are there'
not_ok 'no text has a word of those who know the sources' grep -n -i -E \
	'mismatch|unmatched|null|nan|undefined|inf|error|exception|api|csv|json|hubstaff|inflow|airtable|http|token|fuzzy|alias|stack' \
	words

# what an ingest told
{
	echo '{"type":"file","id":"F1","name":"inflow <1>.csv","path":"x","bytes":12345}'
	idle a 2026-02-16 worked 28800
	idle b 2026-02-16 no_data 28800
	idle c 2026-02-16 day_off 0
	echo '{"type":"store","store":"sqlite","created":2,"updated":0,"unchanged":1,"skipped":0,"failed":0}'
	echo '{"type":"store","table":"Daily Performance","created":1,"updated":0,"skipped":1,"failed":1,"reason":null}'
	echo '{"type":"store_failed","table":"Daily Performance","where":"days:3","record":"Celia Otieno","reason":"field Hours is no number"}'
	echo '{"type":"fetch_report","what":"hours","object":"daily_activities","org_name":"Lantern <House>","source_total":null,"received":1203,"complete":false,"reason":"503"}'
	echo '{"type":"fetch_report","what":"records","object":"Chatters","received":9,"complete":true,"reason":null}'
	echo '{"type":"unmatched","source":"log","raw":"Ghost","reason":"none","candidates":[],"sales":null,"messages_sent":null}'
	echo '{"type":"unmatched","source":"inflow","raw":"Mario Lopes","reason":"none","candidates":[{"id":"1","name":"Maria Lopez","similarity":0.9266}],"sales":80,"messages_sent":1000}'
	echo '{"type":"unmatched","source":"inflow","raw":"Alicia & Co","reason":"none","candidates":[{"id":"1","name":"Alice Moreno","similarity":0.9525}],"sales":1200.5,"messages_sent":685}'
	echo '{"type":"unmatched","source":"inflow","raw":"Peter James","reason":"ambiguous","candidates":[{"name":"Peter James Luna","similarity":0.9},{"name":"Peter James Soto","similarity":0.9}],"sales":5,"messages_sent":null}'
	echo '{"type":"unmatched","source":"hubstaff","raw":"Old Hand","reason":"inactive","candidates":[],"sales":null,"messages_sent":null}'
	echo '{"type":"missing_inflow","date":"2026-02-16","id":"b","name":"Bruno Costa","team":"day"}'
	echo '{"type":"missing_inflow","date":"2026-02-16","id":"c","name":"Celia Otieno","team":"day"}'
	echo '{"type":"missing_hubstaff","date":"2026-02-16","id":"x","name":"Ximena Soto","team":null}'
	echo '{"type":"operations_note","date":"2026-02-16","note":"sales_without_hours","id":"c","name":"Celia Otieno","text":"sales of $50.00 with 3599 s of tracked time"}'
	echo '{"type":"operations_note","date":"2026-02-16","note":"other_team","id":"a","name":"Alice Moreno","text":"the group Night is not the team day"}'
	echo '{"type":"operations_note","date":"2026-02-15","note":"no_hours","id":null,"name":null,"text":"no time of anybody is known"}'
	echo '{"type":"missing_date","of":"chatter_day","date":"2026-02-13"}'
} >told
briefing_at 2026-02-17T07:30:00Z operations told
exits 0 'an ingest'
text
same text 'what happened, what to do and where' <<'!'
Ingest report — data of Mon 16 Feb

File: inflow <1>.csv, 12,345 bytes
Chatters: 1 worked · 1 day off · 1 no data
Stored in the history: 2 created · 0 updated · 1 there before
Stored in Daily Performance: 1 created · 0 updated · 1 there before · 1 failed

Fetches that are not complete (1)
• hours of daily_activities, Lantern <House>: 1,203 received — 503
To do: run the ingest again; what is there already stays

Records that were not stored (1)
• Celia Otieno: field Hours is no number
To do: put right what each says, in the table or its fields, and run the ingest again

Days without tracked time (1)
• 2026-02-15: no time of anybody is known
To do: look whether Hubstaff answers, and run the ingest again

Dates of which nothing is kept (1)
• 2026-02-13
To do: share the export of each in Slack, and run the ingest again

Names that nobody of the roster has (3)
• Inflow: Alicia & Co, $1,200.50, 685 messages — perhaps Alice Moreno (0.95)
• Inflow: Mario Lopes, $80.00, 1,000 messages — perhaps Maria Lopez (0.93)
• coaching log: Ghost
To do: correct the name where it comes from, or in the table of chatters; or give it in the file of aliases: source,name,name in the roster, or ignore when it is nobody's

Names that fit several people (1)
• Inflow: Peter James, $5.00 — could be Peter James Luna (0.90), Peter James Soto (0.90)
To do: say in the file of aliases who it is

Names of people who are not active (1)
• Hubstaff: Old Hand
To do: set status or role in the table of chatters, or ignore the name in the file of aliases

People of the roster whom Hubstaff does not know (1)
• Ximena Soto, 2026-02-16
To do: correct the name in Hubstaff or in the table of chatters, or put the Hubstaff user id there

People of the roster who are not in the export (1)
• Bruno Costa, day, 2026-02-16
To do: correct the name in Inflow, or look why the export does not have them

Sales without tracked hours (1)
• Celia Otieno, 2026-02-16: sales of $50.00 with 3599 s of tracked time
To do: look in Hubstaff whether the time was tracked by somebody else or not at all; these sales are in no sum

Another team than in the roster (1)
• Alice Moreno, 2026-02-16: the group Night is not the team day
To do: correct the group in Inflow, or the team in the table of chatters
!
ok 'goes to operations' jq -e '.to == "U0OPS00001" and
	.key == "operations 2026-02-17T07:30:00Z"' out
taken 'and Slack takes it'
head -n 6 told >fine
briefing_at 2026-02-17T07:30:00Z operations fine
text
same text 'nothing to do' <<'!'
Ingest report — data of Mon 16 Feb

File: inflow <1>.csv, 12,345 bytes
Chatters: 1 worked · 1 day off · 1 no data
Stored in the history: 2 created · 0 updated · 1 there before
Stored in Daily Performance: 1 created · 0 updated · 1 there before · 1 failed

Nothing to put right.
!
: >none
briefing_at 2026-02-17T07:30:00Z operations none
text
same text 'nothing at all' <<'!'
Ingest report — Tue 17 Feb

Nothing was taken in and nothing was stored.

Nothing to put right.
!
for i in 1 2; do
	for k in 1 2 3 4 5 6 7 8 9; do
		echo '{"type":"unmatched","source":"inflow","raw":"'"$long$k"'","reason":"none","sales":'"$i$k"'}'
	done
done >many
briefing_at 2026-02-17T07:30:00Z operations many told
text
has text '^and 11 more$' 'of many names the first are told'
taken 'and Slack takes them' --force
for reason in none ambiguous conflict inactive; do
	for i in 1 2 3 4 5 6 7 8 9; do
		echo '{"type":"unmatched","source":"inflow","raw":"'"$long"'","reason":"'$reason'","candidates":[{"name":"'"$long"'"},{"name":"'"$long"'"}]}'
	done
done >many
briefing_at 2026-02-17T07:31:00Z operations many told
text
has text '^There is more to put right than has room here\.$' \
	'what has no room is told to be'
taken 'and Slack takes it'
run briefing operations --config=set.json --as-of=2026-02-17T07:30:00Z told
jq -r .key out >keys
run briefing operations --config=set.json --as-of=2026-02-17T09:30:00Z told
jq -r .key out >>keys
run briefing operations --config=set.json --as-of=2026-02-17T09:30:00Z fine
jq -r .key out >>keys
[ "$(sort -u keys | wc -l)" -eq 2 ] && [ "$(sort keys | uniq -d | wc -l)" -eq 1 ]
result 'what is not scheduled is known by the day and what it says'

# alerts
{
	echo '{"type":"alert","system":"coach","coach_id":"7","coach_name":"Bram de Wit","week_start":"2026-02-09","text":"Won rate 0.0% < 4w avg (25.0%) - 15%"}'
	echo '{"type":"coach_week","coach_id":"7"}'
	echo '{"type":"alert","system":"coach","coach_name":"Anna Vos","week_start":"2026-02-09","text":"Nabeller 25.0% > 20%"}'
} >alerts
run briefing alerts --to=C0ALERTS01 --as-of=2026-02-16 alerts
text
same text 'alerts are one message' <<'!'
2 alerts, week of Mon 9 Feb
Bram de Wit: Won rate 0.0% < 4w avg (25.0%) - 15%
Anna Vos: Nabeller 25.0% > 20%
!
ok 'without blocks' jq -e 'has("blocks") | not' out
post
ok 'and Slack shows it' jq -e '.[-1] | .channel == "C0ALERTS01" and
	(.text | contains("0.0% &lt; 4w")) and (has("blocks") | not)' posted
run briefing alerts --to=C0ALERTS01 --as-of=2026-02-16 alerts
post
echo already | same how 'once'
echo '{"type":"alert","text":"Something else"}' >alert
run briefing alerts --to=C0ALERTS01 --as-of=2026-02-16 alert
text
printf '1 alert\nSomething else\n' | same text 'of any system'
run briefing alerts --to=C0ALERTS01 none
exits 0 'no alert'
empty out 'is no message'
echo '{"type":"alert","system":"coach"}' >bad
run briefing alerts --to=C0ALERTS01 bad
exits 2 'an alert that says nothing'
echo "briefing: bad:1: field 'text' is missing" | same err 'is told'
yes "$(head -n 1 alerts)" | head -n 5000 >many
run briefing alerts --to=C0ALERTS01 many
taken 'of very many the first are told'

# what is no input
run briefing leads --team=day --config=set.json week
exits 2 'text is no record'
grep -v chatter_summary figures >half
run briefing leads --team=day --config=set.json half
exits 2 'half of a run'
has err 'no chatter_summary in the input' 'is told'
cat figures figures >twice
run briefing leads --team=day --config=set.json twice
exits 2 'two runs'
has err '^briefing: twice:[0-9]+: a second chatter_summary' 'are told'
run sh -c 'briefing leads --team=day --config=set.json figures >/dev/full'
exits 2 'a full disk is no success'
wrong() { # wrong NAME ARGUMENT...
	name=$1
	shift
	run briefing "$@"
	exits 2 "$name"
	has err '^briefing: ' 'is told'
}
wrong 'no model'
wrong 'a model that is none' nobody
wrong 'no team' leads --config=set.json figures
wrong 'a team that is none' leads --team=0 --config=set.json figures
wrong 'a team for what has none' management --team=day figures
wrong 'alerts to nobody' alerts alerts
wrong 'an id that is none' alerts --to=dana alerts
all_done
