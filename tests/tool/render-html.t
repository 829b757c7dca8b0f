#!/bin/sh
# render-html(1): the page as it is before a script runs, and what stops it;
# render-html-browser.t has the rest
. "${0%/*}/../lib.sh"

now=2026-03-01T12:00:00Z

# coach ID NAME DEALS SMOOTHED [LABEL]: the same in each period
coach() {
	printf '{"type":"coach","coach_id":"%s","coach_name":%s' "$1" "$2"
	for period in 1m 3m 6m; do
		printf ',"deals_%s":%s,"smoothed_%s":%s' "$period" "$3" \
			"$period" "$4"
		printf ',"nabeller_pct_%s":0' "$period"
	done
	printf ',"eligibility":"%s"}\n' "${5:-✅ Goed}"
}

# deal COACH_ID NAME CREATED CLASS [PIPELINE]
deal() {
	printf '{"type":"deal_row","deal_id":"1","coach_id":"%s",' "$1"
	printf '"coach_name":%s,"created_at":"%s","class":"%s",' "$2" "$3" "$4"
	printf '"pipeline":"%s","dealstage":"s"}\n' "${5:-p}"
}

page() {
	run render-html coach --as-of="$now" "$@"
}

# card ID: what the card says
card() {
	grep -o "<dd id=\"$1\">[^<]*" out | sed 's/.*>//'
}

{
	coach 1 '"Anna Vos"' 20 50
	coach 2 '"Bram Wit"' 10 30
	coach 3 '"Daan"' 0 60 'Geen data'
	coach 4 '"Een NABELLER"' 40 90
	coach 5 '"UNKNOWN"' 1300 10
	coach 6 '"Eva Oost"' 1204 20.25
	deal 1 '"Anna Vos"' 2026-02-25T10:00:00Z WON
	deal 1 '"Anna Vos"' 2026-02-26T10:00:00Z LOST
	deal 2 '"Bram Wit"' 2026-02-10T10:00:00Z OPEN 38341389
	deal 9 '"Not a coach"' 2026-02-26T10:00:00Z WON
	deal 1 '"Anna Vos"' garbage WON
} >in
page --run=20260301_115500 in
exits 0 'a page is made'
{
	echo 'render-html: deals left out, without a readable created_at: 1'
} | same err 'deals without a date are told'
cp out first
# worked by hand: the means are over all, the median that of 20.25 30 50 60
for figure in k-deals:1.234 k-winst:40.1% k-gem:308.5 k-mediaan:40.0% \
	k-boven:50%; do
	card "${figure%%:*}" >found
	echo "${figure#*:}" | same found "the card ${figure%%:*}"
done
grep -c NABELLER out >found
echo 1 | same found 'whom pages leave out is in availability alone'
lacks out 'Not a coach' 'nor is a coach without figures'
has out 'Week van: 23-02-2026' 'the last week is there'
has out 'Run 01-03-2026 11:55 UTC' 'the run is named'
page --run=20260301_115500 in
same_file out first 'the same records make the same bytes'
run env TZ=Pacific/Kiritimati LC_ALL=nl_NL.UTF-8 render-html coach \
	--as-of="$now" --run=20260301_115500 in
same_file out first 'whatever the zone and the locale'
page --run=20260301_115500 --output=file.html in
empty out 'nothing goes to standard output with --output'
same_file file.html first 'the file is the same page'
page <in
exits 0 'standard input is read'
has out 'Run onbekend' 'a run that is not named is unknown'

# what the page may do is said by hashes of what is in it
has first "default-src .none.; style-src .sha256-[^']*.; script-src .sha256-" \
	'the policy lets nothing be loaded'
python3 - first <<'!' >found
import base64, hashlib, html, re, sys
page = open(sys.argv[1], encoding='utf-8', newline='').read()
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
for kind, inside in ('style', r'<style>(.*?)</style>'), ('script', r'<script>(.*?)</script>'):
    text = re.search(inside, page, re.S)[1].encode()
    found = base64.b64encode(hashlib.sha256(text).digest()).decode()
    said = re.search(kind + r"-src 'sha256-([^']*)'", policy)[1]
    print(kind, found == said, len(text) < 30720)
print(len(re.findall(r'(?:src|href)="(?!#|data:,)', page)), 'loads')
print(len(re.findall(r' style="| on\w+="', page)), 'inline')
!
same found 'the hashes are right, the script is small, nothing is loaded' <<'!'
style True True
script True True
0 loads
0 inline
!

# names of all kinds stay text
name=$(printf '%300s' '' | tr ' ' x)
{
	coach 1 '"</script><script>alert(1)</script>"' 20 50
	coach 2 '"\"double\" and '\''single'\''"' 20 50
	coach 3 '"🧡 \u202eאבג\u200f"' 20 50
	coach 4 "\"$name\"" 20 50
	coach 5 '"<!-- <img src=x onerror=alert(1)>"' 20 50
	coach 6 '"a&amp;b\u2028c\u0000d"' 20 50
	coach 7 null 20 50
} >hostile
page hostile
exits 0 'a page of hostile names is made'
python3 - out <<'!' >found
import json, re, sys
page = open(sys.argv[1], encoding='utf-8', newline='').read()
data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1]
print(page.count('<script'), any(c in data for c in '<>&\u2028\u2029'))
print([c[1] for c in json.loads(data)['coaches']][0])
print('<img' in page, '\0' in page, 'x' * 300 in page)
!
same found 'no name ends the script or starts an element' <<'!'
2 False
</script><script>alert(1)</script>
False False True
!

# little and nothing
page /dev/null
exits 0 'an empty account has a page'
same err 'and that is told' <<'!'
render-html: no coach in the input; the page has no figures
!
card k-deals >found
echo 0 | same found 'no deals'
card k-winst >found
echo N/A | same found 'and no mean'
has out 'Haal eerst data op' 'the page says what to do'
lacks out 'Geen coaches bij deze filters' 'which is not to change a filter'
coach 1 '"Anna"' 0 60 'Geen data' >in
page in
exits 0 'one coach without a deal has a page'
card k-mediaan >found
echo 60.0% | same found 'the median is that coach'

# older files
printf '%s%s\n' '{"type":"coach","coach_id":"1","coach_name":"Oud",' \
	'"deals_1m":4,"smoothed_1m":50,"eligibility":"✅ Laag 2"}' >old
page old
exits 0 'a coach of an older file is read'
lacks out 'Warme aanvraag' 'without requests there are no columns of them'
has out '✅ Goed' 'an older label is the one of today'
lacks out 'Laag 2' 'and is not shown'

# runs and availability
cp -r "$examples/runs" all
runs --data="$PWD/all" list >run_rows
runs --data="$PWD/all" compare 20260201_060000 20260301_060000 >>run_rows
cat >available <<'!'
{"type":"availability","coach_id":"1","coach_name":"Anna","na_leads_aan":false,"afwezig_van":null,"afwezig_tot":"","notitie":"<b>","laatst_gewijzigd":"2026-02-01 10:00:00","status":"🔴 NA leads uit"}
!
page old run_rows available
exits 0 'runs and availability are read'
has out '20260201_060000' 'the run before is there'
has out '→' 'there is a comparison'
has out '&lt;b&gt;' 'a note is text'
card k-uit >found
echo 1 | same found 'who takes no leads is counted'

# bad input
page missing
exits 2 'a missing file is an error'
echo '{"type":"coach","coach_id":"1","deals_1m":"many"}' >bad
page bad
exits 2 'a figure that is none is an error'
has err '^render-html: bad:1: ' 'which names file and line'
echo '{"type":"deal","id":"1","properties":{}}' >bad
page --output=kept.html bad
exits 2 'a deal without a class is an error'
not_ok 'no half page is left' test -e kept.html
run render-html
exits 2 'a model is needed'
run render-html sales
exits 2 'and must be known'
run render-html coach --run=today
exits 2 'a run id has its form'
run sh -c 'render-html coach "$0" >/dev/full' old
exits 2 'a full disk is not success'
all_done
