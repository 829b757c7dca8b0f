#!/bin/sh
# hs-fetch(1), over real HTTP against kpipe-sandbox(1)
# slow: limits take their time
. "${0%/*}/../lib.sh"

# what curl gets, as the records it should become
ask() {
	curl -s -H "Authorization: Bearer $HUBSPOT_PAT" \
		-H 'Content-Type: application/json' "$@"
}
# results TYPE: the results of an answer, as records of that type
results() {
	jq -c --arg type "$1" '.results[] | {type: $type} + .'
}
# report FILTER: of the report, a value a line
report() {
	jq -r "$1" report
}
stats() {
	curl -s "$sandbox/sandbox/stats" | jq -r "$1"
}

## the token

unset HUBSPOT_PAT
run hs-fetch owners
exits 2 'no token, no fetch'
has err 'HUBSPOT_PAT niet gevonden' 'it says that the token is missing'
has err '\.env' 'and where to put it'
for token in '' ' ' pat-replace_me PAT-XX-0123; do
	run env HUBSPOT_PAT="$token" hs-fetch owners
	exits 2 "'$token' is no token"
	has err 'HUBSPOT_PAT niet gevonden' "'$token' counts as missing"
done
run env HUBSPOT_PAT="a$(printf '\nb')" hs-fetch owners
exits 2 'a token that would break the header is refused'
lacks err 'a.x0ab' 'and not shown'

## wrong usage

HUBSPOT_PAT=pat-eu1-1 HUBSPOT_BASE_URL=http://127.0.0.1:1
export HUBSPOT_PAT HUBSPOT_BASE_URL
for usage in '' 'a/b' '--read=deals --links=deals' '--sort deals' \
	'--search=x deals' '--search=a=1 deals/archived' '--api-version=4 deals' \
	'--max-age=1y deals' '--modified-since=yesterday deals' \
	'--batch=101 --read=deals' '--read=a/b' '--from=deals --read=deals' \
	'--check --read=deals' '--cache=x --state=y deals' \
	'--search=a=1 --read=deals' '--properties=,a deals' '--rate=0 deals'; do
	# shellcheck disable=SC2086 # words
	run hs-fetch $usage
	exits 2 "hs-fetch $usage is refused"
done
run env HUBSPOT_BASE_URL= hs-fetch --base-url=ftp://127.0.0.1 owners
exits 2 'only http and https'

# all its tries take a while: the outcome is looked at below
hs-fetch --base-url=http://no-such-host.invalid owners 2>unknown.err &
unknown_pid=$!

## lists

sandbox_start --scale=0.02 --deals=250 --limit=0 --log=log
ask "$sandbox/crm/v3/objects/deals?limit=100" >page1
ask "$sandbox/crm/v3/objects/deals?limit=100&after=$(
	jq -r .paging.next.after page1)" >page2
ask "$sandbox/crm/v3/objects/deals?limit=100&after=$(
	jq -r .paging.next.after page2)" >page3
cat page1 page2 page3 | results deal >expected
run hs-fetch --report=report deals
exits 0 'a list of three pages'
empty err 'says nothing'
same_file out expected 'brings what HubSpot has, in its order'
run report '[.what, .object, .received, .written, .duplicates, .complete] | @csv'
same out 'and reports it' <<'!'
"list","deals",250,250,0,true
!
run hs-fetch --properties=amount,dealname --properties=contacts:email deals
jq -r '.properties | keys | join(" ")' out | sort -u >found
same found 'only the properties asked for' <<'!'
amount createdate dealname hs_lastmodifieddate hs_object_id
!
run hs-fetch deal
same_file out expected 'the singular names the object too'
run env HUBSPOT_PAT="$HUBSPOT_PAT$(printf ' \r\n.' | tr -d .)" \
	HUBSPOT_BASE_URL="$sandbox/" hs-fetch deals
same_file out expected 'blanks behind the token and slashes behind the address go'
run hs-fetch --api-version=2026-03 deals
same_file out expected 'the dated paths bring the same'
run hs-fetch --archived deals
exits 0 'archived deals'
jq -r .archived out | sort | uniq -c | sed 's/^ *//' >found
has found '^[0-9]+ true$' 'are archived'
lacks found false 'all of them'
hs-fetch deals/archived >found
same_file found out 'deals/archived is the same'
run hs-fetch cursussen
exits 0 'an object of the account'
jq -r .type out | sort -u >found
same found 'has its own name as type' <<'!'
cursussen
!

## owners, pipelines, properties

ask "$sandbox/crm/v3/owners?limit=500" |
	jq -c '.results[] | {type: "owner"} + with_entries(
		if .key == "type" then .key = "owner_type" else . end)' >expected
run hs-fetch owners
exits 0 'owners'
same_file out expected 'keep their own type as owner_type'
run hs-fetch owners/archived
jq -r .archived out | sort -u >found
same found 'owners who left' <<'!'
true
!
ask "$sandbox/crm/v3/pipelines/deals" >pipelines
jq -c '.results[] | . as $p |
	({type: "pipeline", object: "deals"} + del(.stages)),
	(.stages[] | {type: "stage", object: "deals", pipeline_id: $p.id} + .
	    | .metadata = (.metadata // {}))' pipelines >expected
run hs-fetch pipelines/deals
exits 0 'pipelines'
jq -c . out >found
same_file found expected 'come each before its stages'
run hs-fetch pipelines
jq -c . out >found
same_file found expected 'pipelines are those of deals'
run hs-fetch properties/deals
exits 0 'properties'
jq -r '[.type, .object, .name, .property_type] | join(" ")' out >found
has found '^property deals amount number$' 'keep their own type as property_type'

## search

run hs-fetch --report=report --search='dealstage=closedlost' deals
exits 0 'a search'
hs-fetch --properties=dealstage deals |
	jq -r 'select(.properties.dealstage == "closedlost").id' >expected
jq -r .id out >found
same_file found expected 'finds what matches, by id'
run report '.source_total == .received'
same out 'all that the search says it has' <<'!'
true
!
run hs-fetch --search='dealstage in closedlost,closedwon' --search='has amount' \
	--properties=dealstage,amount deals
exits 0 'several filters'
hs-fetch --properties=dealstage,amount deals | jq -c 'select(.properties |
	(.dealstage == "closedlost" or .dealstage == "closedwon") and
	.amount != null)' >expected
same_file out expected 'all hold'
cat >search.json <<'!'
{"filterGroups": [
  {"filters": [{"propertyName": "dealstage", "operator": "EQ", "value": "closedlost"}]},
  {"filters": [{"propertyName": "dealstage", "operator": "EQ", "value": "closedwon"}]}]}
!
run hs-fetch --search-json=search.json deals
exits 0 'filter groups from a file'
hs-fetch --search='dealstage in closedlost,closedwon' deals >expected
same_file out expected 'are or'
echo '{"filterGroups":[],"limit":5}' >search.json
run hs-fetch --search-json=search.json deals
exits 2 'what the tool sets itself is refused in it'
has err "search.json: 'limit' cannot be given" 'by name'

## links and reads, by ids

run hs-fetch --search='aangebracht_door=Nationale Apotheek' contacts
mv out contacts.ndjson
run hs-fetch --links=deals --report=report contacts.ndjson
exits 0 'links of what a search found'
empty err 'contacts without deals are no trouble'
mv out links.ndjson
jq -r '[.type, .from_type, .to_type] | join(" ")' links.ndjson | sort -u >found
same found 'are associations' <<'!'
association contact deal
!
jq -c '{inputs: [inputs | {id}]}' -n contacts.ndjson | ask -d @- \
	"$sandbox/crm/v4/associations/contacts/deals/batch/read" |
	jq -r '.results[] | .from.id as $from | .to | map(.toObjectId | tostring)
	    | sort[] | $from + " " + .' >pairs
jq -r .id contacts.ndjson | awk '
	NR == FNR { deals[$1] = deals[$1] $0 "\n"; next }
	{ printf "%s", deals[$1] }' pairs - >expected
jq -r '.from_id + " " + .to_id' links.ndjson >found
same_file found expected 'in the order of the contacts, by the text of the deal'
jq -r --arg n "$(jq -r .from_id links.ndjson | sort -u | wc -l)" \
	'.asked == .without_links + ($n | tonumber)' report >found
same found 'and counts those without any' <<'!'
true
!
jq -r 'select(.labels != []).labels[]' links.ndjson | sort -u >found
ok 'labels are kept' test -s found

run hs-fetch --read=deals --sort --properties=pipeline links.ndjson
exits 0 'the deals of those links'
jq -r .to_id links.ndjson | sort -u >expected
jq -r .id out >found
same_file found expected 'each once, by the text of the id'
jq -r .type out | sort -u >found
same found 'are deals' <<'!'
deal
!
jq -r .id out | sort -R --random-source=/dev/zero | tac >ids
run hs-fetch --read=deals --batch=7 ids
jq -r .id out >found
same_file found ids 'without --sort they come in the order asked'
run sh -c 'sed "s/.*/\"&\"/" ids | hs-fetch --read=deals - | jq -r .id'
same_file out ids 'ids may be quoted, and come on standard input'
run sh -c 'cat links.ndjson links.ndjson | hs-fetch --read=deals | wc -l'
wc -l <ids >expected
same_file out expected 'an id that comes again is read once'
run hs-fetch --links=deals ids
exits 2 'bare ids do not say of what they are'
has err 'ids:1: .*--from' 'the remedy is named'
run hs-fetch --links=contacts --from=deals ids
exits 0 'with --from they do'
run hs-fetch --links=contacts --links=companies --from=deals ids
jq -r '.from_type + " " + .to_type' out | sort -u >found
same found 'links to two objects at once' <<'!'
deal company
deal contact
!
run hs-fetch --read=deals contacts.ndjson
exits 2 'ids of something else are not read'
has err "the first is 'contact'" 'what came is named'
run hs-fetch --read=deals /dev/null
exits 0 'no ids, nothing to read'
empty out 'and nothing comes'
echo '{"type":"deal","id":' >broken
run hs-fetch --read=deals broken
exits 2 'a broken record ends it'
has err '^hs-fetch: broken:1: byte' 'with file, line and byte'

# ids that HubSpot does not have, and one that is none
ids=$(head -n 3 ids | tr '\n' ' ')
# shellcheck disable=SC2086 # words
printf '%s\n' $ids 999999999999 888888888888 >some
run hs-fetch --read=deals --report=report some
exits 0 'ids that are gone do not stop a read'
jq -r .id out >found
head -n 3 ids >expected
same_file found expected 'the others come'
same err 'they are told' <<'!'
hs-fetch: deals: 2 of 5 ids are not there (deleted, or never were): 999999999999,888888888888
!
run report '[.missing, .complete] + .missing_ids | join(" ")'
same out 'and reported' <<'!'
2 true 999999999999 888888888888
!
run hs-fetch --read=deals --strict some
exits 1 'with --strict they are a failure'
{
	head -n 50 ids
	echo not-an-id
	tail -n +51 ids
} >odd
run hs-fetch --read=deals --report=report odd
exits 1 'an id that is none is left out'
jq -r .id out >found
same_file found ids 'the rest of its batch comes, in order'
has err '^hs-fetch: deals: id not-an-id: ' 'it is told which'
run report '[.given_up, .complete] | join(" ")'
same out 'and counted' <<'!'
1 false
!
run hs-fetch --links=contacts --from=deals odd
exits 1 'so with links'
has err 'deals to contacts: id not-an-id: ' 'told which'
yes no-id | head -n 500 | awk '{ print $1 "-" NR }' >odd
before=$(stats .requests)
run hs-fetch --read=deals odd
exits 1 'where each id is refused it gives up'
has err 'one id after the other is refused' 'and says so'
ok 'after a few requests' test $(($(stats .requests) - before)) -lt 30

# the first batch goes out when the ids pause, not at their end
mkfifo slow
hs-fetch --read=deals --verbose slow >streamed 2>err &
pid=$!
exec 3>slow
head -n 2 ids >&3
tries=0
until [ "$(wc -l <streamed)" -eq 2 ] || [ $tries -gt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
wc -l <streamed >found
same found 'what came so far is answered while the input is open' <<'!'
2
!
sed -n '3,5p' ids >&3
exec 3>&-
wait $pid
jq -r .id streamed >found
head -n 5 ids >expected
same_file found expected 'then the rest'
# many ids: full batches go out at once; the writer stays until they are answered
# shellcheck disable=SC2016 # for the inner one
run sh -c '{
	cat ids
	tries=0
	until [ -e answered ] || [ $tries -gt 400 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	[ ! -e answered ] || : >in-time
} | hs-fetch --read=deals --batch=10 |
	{ head -n 100 >/dev/null; : >answered; cat >/dev/null; }'
ok 'full batches are answered while the writer is still there' test -e in-time

## what changed, and from when on

run hs-fetch --modified-since=2026-02-01 --properties=hs_lastmodifieddate deals
exits 0 'what changed from a day on'
hs-fetch --properties=hs_lastmodifieddate deals |
	jq -c 'select(.properties.hs_lastmodifieddate >= "2026-02-01")' >expected
same_file out expected 'is just that'
run hs-fetch --modified-since=2026-02-01 contacts
exits 0 'contacts have another name for that'
ok 'and some changed' test -s out
run hs-fetch --state=state deals
exits 0 'a first fetch with a state'
hs-fetch deals >expected
same_file out expected 'brings all'
last=$(jq -r .updatedAt out | sort | tail -n 1 | sed 's/\.000Z/Z/')
jq -r '[.type, .object, (.filter | tostring), .changed_at] | join(" ")' state >found
echo "fetch_state deals null $last" >expected
same_file found expected 'and keeps the time of the latest change'
run hs-fetch --state=state deals
exits 0 'the next one'
hs-fetch deals | jq -c --arg last "$last" '
	def s: .[:19] + "Z" | fromdate;
	select((.updatedAt | s) >= ($last | s) - 300)' >expected
jq -c . out >found
same_file found expected 'brings what changed since, and five minutes before'
cp state before
run hs-fetch --state=state --overlap=0 deals contacts
exits 0 'an object more'
jq -r .object state >found
same found 'has a cursor of its own' <<'!'
contacts
deals
!
cp before state
run hs-fetch --state=state --search='has amount' deals
jq -r '.filter | tostring' state >found
has found filterGroups 'another filter has another cursor'
rm state
run hs-fetch --state=state deals no_such_object
exits 1 'when something is left out'
not_ok 'there is no state' test -e state
run sh -c 'hs-fetch --state=state deals >/dev/full'
exits 2 'when the output is not written'
not_ok 'there is none then either' test -e state
echo x >state
run hs-fetch --state=state deals
exits 2 'a state that is none is refused'
has err '^hs-fetch: state: line 1: ' 'by line'
ok 'and left as it is' grep -q x state

## every property

run hs-fetch --all-properties --properties=a products
exits 2 'all properties or some'
run hs-fetch --all-properties products
exits 0 'every property'
hs-fetch properties/products | jq -r .name | sort >expected
jq -r '.properties | keys[]' out | sort -u >found
same_file found expected 'is asked for'
sandbox_start --scale=0.02 --deals=250 --limit=0 --extra-properties=400 --log=log
run hs-fetch --all-properties --report=report deals
exits 0 'more properties than an URL holds'
hs-fetch properties/deals | jq -r .name | sort >expected
jq -r '.properties | keys[]' out | sort -u >found
same_file found expected 'come by batch reads'
jq -r .id out >found
hs-fetch deals | jq -r .id >expected
same_file found expected 'in the order of the list'
jq -r 'select(.call == "batch_read" or .call == "read").inputs' log | sort -n |
	tail -n 1 >found
ok 'of 100' grep -q -x 100 found
run hs-fetch --all-properties --search='has amount' deals
exits 0 'a search with as many'
jq -r .id out >found
hs-fetch --search='has amount' deals | jq -r .id >expected
same_file found expected 'brings the same records'
run hs-fetch --all-properties --archived deals
exits 0 'archived ones with as many'
jq -r .archived out | sort -u >found
same found 'are read as archived' <<'!'
true
!

## many at once

run hs-fetch --report=report --verbose deals contacts companies owners pipelines/deals
exits 0 'several objects at once'
jq -r .type out | sort | uniq -c | awk '{ print $2, $1 }' >found
for object in deals contacts companies owners pipelines/deals; do
	hs-fetch $object
done | jq -r .type | sort | uniq -c | awk '{ print $2, $1 }' >expected
same_file found expected 'come all'
jq -r 'select(.type == "contact").id' out >found
hs-fetch contacts | jq -r .id >expected
same_file found expected 'each in its own order'
has err 'hs-fetch: [0-9]+ requests, 0 of them again, 0 answered 429; [0-9]+ bytes' \
	'--verbose ends with the counts'
run report '[.object, .complete] | join(" ")'
same out 'a report of each' <<'!'
deals true
contacts true
companies true
owners true
deals true
!
hs-fetch --report=3 deals contacts 3>found >/dev/null
ok 'the report can go to a descriptor' test "$(wc -l <found)" -eq 2
run hs-fetch --report=9 deals
exits 2 'one that is open'
run hs-fetch --report=no/such/folder deals
exits 2 'a report that cannot be written is told'
empty out 'before anything is fetched'

## what the token may not

sandbox_start --scale=0.02 --deals=250 --limit=0 --deny=deals
run hs-fetch --report=report contacts deals companies
exits 1 'an object that is denied is left out'
jq -r .type out | sort -u >found
same found 'the others come' <<'!'
company
contact
!
has err '^hs-fetch: deals: .*lacks the scope crm.objects.deals.read' \
	'the scope that is missing is named'
run report '[.object, .complete] | join(" ")'
same out 'and reported' <<'!'
contacts true
deals false
companies true
!
run hs-fetch --check contacts deals owners
exits 1 'a check that finds something denied'
jq -c 'select(.type == "access") | [.object, .readable, .status] + .missing_scopes' \
	out >found
same found 'tells object by object' <<'!'
["contacts",true,200]
["deals",false,403,"crm.objects.deals.read"]
["owners",true,200]
!
run sh -c 'hs-fetch --check contacts owners | jq -r .type'
same out 'and of which account' <<'!'
account
access
access
!
run hs-fetch --check
jq -r .object out >found
has found '^properties/contacts$' 'without names it asks for what is common'
run env HUBSPOT_PAT=pat-eu1-expired-0123 hs-fetch contacts deals
exits 2 'a token that is not accepted'
empty out 'brings nothing'
has err '401' 'the answer is told'
has err 'HUBSPOT_PAT' 'and what to check'
lacks err 'pat-eu1-expired' 'but not the token'
run hs-fetch no_such_object
exits 1 'an object that is none'
has err '^hs-fetch: no_such_object: ' 'is told'

## the limits

sandbox_start --scale=0.05 --deals=250 --daily=12
run hs-fetch --report=report contacts
exits 75 'the daily limit'
has err 'daily limit' 'is told'
jq -r .type out | sort | uniq -c | awk '{ print $2, $1 }' >found
same found 'what came until then is kept' <<'!'
contact 1200
!
run report '[.received, .complete] | join(" ")'
same out 'and reported as not complete' <<'!'
1200 false
!

sandbox_start --scale=0.1 --deals=1500 --limit=0
hs-fetch --properties=hs_object_id deals | head -n 1400 >ids
sandbox_start --scale=0.1 --deals=1500 --limit=0 \
	--fault=stall:path=batch:at=1:ms=4000,daily:path=batch:at=14
run hs-fetch --read=deals --properties=dealname --report=report ids
exits 75 'the daily limit, and a batch that is late'
cp out kept
jq -c '[.received == .written, .written > 0, .complete]' report >found
echo '[true,true,false]' | same found 'what came behind the gap is kept'
wc -l <kept | tr -d ' ' >found
jq .written report | same found 'and counted'

## a cached answer

sandbox_start --scale=0.02 --deals=250 --limit=0
run hs-fetch --cache=cache --report=report deals owners
exits 0 'a fetch to be kept'
mv out expected
before=$(stats .requests)
run hs-fetch --cache=cache --report=report deals owners
exits 0 'the same again'
same_file out expected 'is the same'
stats .requests >found
echo "$before" >expected.nr
same_file found expected.nr 'without a request'
run report '[.cached, .object, .complete] | join(" ")'
same out 'the report says so' <<'!'
true deals true
true owners true
!
run hs-fetch --cache=cache deals
ok 'another question is asked' test "$(stats .requests)" -gt "$before"
before=$(stats .requests)
run hs-fetch --cache=cache --max-age=0 deals owners
ok '--max-age=0 asks again' test "$(stats .requests)" -gt "$before"
touch -d '2 hours ago' cache/*
before=$(stats .requests)
run hs-fetch --cache=cache --max-age=1h deals owners
ok 'what is too old is asked again' test "$(stats .requests)" -gt "$before"
touch -d '2 hours ago' cache/*
before=$(stats .requests)
run hs-fetch --cache=cache --max-age=3h deals owners
ok 'what is not, not' test "$(stats .requests)" -eq "$before"
run hs-fetch --cache=cache --read=deals ids
before=$(stats .requests)
mv out expected
run hs-fetch --cache=cache --read=deals ids
ok 'ids are part of the question' test "$(stats .requests)" -eq "$before"
same_file out expected 'the answer is theirs'
head -n 5 ids | hs-fetch --cache=cache --read=deals >out
ok 'others are another question' test "$(stats .requests)" -gt "$before"
files=$(find cache -type f | wc -l)
run hs-fetch --cache=cache deals no_such_object
exits 1 'what is not complete'
ok 'is not kept' test "$(find cache -type f | wc -l)" -eq "$files"
ok 'nobody else can read it' sh -c '! ls -l cache | grep -v -e "^-rw-------" -e ^total'
not_ok 'the token is not in it' grep -r "$HUBSPOT_PAT" cache

## more than a search shows

sandbox_start --scale=0.25 --limit=0
hs-fetch --rate=1000 contacts | jq -r .id >expected
ok 'more than 10,000 contacts' test "$(wc -l <expected)" -gt 10000
run hs-fetch --report=report --modified-since=2001-01-01 --properties=hs_object_id contacts
exits 0 'a search past 10,000 results'
jq -r .id out >found
same_file found expected 'brings all of them, each once'
run report '[.source_total == .received, .duplicates] | join(" ")'
same out 'as many as the search has' <<'!'
true 0
!
stats '.status["400"] // 0' >found
same found 'and asks for none that it may not' <<'!'
0
!

## one contact with hundreds of deals

run sh -c 'hs-fetch --search="num_associated_deals>500" contacts |
	hs-fetch --links=deals --report=report | jq -r .to_id'
exits 0 'more links than a page has'
sort -c out
result 'come in order'
sort -u out >found
same_file out found 'each once'
ok 'all of them' test "$(wc -l <out)" -gt 500

## answers that go wrong

# fault LIST: start the sandbox with it
fault() {
	sandbox_start --scale=0.02 --deals=250 --limit=0 --fault="$1"
}
for kind in 503 reset cut gzipcut; do
	fault "$kind:at=2"
	run hs-fetch --verbose deals
	exits 0 "$kind is tried again"
	ok "and all comes after $kind" test "$(wc -l <out)" -eq 250
done
has err ' 1 of them again' 'the second try is counted'
fault 429:at=2:after=1
run hs-fetch deals
exits 0 '429 is waited for as long as told'
fault 429:at=2:after=600
run hs-fetch deals
exits 75 'but not for ever'
run hs-fetch --max-wait=1 deals
exits 0 'the fault is over'
fault html:at=2
run hs-fetch --report=report deals
exits 2 'a page for people is no answer'
has err 'no JSON: it starts with' 'it is told how it starts'
ok 'what came before is kept' test "$(wc -l <out)" -eq 100
run report .complete
same out 'the report says that it is not all' <<'!'
false
!
fault badjson:at=2
run hs-fetch deals
exits 2 'half of an answer is no answer'
has err 'broken JSON: byte' 'it is told where it breaks'
fault emptycursor:at=2:times=1
run hs-fetch deals
exits 0 'an empty page that goes on is gone on with'
ok 'to the end' test "$(wc -l <out)" -eq 250
fault loopcursor
run hs-fetch deals
exits 2 'a cursor that comes again ends it'
has err 'paging does not move on' 'and is told'
fault "redirect:to=http://127.0.0.1:1/"
run hs-fetch deals
exits 2 'a redirect is not followed'
wait $unknown_pid
status=$?
mv unknown.err err
exits 75 'a host that is not known may be known later'
has err 'GET http://no-such-host.invalid/crm/v3/owners: .*tries' \
	'method, address, cause and tries are told'
fault 403:path=deals/search
run hs-fetch deals contacts
exits 0 'a count that is not allowed is done without'

## killed on the way

# begin ARG...: start it and wait for its first records; sets $pid
begin() {
	rm -f begun
	hs-fetch "$@" >begun 2>err &
	pid=$!
	tries=0
	until [ -s begun ] || [ $tries -gt 200 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
}
sandbox_start --scale=0.02 --deals=250 --limit=0 --latency-ms=200
for signal in TERM KILL; do
	rm -rf kept state report
	begin --cache=kept --report=report contacts
	kill -$signal $pid
	wait $pid 2>/dev/null
	ok "after SIG$signal some of it came" test -s begun
	not_ok "after SIG$signal there is no report" test -e report
	find kept -name '[!.]*.ndjson' >found
	empty found "after SIG$signal no answer is kept"
	begin --state=state contacts
	kill -$signal $pid
	wait $pid 2>/dev/null
	not_ok "after SIG$signal the cursor has not moved" test -e state
done
run hs-fetch --cache=kept contacts
exits 0 'the next fetch is not troubled by it'

## the records' page

grep '^{' "$top/man/hubspot.5" >page
ok 'each example of hubspot(5) is a record' jq -e 'keys_unsorted[0] == "type"' page
jq -r .type page >found
for type in owner pipeline stage property deal association; do
	grep -q -x "$type" found || echo "$type"
done >missing
empty missing 'and each type has one'

## where it goes

run sh -c 'hs-fetch deals >/dev/full'
exits 2 'a full disk is not success'
has err 'No space left' 'it is told'
run sh -c 'hs-fetch deals >&-'
exits 2 'nor is a closed output'
run sh -c 'hs-fetch contacts | head -n 1 | wc -l'
same out 'a reader that stops early is no trouble' <<'!'
1
!
empty err 'not even a message'
cat log err out ./*.ndjson state report 2>/dev/null | grep -c "$HUBSPOT_PAT" >found
same found 'the token is nowhere' <<'!'
0
!
all_done
