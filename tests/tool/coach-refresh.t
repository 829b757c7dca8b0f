#!/bin/sh
# coach-refresh(1), against the sandbox
# slow: limits take their time
. "${0%/*}/../lib.sh"

python=python3
"$python" -c 'import openpyxl' 2>/dev/null || python=/usr/bin/python3
"$python" -c 'import openpyxl' 2>/dev/null || skip_all 'no openpyxl'

as_of=2026-03-01T12:00:00Z
small="--scale=0.004 --deals=500 --coaches=30 --dangling=3 --as-of=$as_of
	--limit=0 --search-limit=1000"

# sandbox ARG...: one that logs what it is asked; always at the same address,
# since another one is another HubSpot
address=
sandbox() {
	rm -f requests
	# shellcheck disable=SC2086 # words are words
	sandbox_start $small --log="$PWD/requests" ${address:+--port=$address} \
		"$@"
	address=${sandbox##*:}
}

# calls: what was asked, without the times it was asked
calls() {
	jq -r '[.call, .object] | map(. // "") | join(" ")' requests |
		sort -u
}

# refresh ARG...
refresh() {
	run coach-refresh --as-of="$as_of" "$@"
}

# selected ID NAME
selected() {
	jq -r .selected data/runs.json >selected
	echo "$1" >expected
	same_file selected expected "$2"
}

# no_work NAME: nothing lies about that a refresh left
no_work() {
	find data etl -name '*.tmp' -o -name '.*.work' -o -name '.*.??????' \
		>found
	empty found "$1"
}

# it tries for half a minute: see at the end
HUBSPOT_PAT=any HUBSPOT_BASE_URL=http://127.0.0.1:9 coach-refresh --data=down \
	--cache=down/cache --logs=down/logs >down.out 2>down.err &
down=$!
sandbox

# the first run

refresh --run-id=20260301_120000
exits 0 'a refresh'
same out 'prints the folder of the run' <<'!'
data/20260301_120000
!
lacks err '^coach-refresh' 'and tells no steps where there is no terminal'
find data etl -type f ! -name '.*' | sed 's/-[0-9a-f]*\.ndjson/-N.ndjson/' |
	sort >found
same found 'the files that are made' <<'!'
data/20260301_120000/coach_eligibility.xlsx
data/20260301_120000/deals_flat.csv
data/20260301_120000/enums.xlsx
data/mapping.xlsx
data/runs.json
etl/cache/contacts/hs-fetch-N.ndjson
etl/cache/deals/hs-fetch-N.ndjson
etl/cache/links/hs-fetch-N.ndjson
etl/cache/owners/hs-fetch-N.ndjson
etl/logs/fetch_hubspot_20260301_120000.log
!
no_work 'nothing else is left'
selected 20260301_120000 'the run is selected'
ok 'each cell is what another program makes of the same answers' \
	"$python" "$top/tests/coach-reference" "$sandbox" "$as_of" data \
	20260301_120000
lacks etl/logs/fetch_hubspot_20260301_120000.log \
	-v '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} - (INFO|WARNING|ERROR) - ' \
	'a line of the log is time, level and text'
has etl/logs/fetch_hubspot_20260301_120000.log \
	' - INFO - coach-refresh: step 6/6' 'the log has the steps'
cp data/mapping.xlsx mapping

# what is asked again, and what is not

sandbox
refresh --run-id=20260301_120001 --verbose
exits 0 'a second refresh'
selected 20260301_120001 'is selected'
sed -n 's/^coach-refresh: \(step [1-6].*\)/\1/p' err >found
same found 'the steps it tells' <<'!'
step 1/6 (3 %): cache
step 2/6 (10 %): contacts
step 3/6 (30 %): links
step 4/6 (50 %): deals and enums
step 5/6 (70 %): metrics
step 6/6 (90 %): store
!
has err '^coach-refresh: [1-9][0-9]* contacts$' 'with a count behind each'
has err '^coach-refresh: [1-9][0-9]* links to deals$' 'links'
has err '^coach-refresh: [1-9][0-9]* deals$' 'deals'
has err '^coach-refresh: [1-9][0-9]* coaches$' 'coaches'
calls >found
same found 'contacts, links and owners come from the cache' <<'!'
pipelines deals
read deals
!
for file in coach_eligibility.xlsx enums.xlsx deals_flat.csv; do
	ok "the same instant and answers give the same $file" \
		cmp "data/20260301_120000/$file" "data/20260301_120001/$file"
done
ok 'the mapping is left alone' cmp mapping data/mapping.xlsx

sandbox
refresh --run-id=20260301_120002 --cached-deals
exits 0 'with the deals of the cache'
calls >found
echo 'pipelines deals' >expected
same_file found expected 'not even the deals are fetched'

for what in none contacts associations deals; do
	sandbox
	refresh --run-id=20260301_120003 --refresh=$what --cached-deals
	exits 0 "--refresh=$what"
	calls | grep -v pipelines >found
	case $what in
	none) : >expected ;;
	contacts) echo 'search contacts' >expected ;;
	associations) echo 'associations contacts' >expected ;;
	deals) echo 'read deals' >expected ;;
	esac
	same_file found expected 'fetches that anew'
	rm -r data/20260301_120003
done
for option in -r --refresh --refresh=all; do
	sandbox
	refresh --run-id=20260301_120003 $option --cached-deals
	calls >found
	same found "$option fetches everything anew" <<'!'
associations contacts
owners owners
pipelines deals
read deals
search contacts
!
	rm -r data/20260301_120003
done
find etl/cache -name 'hs-fetch*' -exec touch -d '25 hours ago' {} +
sandbox
refresh --run-id=20260301_120003
calls >found
same found 'after a day contacts and links are fetched anew' <<'!'
associations contacts
pipelines deals
read deals
search contacts
!
find etl/cache -name 'hs-fetch*' | wc -l >found
echo 4 >expected
same_file found expected 'what is older is not kept'
sandbox --deals=500
refresh --run-id=20260301_120004 -r
find etl/cache -name 'hs-fetch*' | wc -l >found
same_file found expected 'nor are answers to other questions'
rm -r etl/cache
sandbox
refresh --run-id=20260301_120005
exits 0 'without the cache folder'
rm -r data/2026030*
refresh --run-id=20260301_120005
exits 0 'and without the earlier runs'

refresh --run-id=20260301_120006 --data='-odd data' --cache '-odd cache' \
	--logs='-odd *'
exits 0 'folders of any name'
rm -r ./-odd*

# settings

AANGEBRACHT_DOOR_VALUE=Niemand
export AANGEBRACHT_DOOR_VALUE
refresh --run-id=20260301_120006
exits 2 'no contacts'
has err "^coach-refresh: no contacts have aangebracht_door = 'Niemand': check" \
	'the message says what to check'
has err 'ended in step 2/6, contacts: no new run; what was selected stays' \
	'and where it ended'
has etl/logs/fetch_hubspot_20260301_120006.log ' - ERROR - .*Niemand' \
	'so does the log'
selected 20260301_120005 'the run before stays selected'
not_ok 'there is no folder' test -e data/20260301_120006
no_work 'nothing is left'
AANGEBRACHT_DOOR_VALUE='  '
refresh --run-id=20260301_120006
exits 0 'a blank value is none'
unset AANGEBRACHT_DOOR_VALUE

umask 077
cat >.env <<!
HUBSPOT_PAT="$HUBSPOT_PAT"
HUBSPOT_BASE_URL = $HUBSPOT_BASE_URL
PIPELINE_NABELLER=15413220
!
umask 022
pat=$HUBSPOT_PAT
unset HUBSPOT_PAT HUBSPOT_BASE_URL
refresh --run-id=20260301_120007 -r
exits 0 'settings may stand in .env'
PIPELINE_NABELLER=15413220 HUBSPOT_PAT=$pat ok 'they are those of the figures' \
	"$python" - <<'!'
import openpyxl
rows = {}
for run in "20260301_120006", "20260301_120007":
    book = openpyxl.load_workbook(f"data/{run}/coach_eligibility.xlsx")
    rows[run] = [r[8] for r in book["Coaches"].iter_rows(values_only=True)]
assert rows["20260301_120006"] != rows["20260301_120007"]
!
chmod 644 .env
refresh --run-id=20260301_120008
exits 2 'a .env that others can read is refused'
has err 'others can read it' 'with the reason'
refresh --run-id=20260301_120008 --env=none
exits 2 'without a token'
has err HUBSPOT_PAT 'the message names the variable'
selected 20260301_120007 'the run before stays selected'
rm .env
HUBSPOT_PAT=$pat
HUBSPOT_BASE_URL=$sandbox
export HUBSPOT_PAT HUBSPOT_BASE_URL

"$python" - <<'!'
import openpyxl
book = openpyxl.load_workbook("data/mapping.xlsx")
for row in book["stage_mapping"].iter_rows(min_row=2):
    if row[0].value.isdigit():
        row[0].value = int(row[0].value)
    row[5].value = "open "
book.save("data/mapping.xlsx")
!
cp data/mapping.xlsx mapping
refresh --run-id=20260301_120008
exits 0 'a mapping that was edited'
ok 'is left as it is' cmp mapping data/mapping.xlsx
cut -d, -f7 data/20260301_120008/deals_flat.csv | sort | uniq -c | sort -rn |
	sed -n '1s/ *[0-9]* //p' >found
echo OPEN >expected
same_file found expected 'and is used'


# usage

for word in --refresh=some --run-id=20261301_120000 --run-id=now --cache= \
	--run-id=../20260301_120 something --as-of; do
	run coach-refresh "$word"
	exits 2 "usage: coach-refresh $word"
	has err "^Try 'coach-refresh --help'" 'where the help is'
done
run coach-refresh --run-id=20260301_120008
exits 2 'a run that is there already'
has err "data: there is a run '20260301_120008' already" 'is not made again'
refresh --run-id=20260301_120009 --rate=none
exits 2 'what hs-fetch does not take'

# two at a time

sandbox --latency-ms=300
coach-refresh --run-id=20260301_120010 -r >first 2>&1 &
first=$!
until [ -s requests ]; do
	sleep 0.05
done
refresh --run-id=20260301_120011
exits 75 'a second start'
same err 'is refused' <<'!'
coach-refresh: data: another coach-refresh is at work there; try again when it is done
!
refresh --run-id=20260301_120011 --data=other
exits 75 'so is one that uses the same cache'
refresh --run-id=20260301_120011 --cache=other
exits 75 'and one that uses the same runs'
kill -TERM "$first"
wait "$first"
status=$?
exits 143 'a refresh that is told to end does'
ok 'and nothing goes on' flock -n data/.coach-refresh.lock true
selected 20260301_120008 'the run before stays selected'
no_work 'nothing is left'
for signal in 'INT 130' 'HUP 129'; do
	sandbox --latency-ms=300
	# a command in the background ignores SIGINT
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' \
		coach-refresh --run-id=20260301_120010 -r >first 2>&1 &
	first=$!
	until [ -s requests ]; do
		sleep 0.05
	done
	kill "-${signal% *}" "$first"
	wait "$first"
	status=$?
	exits "${signal#* }" "so it does by SIG${signal% *}"
	ok 'and nothing goes on' flock -n data/.coach-refresh.lock true
done
no_work 'nothing is left'

# what goes wrong

# fails STATUS NAME ARG...: a refresh that leaves all as it was
fails() {
	expected_status=$1
	name=$2
	shift 2
	find data -type f | sort >before
	refresh --run-id=20260301_120020 "$@"
	exits "$expected_status" "$name"
	lacks err "$HUBSPOT_PAT" 'the token is not shown'
	find data -type f | sort >after
	same_file after before 'all is as it was'
	selected 20260301_120008 'the run before stays selected'
	no_work 'nothing is left'
}

sandbox
HUBSPOT_PAT=wrong-kpipe-token
fails 2 'a token that HubSpot refuses' -r
has err 401 'is told'
HUBSPOT_PAT=$pat
sandbox --daily=5
fails 75 'no requests are left for today' -r
sandbox --deny=deals
fails 2 'the token may not read deals' -r
sandbox --fault=400:path=/deals/batch/read
fails 2 'HubSpot does not take a request' -r
sandbox --fault=badjson:path=/pipelines
fails 2 'an answer is no JSON' -r
sandbox
fails 2 'an instant that is none' -r --as-of=yesterday

# tools that find nothing: put in front of the real one
mkdir -p tools
cp "$B/bin/coach-refresh" "$B/share/kpipe/pipeline.bash" tools
ln -s "$B/bin/with-env" tools
cat >tools/hs-fetch <<'!'
#!/bin/sh
case " $* " in
*" $NOTHING"*) exit 0 ;;
esac
exec "$B/bin/hs-fetch" "$@"
!
chmod +x tools/hs-fetch
sandbox
without() {
	NOTHING=$1 run tools/coach-refresh --run-id=20260301_120020 \
		--as-of="$as_of" -r
}
without --links=deals
exits 2 'no links'
has err '^coach-refresh: no deal is linked to any of the [1-9][0-9]* contacts' \
	'the message says so'
without --read=deals
exits 2 'no deals'
has err '^coach-refresh: none of the linked deals can be read' \
	'the message says so'
selected 20260301_120008 'the run before stays selected'

(
	trap '' XFSZ
	ulimit -f 4
	refresh --run-id=20260301_120020
	echo "$status" >status
)
echo 2 >expected
same_file status expected 'a disk that is full'
selected 20260301_120008 'leaves the run before selected'
not_ok 'and makes no run' test -e data/20260301_120020

# owners

sandbox --deny=owners
refresh --run-id=20260301_120021 -r
exits 0 'without owners there is a run'
has err 'owners cannot be fetched: names are those of the cache' 'with a warning'
rm -r etl/cache/owners
refresh --run-id=20260301_120022
exits 0 'and without owners in the cache'
has err 'owners cannot be fetched: names are UNKNOWN' 'with a warning'
sandbox --deny=owners
ok 'all names are UNKNOWN, and there is no sheet of owners' "$python" - <<'!'
import openpyxl
book = openpyxl.load_workbook("data/20260301_120022/coach_eligibility.xlsx")
assert book.sheetnames == ["Coaches", "DealClassSummary"], book.sheetnames
names = {r[1] for r in book["Coaches"].iter_rows(min_row=2, values_only=True)}
assert names == {"UNKNOWN"}, names
!
selected 20260301_120022 'the run is selected'
sandbox
refresh --run-id=20260301_120023
exits 0 'the next refresh asks again'
calls | grep owners >found
echo 'owners owners' >expected
same_file found expected 'for owners'

# killed before each command that it starts

rm -rf data etl
refresh --run-id=20260101_000000 >/dev/null
cp -R etl/cache/. cache
cat >tools/killer <<'!'
#!/bin/sh
# does what its name says, but at the call $KILL_AT kills the refresh
tool=${0##*/}
# two of a pipe come at once
at=$(flock calls.lock sh -c 'echo >>calls; wc -l <calls')
if [ "$at" -eq "$KILL_AT" ]; then
	kill -9 "$(cat pid)"
	exit 1
fi
for real in "$B/bin/$tool" /usr/bin/"$tool" /bin/"$tool"; do
	[ ! -x "$real" ] || exec "$real" "$@"
done
!
chmod +x tools/killer
for tool in hs-fetch stage-mapping deal-class metrics eligibility to-xlsx \
	to-csv runs mv mkdir sync; do
	ln -sf killer "tools/$tool"
done

# killed AT RUN: a refresh that is killed there; false when it starts less
killed() {
	rm -f calls
	KILL_AT=$1 sh -c 'echo "$$" >pid
		exec tools/coach-refresh --as-of="$0" --run-id="$1" -r' \
		"$as_of" "$2" >/dev/null 2>&1
	# what it had started may still be at it
	flock -w 60 data/.coach-refresh.lock true &&
		flock -w 60 etl/cache/.lock true
	[ "$(wc -l <calls)" -ge "$1" ]
}

# whole: what stands under a final name is whole, and a whole run is selected
whole() {
	for folder in data/2*; do
		for file in coach_eligibility.xlsx deals_flat.csv enums.xlsx; do
			[ -s "$folder/$file" ] || echo "no $folder/$file"
		done
	done
	"$python" - <<'!'
import csv, glob, json, os, zipfile
for path in glob.glob("data/*/*.xlsx") + glob.glob("data/*.xlsx"):
    if zipfile.ZipFile(path).testzip() is not None:
        print("damaged:", path)
for path in glob.glob("data/*/*.csv"):
    if any(len(r) != 7 for r in csv.reader(open(path))):
        print("damaged:", path)
for path in glob.glob("etl/cache/*/hs-fetch-*"):
    lines = [json.loads(line) for line in open(path)]
    if lines[-1]["type"] != "fetch_report" or not lines[-1]["complete"]:
        print("damaged:", path)
state = json.load(open("data/runs.json"))
if not os.path.isdir("data/%s" % state["selected"]):
    print("selected:", state["selected"])
!
}

step=1
[ -z "$asan" ] || step=4
at=1
: >broken
while killed "$at" 20260302_000000; do
	whole >>broken
	jq -r .selected data/runs.json >>selections
	rm -rf data/20260302_000000 data/mapping.xlsx
	runs select 20260101_000000
	at=$((at + step))
done
empty broken 'a refresh that is killed leaves nothing half'
ok "it was killed before each of $at commands" test "$at" -gt 25
uniq selections >found
printf '%s\n' 20260101_000000 20260302_000000 >expected
# in larger steps it may not come to the last commands
[ "$step" -eq 1 ] || [ "$(wc -l <found)" -gt 1 ] || sed -i 1q expected
same_file found expected 'the run before stays selected until the new one is whole'

# killed at any time, with all that it started
: >broken
sandbox --latency-ms=20
i=0
while [ "$i" -lt "$((30 / step))" ]; do
	i=$((i + 1))
	setsid sh -c 'echo "$$" >pid
		exec coach-refresh --as-of="$0" --run-id=20260302_000000 -r' \
		"$as_of" >/dev/null 2>&1 &
	waiting=$!
	sleep "0.$(printf %02d "$((i * 3 * step))")"
	# each job is a group of its own; the session is what they share
	sid=$(cat pid)
	sed -n "s/^\([0-9]*\) (.*) . [0-9]* [0-9]* $sid .*/\1/p" \
		/proc/[0-9]*/stat 2>/dev/null | xargs -r kill -9 2>/dev/null
	wait "$waiting" 2>/dev/null
	whole >>broken 2>&1
	rm -rf data/20260302_000000
	runs select 20260101_000000
done
empty broken 'nor does one that is killed at any time with all its tools'
sandbox
refresh --run-id=20260303_000000
exits 0 'the next one succeeds'
selected 20260303_000000 'and is selected'
no_work 'and removes what lay about'
ok 'its figures are right' \
	"$python" "$top/tests/coach-reference" "$sandbox" "$as_of" data \
	20260303_000000

wait "$down"
status=$?
cp down.err err
exits 75 'HubSpot cannot be reached'
has err '^hs-fetch: .*POST http://127.0.0.1:9/.*/search: cannot connect' \
	'the message names method, address and cause'
empty down.out 'and there is no run'

all_done
