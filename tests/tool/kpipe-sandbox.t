#!/bin/sh
# kpipe-sandbox(1)
. "${0%/*}/../lib.sh"

token=kpipe-sandbox-token

# ask PATH [CURL OPTION...]: the body to body, the head to head, its status
# and the status of curl to $code and $status
ask() {
	path=$1
	shift
	status=0
	code=$(curl -g -s -o body -D head -w '%{http_code}' --max-time 60 \
		-H "Authorization: Bearer $token" "$@" "$sandbox$path") ||
		status=$?
}

# post PATH JSON
post() {
	ask "$1" -H 'Content-Type: application/json' -d "$2"
}

# answers CODE NAME
answers() {
	[ "$code" = "$1" ]
	result "$2" || {
		echo "status $code, not $1"
		head -c 1000 body 2>&1
	} | comment
}

# gives 'JQ FILTER' NAME: it holds for the body
gives() {
	jq -e "$1" body >"$lib_tmp/jq" 2>&1
	result "$2" || {
		echo "not so: $1"
		cat "$lib_tmp/jq"
		head -c 1000 body
	} | comment
}

# refuses NAME PATTERN: 400, with a message like that, as the vendor writes it
refuses() {
	answers 400 "$1"
	jq -e --arg p "$2" '.status == "error" and .category ==
	    "VALIDATION_ERROR" and (.message | test($p)) and
	    (.correlationId | length == 36)' body >"$lib_tmp/jq" 2>&1
	result "$1: it says why" || head -c 1000 body | comment
}

stat() {
	curl -s "$sandbox/sandbox/stats" | jq -c "$1" >stat
}

contacts=/crm/v3/objects/contacts
deals=/crm/v3/objects/deals
links=/crm/v4/associations/contacts/deals/batch/read

#
# who may come in
#
sandbox_start --limit=0 --search-limit=0 --log="$PWD/log"
code=$(curl -s -o body -w '%{http_code}' "$sandbox$contacts")
answers 401 'without a token nobody comes in'
gives '.category == "INVALID_AUTHENTICATION"' 'the body says so'
code=$(curl -s -o body -w '%{http_code}' -H 'Authorization: Bearer other' \
	"$sandbox$contacts")
answers 401 'nor with another token'
lacks body other 'which is not told again'
ask /crm/v3/nothing
answers 404 'a path that is none'
ask /account-info/v3/details -X POST
answers 405 'a method that is none'
ask /account-info/v3/details
gives '.timeZone == "Europe/Amsterdam" and .companyCurrency == "EUR"' \
	'the account can be asked for'
code=$(curl -s -o body -w '%{http_code}' "$sandbox/elsewhere")
answers 404 'a path of no vendor'

#
# lists
#
ask "$contacts"
answers 200 'a list'
gives '.results | length == 10' 'has ten records when nobody says more'
gives '.results[0].properties | keys == ["createdate", "email", "firstname",
    "hs_object_id", "lastmodifieddate", "lastname"]' 'and the usual properties'
gives '.results[0] | .id == .properties.hs_object_id and .archived == false and
    (.createdAt | test("^....-..-..T..:..:..[.]...Z$"))' 'and its shape'
ask "$contacts?limit=3&properties=phone,no_such_property"
gives '.results[0].properties | keys == ["createdate", "hs_object_id",
    "lastmodifieddate", "phone"]' 'an unknown property is passed over'
gives '[.results[].properties | .[]] | all(type == "string" or . == null)' \
	'values are text or null'
ask "$contacts?limit=101"
refuses 'a page of 101' 'limit.*100'
ask "$contacts?limit=0"
refuses 'a page of none' 'limit'
ask "$contacts?limit=ten"
refuses 'a limit that is no number' 'integer'
ask "$contacts?limit=51&propertiesWithHistory=email"
refuses 'a page of 51 with history' 'limit.*50'
ask "$contacts?limit=1&propertiesWithHistory=email"
gives '.results[0].propertiesWithHistory.email[0].timestamp' 'history is there'
ask "$contacts?count=3"
refuses 'a parameter that is none' "'count'"
ask "$contacts?archived=maybe"
refuses 'a flag that is none' 'boolean'
ask "$contacts?after=abc"
refuses 'a cursor that is none' 'cursor'
ask /crm/v3/objects/things
refuses 'an object that is none' 'Unable to infer object type from: things'
ask /crm/v3/objects/2-4711001?limit=3
gives '[.results[].id] | all(startswith("900719925"))' \
	'the own object has ids no double holds'
ask /crm/v3/objects/p8674001_cursus?properties=naam
gives '.results[0].properties.naam == "Groepscursus 1"' \
	'and goes by its full name'

walk() { # walk PATH: all pages, a result a line
	: >all
	next=$1
	while [ -n "$next" ]; do
		ask "$next"
		jq -c '.results[]' body >>all
		after=$(jq -r '.paging.next.after // empty' body)
		next=${after:+"$1&after=$after"}
	done
}

walk "$contacts?limit=100&properties=aangebracht_door"
jq -r .id all | sort -u >ids
ok 'pages hold each contact once' \
	sh -c '[ "$(wc -l <ids)" -eq 4460 ] && [ "$(wc -l <all)" -eq 4460 ]'
ask "$contacts?limit=2&after=900"
link=$(jq -r .paging.next.link body)
after=$(jq -r .paging.next.after body)
ask "${link#"$sandbox"}"
cp body by_link
ask "$contacts?limit=2&after=$after"
same_file by_link body 'the link of a page leads to the next'
walk "$contacts?limit=100&archived=true"
ok 'archived ones are a list of their own' \
	sh -c 'jq -e "select(.archived and .archivedAt)" all | grep -q archivedAt &&
	    ! jq -r .id all | grep -x -F -f ids'
ask "$contacts?limit=100&associations=companies&properties=company"
gives '[.results[] | select(.properties.company != null)] |
    all(.associations.companies.results[0].type == "contact_to_company")' \
	'associations come along'
ask /crm/v3/objects/deals/batch?properties=amount
answers 404 'an id that is none'
ask "$contacts/$(head -n 1 ids)?properties=email"
gives '.properties.email' 'one record by its id'
email=$(jq -r .properties.email body)
ask "$contacts/$email?idProperty=email"
gives ".id == \"$(head -n 1 ids)\"" 'and by its address'
ask "$contacts/x?idProperty=city"
refuses 'and not by what is not unique' 'unique'

#
# searches
#
filter() { # filter FILTER [REST]: search contacts
	post "$contacts/search" "{\"filterGroups\":[{\"filters\":[$1]}]${2:-}}"
}

post "$contacts/search" '{}'
gives '.total == 4460 and (.results | length) == 10' 'a search for all'
gives '.paging.next.after == "10"' 'goes on at an offset'
lacks head -i-RateLimit 'and tells no limits'
filter '{"propertyName":"aangebracht_door","operator":"EQ",
    "value":"Nationale Apotheek"}' \
	',"limit":200,"properties":["aangebracht_door"]'
gives '[.results[].properties.aangebracht_door] | length == 200 and
    unique == ["Nationale Apotheek"]' 'EQ finds what is equal'
na=$(jq .total body)
walk "$contacts?limit=100&properties=aangebracht_door"
ok 'all of it' test "$na" -eq \
	"$(grep -c '"aangebracht_door":"Nationale Apotheek"' all)"
filter '{"propertyName":"aangebracht_door","operator":"NEQ",
    "value":"Nationale Apotheek"}'
neq=$(jq .total body)
filter '{"propertyName":"aangebracht_door","operator":"NOT_HAS_PROPERTY"}'
ok 'NEQ finds the others that have a value' \
	test $((na + neq + $(jq .total body))) -eq 4460
filter '{"propertyName":"firstname","operator":"IN","values":["noor","bram"]}' \
	',"limit":200,"properties":["firstname"]'
gives '[.results[].properties.firstname] | unique == ["Bram", "Noor"]' \
	'IN takes text in lower case'
filter '{"propertyName":"firstname","operator":"IN","values":["Noor"]}'
gives '.total == 0' 'and finds nothing by another'
filter '{"propertyName":"hs_object_id","operator":"BETWEEN","value":"1000",
    "highValue":"2000"}' \
	',"sorts":[{"propertyName":"hs_object_id","direction":"DESCENDING"}],
    "limit":200'
gives '[.results[].id | tonumber] | min >= 1000 and max <= 2000 and
    . == (sort | reverse) and length > 20' 'BETWEEN, and sorted downwards'
filter '{"propertyName":"lastname","operator":"CONTAINS_TOKEN",
    "value":"berg"}' ',"limit":200,"properties":["lastname"]'
gives '[.results[].properties.lastname] | unique == ["van den Berg"]' \
	'CONTAINS_TOKEN finds a word'
filter '{"propertyName":"lastmodifieddate","operator":"GTE",
    "value":"1767225600000"}' ',"sorts":[{"propertyName":"lastmodifieddate"}],
    "limit":200'
gives '[.results[].updatedAt] | . == sort and .[0] >= "2026-01-01"' \
	'dates compare by milliseconds, and sort'
since=$(jq .total body)
filter '{"propertyName":"lastmodifieddate","operator":"GTE",
    "value":"2026-01-01"}'
gives ".total == $since" 'and by day'
post "$contacts/search" '{"filterGroups":[
    {"filters":[{"propertyName":"firstname","operator":"EQ","value":"Noor"},
        {"propertyName":"city","operator":"EQ","value":"Delft"}]},
    {"filters":[{"propertyName":"firstname","operator":"EQ","value":"Bram"}]}],
    "properties":["firstname","city"],"limit":200}'
gives '.results | any(.properties.firstname == "Noor") and
    all(.properties | .firstname == "Bram" or .city == "Delft")' \
	'groups are ors of ands'
post "$contacts/search" '{"query":"noor delft","properties":["firstname"]}'
gives '.total > 0 and (.results | all(.properties.firstname == "Noor"))' \
	'a query looks for words'

filters() { # filters N: so many
	yes '{"propertyName":"city","operator":"HAS_PROPERTY"}' | head -n "$1" |
		paste -s -d ,
}
groups() { # groups N FILTERS
	yes "{\"filters\":[$2]}" | head -n "$1" | paste -s -d ,
}
post "$contacts/search" '{"limit":201}'
refuses 'a page of 201' 'limit.*200'
post "$contacts/search" '{"limit":"200"}'
refuses 'a limit in quotes' 'limit.*integer'
post "$contacts/search" "{\"filterGroups\":[$(groups 6 "$(filters 1)")]}"
refuses 'six groups' '5 filter groups'
filter "$(filters 7)"
refuses 'seven filters in a group' '6 filters'
post "$contacts/search" "{\"filterGroups\":[$(groups 4 "$(filters 5)")]}"
refuses 'twenty filters' '18 filters'
filter '{"propertyName":"city","operator":"LIKE","value":"D"}'
refuses 'an operator that is none' 'LIKE'
filter '{"propertyName":"town","operator":"EQ","value":"Delft"}'
refuses 'a property that is none' 'town'
gives '.errors[0].code == "PROPERTY_DOESNT_EXIST"' 'with a code'
filter '{"propertyName":"city","operator":"EQ"}'
refuses 'an EQ without a value' 'value'
filter '{"propertyName":"city","operator":"EQ","value":5}'
refuses 'a value that is no text' 'string'
filter '{"propertyName":"createdate","operator":"GT","value":"yesterday"}'
refuses 'a date that is none' 'date'
filter '{"propertyName":"city","operator":"IN","values":[]}'
refuses 'an IN without values' 'values'
post "$contacts/search" '{"sorts":[{"propertyName":"city"},
    {"propertyName":"email"}]}'
refuses 'two sorts' 'one sort'
post "$contacts/search" '{"sorts":[{"propertyName":"town"}]}'
refuses 'a sort by what is no property' 'town'
post "$contacts/search" '{"page":2}'
refuses 'a field that is none' 'page'
post "$contacts/search" '{"limit":200,}'
refuses 'a body that is no JSON' 'Invalid input JSON on line 1'
post "$contacts/search" '[]'
refuses 'a body that is no object' 'object'
post "$contacts/search" '{"after":"10000"}'
refuses 'offset 10,000' 'limited to 10000'
post "$contacts/search" "{\"query\":\"$(printf '%03001d' 0)\"}"
refuses 'a query of 3,001 characters' 'too long'
ask "$contacts/search" -d '{}'
answers 415 'a body of another type'

#
# batches
#
id=$(head -n 1 ids)
post "$contacts/batch/read" "{\"inputs\":[{\"id\":\"$id\"}],
    \"properties\":[\"city\"]}"
answers 200 'a batch of one'
gives ".status == \"COMPLETE\" and .results[0].id == \"$id\"" 'has it'
post "$contacts/batch/read" "{\"inputs\":[{\"id\":\"$id\"},{\"id\":\"7\"}]}"
answers 207 'a batch with an id of nobody'
gives '.numErrors == 1 and (.results | length) == 1 and (.errors[0] |
    .category == "OBJECT_NOT_FOUND" and .context.ids == ["7"])' \
	'has the others, and names it'
post "$contacts/batch/read" '{"inputs":[{"id":"x7"}]}'
refuses 'an id that is no number' 'x7'
post "$contacts/batch/read" '{"inputs":[{"id":7}]}'
refuses 'an id that is no text' 'string'
post "$contacts/batch/read" '{"inputs":[]}'
refuses 'a batch of none' 'empty'
inputs() { # inputs N: ids from 1 up
	seq 1 "$1" | sed 's/.*/{"id":"&"}/' | paste -s -d ,
}
post "$contacts/batch/read" "{\"inputs\":[$(inputs 101)]}"
refuses 'a batch of 101' '100.*101'
post "$contacts/batch/read" "{\"inputs\":[{\"id\":\"$id\",\"x\":1}]}"
refuses 'an input with something else' 'x'
post "$contacts/batch/read" "{\"idProperty\":\"email\",
    \"inputs\":[{\"id\":\"$email\"}]}"
gives '.results | length == 1' 'a batch by address'

#
# associations
#
post "$links" '{"inputs":[{"id":"7"}]}'
answers 207 'a contact without deals'
gives '.errors[0].subCategory == "crm.associations.NO_ASSOCIATIONS_FOUND"' \
	'is told as such'
post "$links" "{\"inputs\":[$(inputs 1001)]}"
refuses 'links of 1,001 contacts' '1000.*1001'
post /crm/v4/associations/products/notes/batch/read '{"inputs":[{"id":"1"}]}'
refuses 'what cannot be linked' 'association types'
jq -Rs 'rtrimstr("\n") | split("\n") | [.[] | {id: .}]' ids >inputs
: >linked
for from in 0 1000 2000 3000 4000; do
	jq "{inputs: .[$from:$((from + 1000))]}" inputs >request
	post "$links" @request
	jq -c '.results[]' body >>linked
done
ok 'each contact has its links' sh -c \
	'[ "$(jq -r .from.id linked | sort -u | wc -l)" -gt 1000 ]'
many=$(jq -r 'select(.paging) | .from.id' linked)
ok 'one has so many that they come by page' test -n "$many"
after=$(jq -r 'select(.paging).paging.next.after' linked)
post "$links" "{\"inputs\":[{\"id\":\"$many\",\"after\":\"$after\"}]}"
answers 200 'the next page of them'
gives '.results[0].paging == null and (.results[0].to | length) > 50' \
	'which is the last'
gives '.results[0].to[0].associationTypes[0] |
    .category == "HUBSPOT_DEFINED" and .typeId == 4 and .label == null' \
	'a link has its type'
jq -c '.results[]' body >>linked
post "$links" "{\"inputs\":[{\"id\":\"$many\",\"after\":\"here\"}]}"
refuses 'a cursor of another' 'cursor'
jq -r '.to[].toObjectId' linked | sort | uniq -c >deal_ids
ok 'no deal without a contact, some with two' sh -c \
	'[ "$(wc -l <deal_ids)" -eq 3346 ] && grep -q "^ *2 " deal_ids'
ok 'ids are numbers here and text there' sh -c \
	'jq -r ".to[0].toObjectId | type" linked | sort -u | paste -s -d , |
	    grep -x number,string'
jq -e 'select(.to[].associationTypes[1].label == "Decision maker")' \
	linked >/dev/null
result 'some have a label'

#
# owners, pipelines, properties
#
walk '/crm/v3/owners?limit=40'
ok 'owners come by page' sh -c \
	'[ "$(jq -r .id all | sort -u | wc -l)" -eq "$(wc -l <all)" ]'
active=$(wc -l <all)
ask '/crm/v3/owners/?limit=500'
gives ".results | length == $active" 'or all at once'
gives '[.results[] | select(.id == "167331984")][0] |
    .firstName == "" and .lastName == ""' 'one has no name'
gives '[.results[] | .firstName + " " + .lastName |
    select(test("nabeller"; "i"))] | length >= 3' 'some call back'
gives '.results | all(.userId > 0 and .archived == false)' 'all are active'
ask '/crm/v3/owners?archived=true'
gives '.results | length >= 3 and all(.userId == null and .archived)' \
	'those who left are asked for'
ask '/crm/v3/owners?limit=501'
refuses '501 owners' 'limit.*500'
ask /crm/v3/pipelines/deals
gives '[.results[].id] == ["15413220", "38341389", "default"]' 'pipelines'
gives '[.results[].stages[].id] | contains(["15413630", "114855767",
    "81686449", "15415582", "116831596", "closedwon"])' 'and stages'
gives '[.results[].stages[].metadata | .isClosed, .probability] |
    all(. == null or type == "string")' 'whose facts are text'
ask /crm/v3/pipelines/calls
refuses 'pipelines of what has none' 'calls'
ask /crm/v3/properties/contacts
gives '[.results[].name] | length > 30 and . == sort and . == unique' \
	'properties'
gives '[.results[] | select(.name == "aangebracht_door")][0].options |
    any(.value == "Nationale Apotheek")' 'with their options'
ask /crm/v3/properties/contacts/lifecyclestage
gives '.options | length == 6' 'one of them'
ask /crm/v3/properties/contacts/town
answers 404 'one that is none'
ask /crm/v3/schemas
gives '.results[0].objectTypeId == "2-4711001"' 'the schema of the own object'

#
# the data
#
names=dealname,pipeline,dealstage,createdate,hubspot_owner_id
walk "$deals?limit=100&properties=$names"
jq -c .properties all >deals
ok 'there are 3,346 deals' sh -c '[ "$(wc -l <deals)" -eq 3346 ]'
ok 'of a hundred coaches' sh -c \
	'[ "$(jq -r .hubspot_owner_id deals | sort -u | wc -l)" -gt 104 ]'
for holds in '.hubspot_owner_id == null' '.createdate == null' \
	'.createdate == "onbekend"' '.dealstage == "15413630"' \
	'.dealstage == "15419999"' '.createdate > "2026-03-02T09"' \
	'.createdate == "2026-01-31T09:00:00.000Z"' \
	'.createdate == "2026-01-31T08:59:59.999Z"' \
	'.dealname | contains("\"")'; do
	jq -e -s "any($holds)" deals >/dev/null
	result "there is a deal with $holds"
done
ok 'most of the programme'"'"'s deals are recent' sh -c \
	'[ "$(jq -r .createdate deals | grep -c ^2026-0)" -gt 1500 ]'

#
# long addresses, gzip, the log
#
ask "$contacts?properties=$(printf '%08192d' 0)"
answers 414 'an address of more than 8 KiB'
ask "$contacts?properties=$(printf '%07000d' 0)"
answers 200 'a shorter one'
ask "$contacts?limit=100" --compressed
has head '^Content-Encoding: gzip' 'a body is packed when asked'
cp body unpacked
ask "$contacts?limit=100"
same_file unpacked body 'and is the same when not'
ok 'the log is a record a line' jq -e \
	'.type == "sandbox_request" and .method and .path and .status' log
ok 'it tells that a token came' jq -e -s \
	'.[0].authorization == false and .[-1].authorization' log
lacks log "$token" 'and not which'
lacks log Bearer 'in no way'
jq -c 'select(.call == "associations" and .inputs == 1000)' log >found
has found '"object":"contacts"' 'it tells what was asked for'
sandbox_stop

#
# the same, and not the same
#
sandbox_start --limit=0
ask "$deals?limit=100"
jq -c .results body >first
sandbox_start --limit=0
ask "$deals?limit=100"
jq -c .results body >listed
same_file listed first 'the same options give the same data'
post "$deals/batch/read" "$(jq -c '{inputs: [.results[] | {id}]}' body)"
jq -c .results body >by_batch
same_file by_batch listed 'a record is the same by page and by batch'
sandbox_start --seed=2
ask "$deals?limit=100"
jq -c .results body >listed
not_ok 'another seed gives other data' cmp -s listed first
sandbox_start --as-of=2026-04-02T09:00:00Z
ask "$deals?limit=100"
gives '[.results[].createdAt] | max > "2026-03-02"' \
	'another instant moves the dates'
sandbox_start --scale=1 --search-limit=0 --limit=0
post "$contacts/search" '{"filterGroups":[{"filters":[{"operator":"EQ",
    "propertyName":"lastmodifieddate","value":"2025-11-02T09:00:00Z"}]}],
    "limit":200,"after":"9900"}'
gives '.total > 10000 and (.results | length) == 100' \
	'at scale 1, more than 10,000 share an instant'
gives '.paging.next.after == "10000"' 'and page 10,000 is announced'
for object in contacts=44602 companies=17781 deals=3346 calls=3536 \
	meetings=1650 tasks=2829 notes=2357 emails=1415; do
	post "/crm/v3/objects/${object%=*}/search" '{}'
	gives ".total == ${object#*=}" "there are ${object#*=} ${object%=*}"
done
sandbox_start --scale=0.01 --coaches=30 --deals=500 --dangling=3 \
	--extra-properties=300
ask "$contacts?limit=1"
gives '.results | length == 1' 'a small account'
ask /crm/v3/properties/contacts
gives '[.results[].name | select(startswith("enquete_"))] | length == 300' \
	'with more properties'
walk "$contacts?limit=100"
jq -s '{inputs: [.[] | {id}]}' all >request
post "$links" @request
jq -c '{inputs: [[.results[].to[].toObjectId | tostring] | unique[] | {id: .}]}
    | .inputs |= .[0:100]' body >request
jq -r '[.results[].to[].toObjectId | tostring] | unique | length' body >linked
post "$deals/search" '{}'
ok 'and links to three deals that are gone' sh -c \
	'[ "$(cat linked)" -eq $(('"$(jq .total body)"' + 3)) ]'

#
# limits
#
sandbox_start --limit=3 --retry-after=7
ask "$contacts?limit=1"
has head '^X-HubSpot-RateLimit-Max: 3' 'an answer tells the limit'
has head '^X-HubSpot-RateLimit-Remaining: 2' 'and what is left'
has head '^X-HubSpot-RateLimit-Interval-Milliseconds: 10000' 'of its window'
has head '^X-HubSpot-RateLimit-Daily: 250000' 'and of the day'
ask "$contacts?limit=1"
ask "$contacts?limit=1"
answers 200 'the last one of the window'
ask "$contacts?limit=1"
answers 429 'one more is too many'
gives '.policyName == "TEN_SECONDLY_ROLLING" and .errorType == "RATE_LIMIT" and
    .message == "You have reached your ten_secondly_rolling limit."' \
	'the body says by which limit'
has head '^Retry-After: 7' 'and the head when to come back'
stat '[.status."429", .limits[0].refused, .limits[0].peak, .max_in_10_s]'
same stat 'it is counted' <<'!'
[1,1,3,4]
!
sandbox_start --search-limit=2
for _ in 1 2 3; do
	post "$contacts/search" '{}'
done
answers 429 'a third search in a second'
gives '.policyName == "SECONDLY"' 'has its own limit'
lacks head '^Retry-After' 'and no time to come back'
sleep 1.1
post "$contacts/search" '{}'
answers 200 'a second later there is room'
sandbox_start --daily=2
ask "$contacts?limit=1"
ask "$contacts?limit=1"
has head '^X-HubSpot-RateLimit-Daily-Remaining: 0' 'the day is used up'
ask "$contacts?limit=1"
gives '.policyName == "DAILY"' 'and then it is over'

sandbox_start --deny=deals,owners,properties
ask "$deals"
answers 403 'an object that is denied'
gives '.category == "MISSING_SCOPES" and .errors[0].context ==
    {"requiredGranularScopes": ["crm.objects.deals.read"]}' 'names its scope'
post "$links" '{"inputs":[{"id":"1"}]}'
answers 403 'links to it are, too'
ask /crm/v3/owners
gives '.errors[0].context.requiredGranularScopes ==
    ["crm.objects.owners.read"]' 'owners'
ask /crm/v3/properties/contacts
gives '.errors[0].context.requiredGranularScopes ==
    ["crm.schemas.contacts.read"]' 'and properties'
ask "$contacts"
answers 200 'the others are there'

#
# time
#
sandbox_start --latency-ms=2000
begin=$(date +%s%N)
for _ in 1 2 3 4 5 6 7 8; do
	curl -s -o /dev/null -H "Authorization: Bearer $token" \
		"$sandbox$contacts" &
	pids="${pids:-} $!"
done
# shellcheck disable=SC2086 # a list
wait $pids
took_ms=$((($(date +%s%N) - begin) / 1000000))
ok "eight wait at the same time ($took_ms ms)" test "$took_ms" -ge 2000 -a \
	"$took_ms" -lt 15000

#
# faults
#
sandbox_start --fault=429:at=1,500:at=2,502:at=3,503:at=4:after=5 \
	--fault=504:at=5,521:at=6,477:at=7:after=3600,daily:at=8,secondly:at=9
for expected in 429 500 502 503 504 521 477 429 429; do
	ask "$contacts?limit=50"
	answers "$expected" "fault $expected"
	case $expected in
	5*) has body '^<!DOCTYPE html>' 'is a page for people' ;;
	*) gives '.status == "error"' 'is an error of the vendor' ;;
	esac
	case $expected in
	503) has head '^Retry-After: 5' 'with a time to come back' ;;
	477) has head '^Retry-After: 3600' 'with a long time' ;;
	esac
done
ask "$contacts?limit=50"
answers 200 'then all is well'

sandbox_start --fault=reset:at=1,cut:at=2,gzipcut:at=3,html:at=4 \
	--fault=badjson:at=5,redirect:at=6:to=http://127.0.0.1:1/x,stall:at=7:ms=900
ask "$contacts?limit=50"
ok 'reset: no answer' test "$status" -eq 56 -o "$status" -eq 52
ask "$contacts?limit=50"
ok 'cut: the body ends early' test "$status" -eq 18
ask "$contacts?limit=50" -H 'Accept-Encoding: gzip'
answers 200 'gzipcut: the head is fine'
not_ok 'gzipcut: the gzip ends early' sh -c 'gzip -dc <body'
ask "$contacts?limit=50"
has head '^Content-Type: text/html' 'html: a page'
answers 200 'html: that says all is well'
ask "$contacts?limit=50"
not_ok 'badjson: what is no JSON' jq . body
has head '^Content-Type: application/json' 'badjson: and says it is'
ask "$contacts?limit=50"
answers 302 'redirect'
has head '^Location: http://127.0.0.1:1/x' 'redirect: to there'
begin=$(date +%s%N)
ask "$contacts?limit=50"
took_ms=$((($(date +%s%N) - begin) / 1000000))
ok "stall: it takes its time ($took_ms ms)" test "$took_ms" -ge 900
gives '.results | length == 50' 'stall: and then the rest comes'

sandbox_start --fault=emptycursor:at=1,loopcursor:path=after:times=2 \
	--fault=404:every=2:path=owners:method=GET
ask "$contacts?limit=50"
gives '.results == [] and .paging.next.after == "0"' 'emptycursor: go on there'
ask "$contacts?limit=50&after=00"
gives '(.results | length) == 50 and .paging.next.after == "00"' \
	'loopcursor: the same again'
ask "$contacts?limit=50&after=1000"
gives '.paging.next.after == "1000"' 'loopcursor: and once more'
ask "$contacts?limit=50&after=1000"
gives '.paging.next.after != "1000"' 'loopcursor: twice and no more'
for expected in 200 404 200 404; do
	ask /crm/v3/owners
	answers "$expected" "every second: $expected"
done
stat '[.faults[] | [.seen, .done]]'
same stat 'faults are counted' <<'!'
[[8,1],[3,2],[4,2]]
!

#
# beginning and end
#
run kpipe-sandbox --port="${sandbox##*:}"
exits 2 'a port that is taken'
has err "^kpipe-sandbox: port ${sandbox##*:} is taken" 'is told'
sandbox_stop

KPIPE_SANDBOX_TOKEN=another kpipe-sandbox --port=0 --ready-file=ready \
	>out 2>err &
pid=$!
until [ -f ready ]; do sleep 0.05; done
sandbox=$(cat ready)
same_file out ready 'the address is printed, too'
ask "$contacts"
answers 401 'the token may be another'
token=another
ask "$contacts"
answers 200 'and then it is that'
kill "$pid"
status=0
wait "$pid" || status=$?
exits 0 'SIGTERM ends it in peace'
empty err 'without a word'
ok 'and the file is gone' test ! -e ready
sandbox=

run kpipe-sandbox --port=0 --fault=501:when=now
exits 2 'a condition that is none'
has err "^kpipe-sandbox: --fault=501:when=now: 'when' is no condition" 'is told'
run kpipe-sandbox --port=0 --fault=flood
exits 2 'a fault that is none'
run kpipe-sandbox --port=0 --fault=redirect:at=1
exits 2 'a redirect to nowhere'
run kpipe-sandbox --port=0 --fault=500:at=0
exits 2 'a count from 0'
run kpipe-sandbox --port=0 --deny=things
exits 2 'denying what is not there'
run kpipe-sandbox --port=0 --as-of=yesterday
exits 2 'an instant that is none'
run kpipe-sandbox --port=0 file
exits 2 'an operand'
run kpipe-sandbox --port=0 --log=no/such/log
exits 2 'a log that cannot be written'
all_done
