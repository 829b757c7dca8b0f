#!/bin/sh
# render-html(1), the model chatters: the page as it is before a script runs, and
# what stops it; render-html-chatters-browser.t has the rest
. "${0%/*}/../lib.sh"

at=2026-02-11T07:41:00Z

# day ID NAME DATE TRACKED MEMBERS: of the team day, worked
day() {
	printf '{"type":"chatter_day","date":"%s","id":"%s","name":%s,' "$3" "$1" "$2"
	printf '"team":"%s","status":"%s","tracked_s":%s%s}\n' \
		"${team-day}" "${state-worked}" "$4" "${5:+,$5}"
}

# session ID CHATTER DATE LEAD NOTES
session() {
	printf '{"type":"coaching_log","id":"%s","chatter_id":"%s","date":"%s",' \
		"$1" "$2" "$3"
	printf '"name":"x","team_leader":"%s","notes":%s,"focus_kpi":"cvr",' "$4" "$5"
	printf '"target_value":10,"baseline_value":8.2}\n'
}

# figures FILE...: what metrics says of them, with their sessions and reports
figures() {
	metrics chatters --as-of="${run-$at}" "$@" &&
		grep -hE '"type":"(coaching_log|chatter_report)"' "$@"
	:
}

page() {
	run render-html chatters --generated-at="$at" "$@"
}

# What a person can read or is told: text and the attributes that are shown.
cat >texts.py <<'!'
import html, re, sys
page = open(sys.argv[1], encoding='utf-8', newline='').read()
page = re.sub(r'<(script|style)\b.*?</\1>', '', page, flags=re.S)
names = 'title|aria-label|data-t|placeholder|data-empty|data-unit|alt|label|data-to'
shown = re.findall(r' (?:%s)="([^"]*)"' % names, page)
# only what is inline is one run of text
text = re.sub(r'</?(b|i|bdi|a|small|span)\b[^>]*>', '', page)
text = re.sub(r'<[^>]*>', '\n', text)
for line in text.split('\n') + shown:
    if line.strip():
        print(html.unescape(line).strip())
!
texts() {
	python3 texts.py "${1-out}"
}

full='"sales":412.5,"messages_sent":685,"ppvs_sent":45,"ppvs_unlocked":18,"fans":60,"fans_spent":6,"cvr_pct":9.8,"unlock_pct":41.2,"golden_pct":3.1,"reply_s":102'
low='"sales":96.1,"messages_sent":480,"ppvs_sent":12,"ppvs_unlocked":3,"fans":24,"cvr_pct":5.5,"unlock_pct":25,"golden_pct":2.5,"reply_s":3900'
{
	for n in 4 5 6 7 8 9; do
		day a '"Alice Moreno"' "2026-02-0$n" 28800 \
			"\"sales\":$((300 + n * 8)),\"cvr_pct\":8"
	done
	day a '"Alice Moreno"' 2026-02-10 27900 "$full"
	day b '"Bruno Costa"' 2026-02-10 28800 "$low"
	state=day_off
	day c '"Celia Otieno"' 2026-02-10 1440
	state=no_data
	day d '"Daniel Mensah"' 2026-02-10 27900
	unset state
	team=night
	day e '"Elena Petrov"' 2026-02-10 28800 '"sales":1200,"cvr_pct":15,"messages_sent":900,"unlock_pct":50,"golden_pct":5,"reply_s":45,"fans":70'
	unset team
	session l1 a 2026-02-09 'Dana Reyes' '"Two price points"'
	session l2 b 2026-02-04 'Dana Reyes' 'null'
	echo '{"type":"chatter_report","id":"r1","chatter_id":"b","date":"2026-02-10","name":"x","team_leader":"Dana Reyes","method":"Call","resolution":"Solved","evidence":null}'
} >days
figures days >in
page in
exits 0 'a page is made'
empty err 'and nothing is told'
cp out first
texts first >text

# worked by hand: 412.5 + 96.1 + 1200; (53.2258 + 12.0125 + 150) / 3
for line in 'Performance for Tuesday 10 February 2026 · Updated 11 Feb 2026, 07:41 UTC' \
	'3 of 5 chatters worked and sold for $1,708.60, on average $71.75 an hour: sales are 385 % above the 7-day average.' \
	'▲ +385 % vs 7-day average' \
	'$1,708.60' '$71.75' '154' '3 of 5' '1 chatter needs attention' \
	'No data available: 1' 'Day off: 1' \
	'Sales per hour $12.01, below $20' 'CVR 5.5 %, below 7 %' \
	'Reply time 1h 5m, above 2m 30s' '$53.23' '$150.00' '9.8 %' '1m 42s' \
	'45s' '7.8 h' 'Top performer' 'Never coached' '7d overdue' \
	'0.75 PPVs per fan' '40.0 % unlocked' '$22.92 per unlock' \
	'2 days ago, on Mon 9 Feb, by Dana Reyes' 'Two price points' \
	'CVR 10 % — now 9.8 %, improving' '88.4' 'Coached this week'; do
	ok "says: $line" grep -qF -- "$line" text
done
grep -c '<section class="view"' first >found
echo 6 | same found 'views: overview, three teams, coaching, weekly'
grep -o '<nav.*</nav>' first | sed 's/<\/a>/&\n/g' |
	sed -n 's/.*href="#\([^"]*\)".*/\1/p' >found
same found 'in the order of the settings' <<'!'
overview
team-night
team-day
team-evening
coaching
weekly
!
has first '<meta name="robots" content="noindex">' 'nobody is to index it'
has first '<meta name="data-date" content="2026-02-10">' 'whoever publishes it sees the day'
lacks first 'class="stale"' 'yesterday is not old'
lacks first 'data-first' 'with data it opens on the day'
python3 - first <<'!' >found
import re, sys
page = open(sys.argv[1], encoding='utf-8').read()
for names, name in re.findall(r'<article class="(card[^"]*)".*?<h4><bdi>(.*?)</bdi>', page, re.S):
    print(name, names)
!
same found 'cards: by score; then who has no data; then who was off' <<'!'
Elena Petrov card worked
Alice Moreno card worked
Bruno Costa card worked flagged
Daniel Mensah card
Celia Otieno card off
!
has text '^Sales per hour, last 7 days: 41.5, 42.5, 43.5, 44.5, 45.5, 46.5, 53.23$' \
	'a line is told'
has text '^Sales per hour: today \$53.23, 7-day average \$44.00 \(\+21 %\)$' \
	'an arrow tells what it is against'

# the same records in another order, and again
sort -r in >other
page other
same_file out first 'records may come in any order'
run env TZ=Pacific/Kiritimati LC_ALL=nl_NL.UTF-8 render-html chatters \
	--generated-at="$at" in
same_file out first 'whatever the zone and the locale'
page --output=file.html <in
empty out 'nothing goes to standard output with --output'
same_file file.html first 'the file is the same page, from standard input'

# what the page may do is said by hashes of what is in it
python3 - first <<'!' >found
import base64, hashlib, json, re, sys
page = open(sys.argv[1], encoding='utf-8', newline='').read()
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
print(re.sub(r"'sha256-[^']*'", 'HASH', policy))
for kind, inside in ('style', r'<style>(.*?)</style>'), ('script', r'<script>(.*?)</script>'):
    text = re.search(inside, page, re.S)[1].encode()
    found = base64.b64encode(hashlib.sha256(text).digest()).decode()
    said = re.search(kind + r"-src 'sha256-([^']*)'", policy)[1]
    print(kind, found == said, len(text) < 30720)
print(len(re.findall(r'(?:src|href)="(?!#|data:,)', page)), 'loads')
print(len(re.findall(r' style="| on\w+="', page)), 'inline')
data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1]
print(json.loads(data)['date'], len(re.findall('<script', page)))
!
same found 'the hashes are right, the script is small, nothing is loaded' <<'!'
default-src 'none'; style-src HASH; script-src HASH; img-src data:; base-uri 'none'; form-action 'none'
style True True
script True True
0 loads
0 inline
2026-02-10 2
!

# the words for what is missing
words='mismatch|unmatched|null|nan|undefined|inf|error|exception|api|csv|json|hubstaff|inflow|airtable|http|token|fuzzy|alias|stack'
ok 'case 94: who was off is a Day off' grep -qx 'Day off' text
ok 'case 94: who has no data has No data available' \
	grep -qx 'No data available' text
grep -iE "$words" text >found
empty found 'case 94: nothing that is shown has a word of the machinery'
echo 'an Error' | grep -iE "$words" >found
ok 'which a search would find' test -s found
grep -ohE "\"[^\"]*\"|\`[^\`]*\`|'[^']*'" "$top/lib/page/chatters.js" \
	"$top/lib/html/tabs.js" | sed 's/\${[^}]*}//g' | grep -iE "$words" >found
empty found 'nor do the strings of its script'
# what people wrote is theirs
{
	day a '"Nancy Stackpole"' 2026-02-10 27900 "$full"
	session l1 a 2026-02-09 'Dana Reyes' '"Read the API error: null"'
} >days
figures days >in2
page in2
has out 'Nancy Stackpole' 'a name is shown as it is spelled'
has out 'Read the API error: null' 'and a note as it was written'

# case 71: a gap breaks the line
{
	n=4
	for sales in 45 48 '' 50 52 49 53; do
		[ -z "$sales" ] || day a '"Alice"' "$(printf '2026-02-%02d' $n)" \
			36000 "\"sales\":${sales}0"
		n=$((n + 1))
	done
} >days
figures days >in2
page in2
python3 - out <<'!' >found
import re, sys
svg = re.search(r'class="week"><svg class="trend".*?</svg>', open(sys.argv[1], encoding='utf-8').read(), re.S)[0]
print(re.search('aria-label="([^"]*)"', svg)[1])
print([len(p.split()) for p in re.findall('points="([^"]*)"', svg)], svg.count('<circle'))
print(re.findall('points="([^ ]*)', svg), re.search(r'viewBox="([^"]*)"', svg)[1])
!
same found 'case 71: two segments and a dot at the end' <<'!'
Sales per hour, last 7 days: 45, 48, –, 50, 52, 49, 53
[2, 4] 1
['4,20.3', '42,9.9'] 0 0 84 24
!
day a '"Alice"' 2026-02-10 36000 '"sales":450' >days
figures days >in2
page in2
grep -o 'class="week"><svg.*' out | sed 's/<\/svg>.*//' |
	grep -o '<polyline\|<circle' | sort | uniq -c | tr -s ' ' >found
echo ' 2 <circle' | same found 'a value alone is a dot'

# names of all kinds stay text
{
	day a '"<b>Eve</b> & Co"' 2026-02-10 27900 "$full"
	day b '"</script><script>alert(1)</script>"' 2026-02-10 27900 "$low"
	day c '"\"double\" '\''single'\'' \u202eאבג\u200f"' 2026-02-10 27900
	day d '"a&amp;b\u2028c\u0000d\nnew"' 2026-02-10 27900 "$full"
	day e '"<!-- <img src=x onerror=alert(1)>"' 2026-02-10 27900 "$low"
	session l1 a 2026-02-10 '<i>Dana</i>' '"</article><script>alert(2)</script>"'
	team='<u>x</u>'
	day f '"Ann"' 2026-02-10 27900 "$full"
	unset team
} >days
figures days >hostile
page hostile
exits 0 'a page of hostile names is made'
has out '&lt;b&gt;Eve&lt;/b&gt; &amp; Co' 'case 93: a name is escaped'
python3 - out <<'!' >found
import json, re, sys
page = open(sys.argv[1], encoding='utf-8', newline='').read()
data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1]
print(page.count('<script'), any(c in data for c in '<>&\u2028\u2029'))
print(sorted(r[0] for w in json.loads(data)['weeks'] for t in w for r in t[6:])[2])
print('<b>Eve' in page, '<img' in page, '<i>Dana' in page, '<u>' in page, '\0' in page)
!
same found 'no name ends the script or starts an element' <<'!'
2 False
</script><script>alert(1)</script>
False False False False False
!

# old, little and nothing
run=2026-02-16T07:41:00Z
{
	day a '"Alice"' 2026-02-14 27900 "$full"
} >days
figures days >in2
at=$run
page in2
has out '<p class="stale">Showing the latest available data, from Saturday 14 February\.' \
	'data older than yesterday is said to be old'
at=2026-02-15T07:00:00Z
run=$at
figures days >in2
page in2
lacks out 'class="stale"' 'and that of yesterday is not'
at=2027-01-02T07:00:00Z
page in2
has out 'from Saturday 14 February 2026\.' 'in another year with its year'
at=2026-02-11T07:41:00Z
run=$at

page /dev/null
exits 0 'nothing makes a page'
same err 'and that is told' <<'!'
render-html: no chatter_summary in the input; the page has no figures
!
texts >found
ok 'which says: No data available' grep -qx 'No data available' found
grep -iE "$words" found >these
empty these 'in these words'

{
	state=day_off
	day a '"Alice"' 2026-02-10 0
	unset state
	day a '"Alice"' 2026-02-02 28800 "$full"
} >days
figures days >in2
page in2
has out 'data-first="weekly"' 'without data of the day it opens on the weeks'
texts >found
ok 'sums without anybody are dashes' grep -qx '–' found
ok 'and nobody is active' grep -qx '0 of 1' found

# a score that is null, between those who have one and those without data
{
	day a '"Alice"' 2026-02-10 27900 "$full"
	day b '"Bruno"' 2026-02-10 27900 '"cvr_pct":9'
	state=no_data
	day c '"Celia"' 2026-02-10 27900
	unset state
} >days
figures days >in2
page in2
grep -o '<h4><bdi>[^<]*' out | sed 's/.*>//' >found
same found 'who has no score is behind who has one' <<'!'
Alice
Bruno
Celia
!

# settings
cat >set.json <<'!'
{"page": {"title": "Team board", "link": "https://example.com/"},
 "kpi": {"sales_hr": {"flag": 60, "target": 90}},
 "teams": [{"key": "day", "name": "Team Sun", "color": "#fedcba"},
  {"key": "late", "name": "Team Moon", "color": "#123abc"}]}
!
metrics chatters --config=set.json --as-of="$at" days |
	sed 's/#fedcba/url(#x)/' >in2
page --config=set.json in2
exits 0 'settings are read'
has out '<h1>Team board</h1>' 'the title is theirs'
has out 'Team Moon' 'a team without chatters is there'
has out 'fill="#123abc"' 'with its colour'
lacks out 'url\(' 'and no colour that is none'
has out 'below \$60' 'a limit is that of the records'

# what is not as it must be
# flaw SED NAME: of the records with that change the page is refused
flaw() {
	sed "$1" in >bad
	page bad
	exits 2 "$2"
}
flaw 's/"score":[0-9.]*/"score":101/' 'a score above 100 is refused'
has err "^render-html: bad:[0-9]+: field 'score' is not from 0 to 100$" \
	'by file, line and field'
flaw 's/"band":"top"/"band":"great"/' 'a band that there is not is refused'
flaw 's/"status":"day_off"/"status":"ill"/' 'a status that there is not is refused'
flaw 's/"sparkline":\[/&1,2,3,/' 'more days than a week are refused'
flaw 's/"flags":\[[^]]*\]/"flags":[{"kpi":"x","limit":1}]/' \
	'a flag of no figure is refused'
flaw 's/"coaching":{/"coaching":[{/; s/"goal":[^}]*}/&]/' \
	'an array for an object is refused'
cat in in >bad
page bad
exits 2 'two days in one page are refused'
grep -v chatter_summary in >bad
page bad
exits 2 'figures without their summary are refused'
sed '/"type":"chatter",/s/"date":"2026-02-10","id":"b"/"date":"2026-02-09","id":"b"/' in >bad
page --output=kept.html bad
exits 2 'a chatter of another day is refused'
same err 'which is told' <<'!'
render-html: chatter 'b' is of 2026-02-09, the summary of 2026-02-10
!
not_ok 'no half page is left' test -e kept.html
page missing
exits 2 'a missing file is an error'
run render-html chatters --run=20260301_060000 in
exits 2 'an option of the other page is refused'
has err '^render-html: --run is not for chatters$' 'which is told too'
run render-html chatters --generated-at=today in
exits 2 'a time has its form'
run sh -c 'render-html chatters "$0" >/dev/full' in
exits 2 'a full disk is not success'
all_done
