#!/bin/sh
# coach-pool(1)
. "${0%/*}/../lib.sh"

cp -R "$examples/runs" data
noon=2026-03-01T12:00:00

# begin [ARG...]: the sandbox, and its sheet as the pool's
begin() {
	google_start --log="$PWD/log" "$@"
	COACH_POOL_SHEET_URL=https://docs.google.com/spreadsheets/d/$sheet/edit
	export COACH_POOL_SHEET_URL
}

# pool ARG...
pool() {
	: >log
	run coach-pool --stamp=$noon "$@"
}

# rows: what stands below the header
rows() {
	curl -s "$sandbox/sandbox/sheets" |
		jq -c '.spreadsheets[0].tabs[0].values[1:][]' |
		grep -v '^\[\]$'
}

# there NAME: the tab holds the rows on standard input
there() {
	rows >is
	same is "$1"
}

# asked: the calls that were done, but for those for a token
asked() {
	jq -r 'select(.vendor == "google" and .call != "token") |
	    (.call // .path) + " " + (.object // "")' log
}

#
# a push
#
begin
pool
exits 0 'the coaches of the selected run'
empty err 'without a word'
same out 'what came of it' <<'!'
{"type":"sheet_push","spreadsheet":"Coachplanning","tab":"NA_Pool","records":3,"added":0,"changed":3,"removed":9,"same":0}
!
there 'nine columns, the id as text' <<'!'
["501","Anna Bakker","JA",1,2,14,null,"2026-03-01T12:00:00","pushed from local dashboard"]
["502","Bas de Boer","JA",1,2,14,null,"2026-03-01T12:00:00","pushed from local dashboard"]
["503","Carla Dijk","JA",1,2,14,null,"2026-03-01T12:00:00","pushed from local dashboard"]
!
asked >calls
same calls 'what is written comes before what is cleared; nobody is told' <<'!'
get spreadsheet
get values
batchUpdate values
batchClear values
!
pool
has out '"changed":0,"removed":0,"same":3}' 'again with the same stamp changes nothing'
pool --run=20260201_060000 --good=10 --exclude='Bas de Boer' --weight=10 \
	--cap-dag=20 --cap-week=50
rows | jq -c '[.[0,3,4,5]]' >is
same is 'another run, and all there is to set' <<'!'
["501",10,20,50]
["504",10,20,50]
["503",10,20,50]
!
cp -R data other
pool --data=other --top=50 --period=3m --nabeller=50 --min-deals=1
exits 0 'another folder, and another choice'
eligibility --pool --top=50 --period=3m --nabeller=50 --min-deals=1 \
	>chosen <<!
$(xlsx-read --type=coach --rename=coach_name=Coachnaam \
	data/20260301_060000/coach_eligibility.xlsx)
!
jq -c 'select(.type == "pool_coach" and .written) |
    .coach_id' chosen >expected
rows | jq -c '.[0]' >is
same_file is expected 'which is that of eligibility'
run env TZ=Pacific/Kiritimati coach-pool
here=$(TZ=Pacific/Kiritimati date +%Y-%m-%dT)
rows | jq -r '.[7]' | sort -u >is
has is "^${here}[0-9:]{8}\$" 'without a stamp it is the time of the place'
ok 'the same in all rows' test "$(wc -l <is)" -eq 1

#
# marks that people made
#
mark() {
	curl -s "$sandbox/sandbox/sheets" |
		jq -c '.spreadsheets[0].tabs[0].values[2][6] = "nee"' >marked
	curl -s -f -X PUT --data-binary @marked "$sandbox/sandbox/sheets" \
		>/dev/null
}
pool
mark
pool --keep-manual --min-deals=3 --good=3
rows | jq -c '[.[0,6]]' >is
same is 'stay with their coach when asked' <<'!'
["501",null]
["502","nee"]
["503",null]
["507",null]
!
pool
rows | jq -c '[.[0,6]]' >is
same is 'and go when not' <<'!'
["501",null]
["502",null]
["503",null]
!

#
# what is shown and not done
#
rows >before
COACH_POOL_REFRESH_URL=$sandbox/pool-refresh
export COACH_POOL_REFRESH_URL
pool --dry-run --good=3 --min-deals=3
has out '^\+\["507",' 'the change is shown'
rows >is
same_file is before 'and not made'
lacks log pool-refresh 'nor is the pool told'
pool --min-deals=1000
exits 0 'nobody is chosen'
same err 'it says so' <<'!'
sheets-push: nothing to write: tab 'NA_Pool' stays as it is
!
rows >is
same_file is before 'the rows stay'
asked >calls
empty calls 'nobody is asked anything'
pool --check
exits 0 'a test of the connection'
has out '"title":"Coachplanning".*"tabs":\["NA_Pool",' 'tells title and tabs'

#
# the pool is told
#
pool
exits 0 'a push, and the pool is told'
tail -n 1 out | jq -c '[.type, .reply]' >is
same is 'its reply is passed on' <<'!'
["reply",{"entries":3,"issues":[]}]
!
pool --no-refresh
lacks log pool-refresh 'but not when that is not wanted'
for how in issues bare fails; do
	begin --pool-refresh=$how
	COACH_POOL_REFRESH_URL=$sandbox/pool-refresh
	pool
	exits 0 "$how: the push stands"
	cp err "err.$how"
	rows | wc -l >is
	same is "$how: all rows are there" <<'!'
3
!
done
has err.issues '^coach-pool: the pool has [0-9]+ entries, and issues: \["' \
	'issues are told'
empty err.bare 'a reply without anything is fine'
has err.fails '^google-post: POST .*/pool-refresh: ' 'a refresh that fails is told'
has err.fails '^coach-pool: the sheet is pushed, but the refresh .* failed' \
	'as no more than that'
begin --pool-refresh=bare
COACH_POOL_REFRESH_URL=$sandbox/pool-refresh
pool --verbose
has err '^coach-pool: the pool has \? entries$' 'a number that is missing is ?'
unset COACH_POOL_REFRESH_URL

#
# names of all kinds, and coaches without an id
#
mkdir -p named/20260302_060000
xlsx-read data/20260301_060000/coach_eligibility.xlsx | jq -c '
    if .coach_id == "501" then .Coachnaam = "</script> \"q\", =1+1 😀\u200f\nx"
    elif .coach_id == "502" then .Coachnaam = ("é" * 300)
    elif .coach_id == "503" then .coach_id = "" | .Coachnaam = "Zonder, \"Id\""
    else . end' >changed
to-xlsx --output=named/20260302_060000/coach_eligibility.xlsx --sheet=Coaches \
	changed
pool --data=named
exits 1 'a coach without an id is left out'
same err 'and named' <<'!'
coach-pool: coaches without an owner id are left out: ["Zonder, \"Id\""]
!
rows | jq -c '[.[0,1]]' >is
jq -c 'select(.coach_id | IN("501", "502")) | [.coach_id, .Coachnaam]' changed \
	>expected
same_file is expected 'names are what they are'

#
# settings
#
unset COACH_POOL_SHEET_URL
pool
exits 2 'no spreadsheet'
has err '^coach-pool: COACH_POOL_SHEET_URL is not set: put the URL' \
	'it says what to set'
umask 077
printf '%s\n' "COACH_POOL_SHEET_URL=$sheet" COACH_POOL_TAB=Beschikbaarheid \
	>.env
umask 022
pool
exits 2 'settings from a file'
has err "tab 'Beschikbaarheid' has no column 'owner_id'" 'are used'
COACH_POOL_TAB=NA_Pool pool
exits 0 'what is in the environment counts more'
COACH_POOL_TAB=Pool pool
exits 2 'a tab that is none'
has err "has no tab 'Pool'; it has 'NA_Pool', 'Besch" 'is told'
mv .env settings
pool --env=settings --run=20260301_060000
has err 'Beschikbaarheid' 'another file'
chmod 644 settings
pool --env=settings
exits 2 'a file that others can read'
has err 'others can read it; run chmod 600 settings' 'is refused'
COACH_POOL_SHEET_URL=1kpipeSandboxSheetNotSharedWithTheAccount000
export COACH_POOL_SHEET_URL
pool
exits 2 'a sheet that is not shared'
has err 'share it with coach-pool@kpipe-sandbox[^ ]* as editor' 'says with whom'
pool --check
exits 2 'also to a test of the connection'
COACH_POOL_SHEET_URL=$sheet
for wrong in --cap-dag=0 --cap-dag=21 --cap-week=51 --weight=11 --weight=x \
	--stamp=now --period=2m --run= --run=../x rows; do
	pool "$wrong"
	exits 2 "wrong usage: $wrong"
done
pool --run=20260401_060000
exits 2 'a run that is none'
has err 'No coach_eligibility.xlsx in this folder; fetch with coach-refresh' \
	'says so'
mkdir empty
pool --data=empty
exits 2 'no runs at all'

#
# nothing goes on from half a choice
#
mkdir tools
cp "$B/bin/coach-pool" "$B/share/kpipe/pipeline.bash" tools
for tool in with-env sheets-push runs; do
	ln -s "$B/bin/$tool" tools
done
cat >tools/eligibility <<'!'
#!/bin/sh
"$B/bin/eligibility" "$@" | head -n 1
exit 2
!
chmod +x tools/eligibility
begin
rows >before
run tools/coach-pool
exits 2 'a choice that breaks off'
rows >is
same_file is before 'is not pushed'
lacks log spreadsheet 'nor is anything asked'

#
# one at a time
#
exec 8>>data/.coach-pool.lock
flock 8
pool
exits 75 'another one at work'
has err '^coach-pool: data: another coach-pool is at work there' 'is told'
exec 8>&-
begin '--fault=429:path=batchClear:times=1'
pool
exits 0 'a limit after the first call is got over'
begin --clock-offset=3600
pool
exits 0 'so is a clock that is off'
has err 'the clock of this machine is 3[0-9]* s behind' 'which is told'

all_done
