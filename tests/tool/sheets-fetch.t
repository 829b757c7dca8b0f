#!/bin/sh
# sheets-fetch(1), and how the tools come to a token
. "${0%/*}/../lib.sh"

fetch() {
	run sheets-fetch --spreadsheet="$sheet" "$@"
}

# asked CALL: how often the sandbox was asked for that
asked() {
	jq -r 'select(.call == "'"$1"'") | .call' log | wc -l
}

google_start --log="$PWD/log"
account=coach-pool@kpipe-sandbox.iam.gserviceaccount.com

#
# what is read
#
fetch --check
exits 0 'a spreadsheet that can be read'
same out 'its title, tabs and who reads it' <<!
{"type":"spreadsheet","id":"$sheet","title":"Coachplanning","locale":"en_US","time_zone":"Europe/Amsterdam","tabs":["NA_Pool","Beschikbaarheid","Uitleg & 'tips'"],"account":"$account"}
!
empty err 'nothing is said'
fetch --tabs
same out 'the tabs' <<'!'
{"type":"tab","name":"NA_Pool","position":1,"hidden":false,"rows":1000,"columns":26}
{"type":"tab","name":"Beschikbaarheid","position":2,"hidden":false,"rows":1000,"columns":26}
{"type":"tab","name":"Uitleg & 'tips'","position":3,"hidden":false,"rows":20,"columns":3}
!
fetch
head -n 1 out >first
same first 'the first tab is read; text stays text, what is empty is null' <<'!'
{"type":"row","owner_id":"165","coach_naam":"Rookvrij en Fitter Het Gooi","eligible":"JA","weight":1,"cap_dag":2,"cap_week":10,"exclude_manual":null,"laatst_bijgewerkt":"2026-03-01T08:00:00","note":"pushed from local dashboard"}
!
ok 'all of it' test "$(wc -l <out)" -eq 12
cp out pool
fetch --tab=Beschikbaarheid --type=availability \
	--rename=coach_name=Coachnaam,x=nowhere
grep -c . out >count
same count 'empty rows are passed over' <<'!'
9
!
grep 7469 out >griep
same griep 'typed by hand: a number, and dates as they are shown' <<'!'
{"type":"availability","coach_id":7469,"coach_name":"Annelies Zwart","na_leads_aan":true,"afwezig_van":"2026-02-28","afwezig_tot":"2026-03-05","notitie":"Griep","laatst_gewijzigd":"2026-02-21 16:20:05"}
!
fetch --tab=Beschikbaarheid --text
grep 7469 out | jq -c '[.coach_id, .na_leads_aan, .afwezig_van]' >griep
same griep 'as text an id is an id' <<'!'
["7469","true","2026-02-28"]
!
fetch --tab="Uitleg & 'tips'"
exits 0 'a title with an apostrophe'
run sheets-fetch --tab=NA_Pool --spreadsheet="\
https://docs.google.com/spreadsheets/d/$sheet/edit?gid=0#gid=0"
same_file out pool 'the URL that a browser shows will do'

# a tab of every kind of trouble
curl -s "$sandbox/sandbox/sheets" | jq -c '.spreadsheets[0].tabs +=
    [{id: 9, title: "R1C1", rows: 9, columns: 9, values: [
	["a", "a", "", "type", 2026, "b\nc"],
	["00123", 1.50, "side", null, true, "a, \"b\"\n</script>"], [], ["", ""],
	[{"number": 46000, "look": "date"}, {"typed": "=1+2"}, "", "t", false],
	[12345678901, "12345678901234567890", "", "\u202eé"]]},
    {id: 10, title: "leeg", rows: 9, columns: 9, values: []}]' >book
curl -s -f -X PUT --data-binary @book "$sandbox/sandbox/sheets" >/dev/null
fetch --tab=R1C1
same out 'headers twice, none, or no text; values of all kinds' <<'!'
{"type":"row","a":"00123","a_2":1.5,"C":"side","type_2":null,"2026":true,"b\nc":"a, \"b\"\n</script>"}
{"type":"row","a":"2025-12-09","a_2":3,"type_2":"t","2026":false,"b\nc":null}
{"type":"row","a":12345678901,"a_2":"12345678901234567890","type_2":"‮é","2026":null,"b\nc":null}
!
fetch --tab=leeg
exits 0 'an empty tab'
empty out 'has no rows'

#
# what is asked for
#
jq -c 'select(.call == "get" and .object == "values") | .query' log | sort -u >queries
same queries 'values come as they are, and whole' <<'!'
{"majorDimension":"ROWS","valueRenderOption":"UNFORMATTED_VALUE","dateTimeRenderOption":"FORMATTED_STRING"}
!
ok 'one token did for all of that' test "$(asked token)" -eq 1
ok 'it is kept for its owner alone' sh -c \
	'[ "$(stat -c %a "$0"/google-token-*)" = 600 ]' "$XDG_CACHE_HOME/kpipe"
fetch --check --cache="$PWD/tokens/here"
exits 0 'a folder for tokens is made'
ok 'with a token' sh -c 'ls tokens/here/google-token-*'
ok 'which was asked for' test "$(asked token)" -eq 2
fetch --check --cache=/dev/null/x
exits 2 'a folder that cannot be made'
has err "^sheets-fetch: cannot make folder '/dev/null/x': " 'is told'
XDG_CACHE_HOME=/dev/null/x fetch --check
exits 0 'but not where nobody named it'
env -u XDG_CACHE_HOME HOME="$PWD/home" \
	sheets-fetch --spreadsheet="$sheet" --check >/dev/null
ok 'without XDG_CACHE_HOME it is below HOME' sh -c \
	'ls home/.cache/kpipe/google-token-*'
env -u XDG_CACHE_HOME -u HOME sheets-fetch --spreadsheet="$sheet" --check >out
same_file out out 'and without HOME nowhere'
before=$(asked token)
for file in "$XDG_CACHE_HOME"/kpipe/google-token-*; do
	sed 's/"ends_s":[0-9]*/"ends_s":'$(($(date +%s) + 60))/ "$file" >short
	cp short "$file"
done
fetch --check
ok 'a token that ends soon is renewed' test "$(asked token)" -eq $((before + 1))
for file in "$XDG_CACHE_HOME"/kpipe/google-token-*; do
	sed 's/ya29[^"]*/ya29.other/' "$file" >bad
	cp bad "$file"
done
fetch --check
exits 0 'a token that is taken back is replaced'
ok 'by a new one' test "$(asked token)" -eq $((before + 2))
for junk in '' '{' '{"access_token":1,"ends_s":99999999999}' 'x
y'; do
	for file in "$XDG_CACHE_HOME"/kpipe/google-token-*; do
		head -n 1 short >"$file"
		printf '%s\n' "$junk" >>"$file"
	done
	fetch --check
	exits 0 "junk in its place: $(echo "$junk" | head -n 1)"
done

#
# who may not
#
run sheets-fetch --check \
	--spreadsheet=1kpipeSandboxSheetNotSharedWithTheAccount000
exits 2 'a spreadsheet that is not shared'
has err "share it with $account as viewer: .* 403 PERMISSION_DENIED" \
	'it says with whom'
run sheets-fetch --check --spreadsheet=1nothing
exits 2 'one that is none'
has err "check its id.* 404 NOT_FOUND" 'it says what to check'
fetch --tab=na_pool
exits 2 'a tab that is none'
same err 'it says which there are' <<'!'
sheets-fetch: spreadsheet 'Coachplanning' has no tab 'na_pool'; it has 'NA_Pool', 'Beschikbaarheid', 'Uitleg & 'tips'', 'R1C1', 'leeg'
!
run sheets-fetch --tab=x
exits 2 'no spreadsheet'
run sheets-fetch --spreadsheet=/d/
exits 2 'an id that is none'
fetch --tabs --check
exits 2 'two questions'
fetch rows
exits 2 'an operand'

#
# the key file
#
key=$GOOGLE_SA_JSON_PATH
chmod 640 "$key"
fetch --check
exits 2 'a key file that others can read'
same err 'it says what to do' <<!
sheets-fetch: $key: others can read it; run chmod 600 $key
!
chmod 600 "$key"
unset GOOGLE_SA_JSON_PATH
fetch --check
exits 2 'no key file'
has err 'no service account .* GOOGLE_SA_JSON_PATH, or put it at secrets/serv' \
	'it says where one goes'
mkdir secrets
cp "$key" secrets/service_account.json
fetch --check
exits 0 'which is where it is looked for'
GOOGLE_SA_JSON_PATH=nowhere.json
export GOOGLE_SA_JSON_PATH
fetch --check
exits 2 'a file that is named is the one'
same err 'and is told' <<'!'
sheets-fetch: GOOGLE_SA_JSON_PATH: there is no file 'nowhere.json'
!
GOOGLE_SA_JSON_PATH=bad.json
umask 077
# bad JQ PATTERN NAME: the key file, changed; a token is always asked for
bad() {
	rm -rf "$XDG_CACHE_HOME"
	jq -c "$1" "$key" >bad.json
	fetch --check
	exits 2 "$3"
	has err "$2" "$3: it says why"
}
bad '.type = "authorized_user"' "its type is 'authorized_user'\); make a key" \
	'a key file of another kind'
bad 'del(.private_key)' 'bad.json: has no private_key; make' 'one without a key'
bad '.client_email = ""' 'bad.json: has no client_email' 'without an address'
bad '.private_key = "-----BEGIN PRIVATE KEY-----\nx"' 'is no RSA key in PEM' \
	'one whose key is none'
bad '.private_key_id = "0123"' 'no token: 400 invalid_grant: Invalid JWT Sig.*; the key was deleted, or' \
	'a key that was deleted'
bad '.client_email = "gone@kpipe-sandbox.iam.gserviceaccount.com"' \
	'account not found; the service account is gone' 'an account that is gone'
bad '[.]' 'is no JSON, so no key file' 'one that is an array'
bad '.token_uri = "https://example.org/token"' \
	"token_uri 'https://example.org/token' is not Google's: set GOOGLE_TOKEN_URL" \
	'an endpoint that is not Google'"'"'s'
bad '.token_uri = "https://evil@googleapis.com.example.org/token"' \
	"is not Google's" 'one that looks like it'
jq -c '.token_uri = "https://example.org/token"' "$key" >bad.json
GOOGLE_TOKEN_URL=$sandbox/token
export GOOGLE_TOKEN_URL
fetch --check
exits 0 'an endpoint that is named is the one'
unset GOOGLE_TOKEN_URL
umask 022
GOOGLE_SA_JSON_PATH=$key

#
# trouble
#
GOOGLE_SHEETS_BASE_URL=http://sheets.googleapis.com fetch --check
exits 2 'a token is not asked of where the key file does not lead'
google_start --clock-offset=3600
fetch --check
exits 0 'a clock that is an hour behind'
has out '"title":"Coachplanning"' 'does not hinder'
has err 'the clock of this machine is 3(59|60)[0-9] s behind Google.s; set it' \
	'but is told'
google_start --clock-offset=-3600
fetch --check
exits 0 'one that is an hour ahead'
has err 'is 3(59|60)[0-9] s ahead of Google.s; set it' 'is told, too'
google_start --fault=429:path=values:times=1,500:path=token:times=1 \
	--log="$PWD/log2"
fetch
same_file out pool 'a limit, and a server that is ill, are waited for'
jq -r .status log2 | sort | uniq -c | tr -s ' ' >statuses
same statuses 'and asked again' <<'!'
 3 200
 1 429
 1 500
!
google_start --fault=429:path=values:after=3600:times=1
fetch
exits 75 'a limit that lasts'
has err 'asks to wait 3600 s, more than the 120 s' 'is for later'
google_start --fault=html:path=spreadsheets:times=1
fetch
exits 2 'a page in place of an answer'
google_start --fault=cut:path=token:times=1
fetch
same_file out pool 'an answer with a token that breaks off is asked for again'

all_done
