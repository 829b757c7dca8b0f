#!/bin/sh
# kpipe-sandbox(1): Airtable's tables, pages, batches and limits
. "${0%/*}/../lib.sh"

base=/v0/appLanternHouse0A

# ask PATH [CURL OPTION...]: the body to body, the head to head, and $code
ask() {
	path=$1
	shift
	code=$(curl -g -s -o body -D head -w '%{http_code}' --max-time 60 \
		-H 'Authorization: Bearer kpipe-sandbox-token' "$@" \
		"$sandbox$path")
}

# send METHOD PATH BODY
send() {
	ask "$2" -X "$1" -H 'Content-Type: application/json' -d "$3"
}

# gives 'JQ FILTER' NAME: it holds for the body
gives() {
	jq -e "$1" body >"$lib_tmp/jq" 2>&1
	result "$2" || {
		echo "status $code; not so: $1"
		cat "$lib_tmp/jq"
		head -c 1000 body
	} | comment
}

# refuses STATUS TYPE PATTERN NAME: an error in Airtable's shape
refuses() {
	[ "$code" = "$1" ] && jq -e --arg t "$2" --arg p "$3" \
		'.error.type == $t and (.error.message | test($p))' body \
		>"$lib_tmp/jq" 2>&1
	result "$4" || {
		echo "status $code, not $1"
		head -c 1000 body
	} | comment
}

same_day="filterByFormula=IS_SAME(%7BDate%7D,'2026-02-20','day')"

sandbox_start --airtable-limit=0 --airtable-state="$PWD/state"
ask "$base/Chatters"
gives '(.records | length) == 24 and (has("offset") | not) and
    all(.records[]; (.id | test("^rec[0-9]{14}$")) and
	(.createdTime | test("Z$")))' 'a table by its name'
gives '.records[2].fields | .["Team Leader"] == ["rec00000000000002"] and
    .Role == "Chatter" and .Status == "Active"' 'with links as ids'
gives '([.records[] | select(.fields | has("Trained"))] | length) == 6' \
	'empty cells are not there'
cp body whole
ask "$base/tbl00000000000001"
ok 'and by its id' cmp body whole
ask "$base/Chatters?pageSize=10"
gives '(.records | length) == 10 and (.offset | test("^itr.*/rec"))' 'a page'
jq -r .offset body >offset
jq -c '.records[]' body >paged
while [ "$(cat offset)" != null ]; do
	ask "$base/Chatters?pageSize=10&offset=$(cat offset)"
	jq -c '.records[]' body >>paged
	jq -r .offset body >offset
done
jq -c '.records[]' whole >expected
same_file paged expected 'all pages are the table'
ask "$base/Daily%20Performance?$same_day&fields[]=Chatter&fields[]=Date"
gives '(.records | length) > 5 and all(.records[]; .fields.Date ==
    "2026-02-20" and (.fields | keys == ["Chatter", "Date"]))' \
	'the fields and the records asked for'
send POST "$base/Daily%20Performance/listRecords" \
	"{\"filterByFormula\":\"AND({Date}='2026-02-20',{Team}='Day')\",\"pageSize\":3}"
gives '(.records | length) == 3 and all(.records[]; .fields.Team == "Day")' \
	'by a body, too'
ask "$base/Chatters?filterByFormula=OR(%7BTeam%7D%3D'Day',NOT(%7BStatus%7D%3D'Active'))"
gives 'all(.records[].fields; .Team == "Day" or .Status != "Active") and
    any(.records[].fields; .Status != "Active")' 'or, and not'
ask "$base/Chatters/rec00000000000003"
gives '.id == "rec00000000000003" and (.fields["Full Name"] | length > 3)' \
	'one record'

ask "$base/Teams"
gives '[.records[].fields.Name] == ["Day", "Evening", "Night"] and
    ([.records[].fields.Chatters | length] | add) == 24' \
	'teams list their chatters'
jq -r '.records[0] | [.id, .fields.Chatters[1]] | @tsv' body >pair
read -r team member <pair
ask "$base/Chatters/$member"
gives ".fields.Team == \"Day\" and .fields[\"Team Record\"] == [\"$team\"]" \
	'who are linked to them'
ask "$base/Coaching%20Log"
cp body logs
ask "$base/Chatters"
ok 'sessions are with those of the roster' jq -n -e --slurpfile l logs \
	--slurpfile c body '[$c[0].records[].fields | select(.Role == "Chatter") |
	    .["Full Name"]] as $names | $l[0].records | length > 10 and
	    all(.[].fields; .Chatter as $n | $names | index($n))'
ask "$base/Reports"
gives '(.records | length) > 3 and all(.records[].fields;
    (.Chatter[0] | startswith("rec")) and .Resolution and .Date < "2026-03-02")
    and any(.records[].fields; .Evidence[0].filename == "chat.png")' \
	'and so are reports, by links'

# what is refused

ask "$base/Chatters?pageSize=101"
refuses 422 INVALID_PAGE_SIZE_REQUEST 100 'a page of more than 100'
ask "$base/Chatters?fields[]=Nome"
refuses 422 UNKNOWN_FIELD_NAME '"Nome"' 'a field that is none'
ask "$base/Chatters?filterByFormula=IS_SAME(%7BDay%7D,'x')"
refuses 422 INVALID_FILTER_BY_FORMULA Day 'a formula with one'
ask "$base/Chatters?filterByFormula=SUM(1"
refuses 422 INVALID_FILTER_BY_FORMULA invalid 'a formula that is none'
ask "$base/Chatters?max=3"
refuses 422 INVALID_REQUEST_UNKNOWN max 'a parameter that is none'
ask "$base/Chatters?offset=itr00000000009999/rec00000000000003"
refuses 422 LIST_RECORDS_ITERATOR_NOT_AVAILABLE over 'a page of nobody'
ask "$base/Nothing"
refuses 403 INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND 'not found' \
	'a table that is none'
ask "/v0/appOther/Chatters"
refuses 403 INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND 'not found' \
	'a base that is none'
ask "$base/Chatters/recNobody"
gives '. == {"error":"NOT_FOUND"}' 'a record that is none'
code=$(curl -s -o body -w '%{http_code}' "$sandbox$base/Chatters")
refuses 401 AUTHENTICATION_REQUIRED required 'nobody without a token'

# writing

daily=$base/Daily%20Performance
send POST "$daily" '{"records":[{"fields":{"Chatter":"Ann Lee","Date":
    "2026-03-01","Sales":12.5}},{"fields":{"Chatter":"Bo Lee","Date":
    "2026-03-01","Team":""}}]}'
gives '(.records | length) == 2 and .records[0].fields.Sales == 12.5 and
    (.records[1].fields | has("Team") | not) and
    .records[0].createdTime == "2026-03-02T09:00:00.001Z"' 'records are made'
upsert='"performUpsert":{"fieldsToMergeOn":["Chatter","Date"]}'
send PATCH "$daily" "{$upsert,\"records\":[{\"fields\":{\"Chatter\":\"Ann Lee\",
    \"Date\":\"2026-03-01\",\"Sales\":13}},{\"fields\":{\"Chatter\":\"Cy Lee\",
    \"Date\":\"2026-03-01\"}}]}"
gives '(.createdRecords | length) == 1 and (.updatedRecords | length) == 1 and
    .records[0].fields.Sales == 13' 'or changed, by what they match'
send PATCH "$daily" "{\"records\":[{\"id\":\"$(jq -r '.records[0].id' body)\",
    \"fields\":{\"Sales\":null}}]}"
gives '.records[0].fields == {"Chatter":"Ann Lee","Date":"2026-03-01"}' \
	'by their id, and null empties a cell'
send POST "$daily" '{"records":[{"fields":{"Chatter":"Ann Lee","Date":
    "2026-03-01"}}]}'
send PATCH "$daily" "{$upsert,\"records\":[{\"fields\":{\"Chatter\":\"Ann Lee\",
    \"Date\":\"2026-03-01\"}}]}"
refuses 422 INVALID_RECORDS 'multiple records' 'two that match'
send PATCH "$daily" "{$upsert,\"records\":[{\"fields\":{\"Chatter\":\"A\"}},
    {\"fields\":{\"Chatter\":\"A\"}}]}"
refuses 422 INVALID_RECORDS 'same values' 'the same key twice in a request'
jq -n -c '{records: [range(11) | {fields: {Chatter: "x"}}]}' >eleven
send POST "$daily" @eleven
refuses 422 INVALID_RECORDS 'one to 10' 'more than ten'
before=$(curl -s "$sandbox/sandbox/airtable" | jq '.tables[1].records|length')
for bad in '"Sales":"12"' '"Date":"soon"' '"Nome":1' '"Label":"x"' \
	'"Chatter":7' '"Team":true'; do
	send POST "$daily" "{\"records\":[{\"fields\":{\"Chatter\":\"x\"}},
	    {\"fields\":{$bad}}]}"
	[ "$code" = 422 ] || echo "$bad: $code"
done >wrong
empty wrong 'values of another type are refused'
send POST "$base/Chatters" '{"records":[{"fields":{"Team":"Dawn"}}]}'
refuses 422 INVALID_MULTIPLE_CHOICE_OPTIONS Dawn 'and choices that are none'
send POST "$base/Chatters" \
	'{"typecast":true,"records":[{"fields":{"Team":"Dawn"}}]}'
gives '.records[0].fields.Team == "Dawn"' 'but with typecast'
send POST "$daily" '{"typecast":true,"records":[{"fields":{"Sales":"1.5"}}]}'
gives '.records[0].fields.Sales == 1.5' 'which makes numbers of texts, too'
ok 'a request that is refused changes nothing' test "$(curl -s \
	"$sandbox/sandbox/airtable" | jq '.tables[1].records | length')" \
	-eq $((before + 1))
send POST "$daily" '{'
refuses 422 INVALID_REQUEST_BODY parse 'a body that is none'

# state

curl -s "$sandbox/sandbox/airtable" >kept
sandbox_stop
ok 'the base is kept' cmp state kept
sandbox_start --airtable-limit=0 --airtable-state="$PWD/state"
curl -s "$sandbox/sandbox/airtable" >again
ok 'and read again' cmp kept again
jq -c '.tables[0].records |= .[:1]' kept >less
code=$(curl -s -o body -w '%{http_code}' -T less "$sandbox/sandbox/airtable")
ask "$base/Chatters"
gives '.records | length == 1' 'another one takes its place'
code=$(curl -s -o body -w '%{http_code}' -X PUT -d '{"tables":3}' \
	"$sandbox/sandbox/airtable")
ok 'but not what is none' test "$code" = 400
echo '{}' >bad
run timeout 5 kpipe-sandbox --port=0 --airtable-state=bad
exits 2 'nor at the start'

# limits

sandbox_start --airtable-penalty=8
# by one process, so that they are in one second on a busy machine too
codes=$(curl -s -o 'body#1' -D head -w '%{http_code} ' --max-time 60 \
	-H 'Authorization: Bearer kpipe-sandbox-token' \
	"$sandbox$base/Chatters?pageSize=[1-6]")
mv body6 body
gives '.errors[0].error == "RATE_LIMIT_REACHED"' 'the sixth of a second'
ok 'is answered with 429' test "$codes" = '200 200 200 200 200 429 '
lacks head '^Retry-After' 'and no word of when'
sleep 1
ask "$base/Chatters?pageSize=1"
ok 'all is refused for a while' test "$code" = 429
sleep 8.5
ask "$base/Chatters?pageSize=1"
ok 'and then no more' test "$code" = 200
sandbox_start --airtable-limit=0 --fault=lost:method=POST:times=1
send POST "$daily" '{"records":[{"fields":{"Chatter":"Ann Lee"}}]}'
ok 'an answer that is lost' test "$code" = 000
ask "$daily?filterByFormula=%7BChatter%7D='Ann%20Lee'"
gives '.records | length == 1' 'is of what was done'
sandbox_start --airtable-iterator=0
ask "$base/Chatters?pageSize=1"
ask "$base/Chatters?pageSize=1&offset=$(jq -r .offset body)"
refuses 422 LIST_RECORDS_ITERATOR_NOT_AVAILABLE over \
	'a next page that is asked for too late'
sandbox_start --airtable-limit=0 --fault=422:path=offset=:times=1
ask "$base/Chatters?pageSize=1"
jq -r .offset body >offset
ask "$base/Chatters?pageSize=1&offset=$(cat offset)"
refuses 422 LIST_RECORDS_ITERATOR_NOT_AVAILABLE over 'or because of a fault'
all_done
