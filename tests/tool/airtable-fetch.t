#!/bin/sh
# airtable-fetch(1)
. "${0%/*}/../lib.sh"

# fetch ARG...: with a report
fetch() {
	run timeout 60 airtable-fetch --report=report "$@"
}

# reports 'JQ FILTER' NAME
reports() {
	ok "$2" jq -e "$1" report
}

sandbox_start --airtable-limit=0 --log="$PWD/log"
base=$(curl -s "$sandbox/sandbox/airtable" | tee base | jq -r .base)
fetch --table='Daily Performance'
exits 0 'a table is fetched'
empty err 'in silence'
jq -c '.tables[1].records[] | {type: "record", id, created_at: .createdTime} +
    .fields' base >expected
same_file out expected 'all of it, as it is there'
ok 'in more than one page' test "$(wc -l <expected)" -gt 100
reports '.complete and .what == "records" and .object == "Daily Performance" and
    .received == .written and .duplicates == 0 and .restarts == 0 and
    .reason == null and .source_total == null and .requests == .pages' \
	'and a report tells so'
fetch --table=tbl00000000000002
same_file out expected 'the same by the id of the table'
unset AIRTABLE_BASE
fetch --table='Daily Performance' --base="$base"
same_file out expected 'and with the base by an option'
AIRTABLE_BASE=$base
export AIRTABLE_BASE

fetch --table=Chatters --type=roster --fields='name=Full Name,team=Team,
    status=Status,role=Role,lead=Team Leader,trained=Trained,
    hubstaff_user_id=Hubstaff user id'
jq -c '.tables[0].records[] | {type: "roster", id, created_at: .createdTime,
    name: .fields["Full Name"], team: .fields.Team, status: .fields.Status,
    role: .fields.Role, lead: .fields["Team Leader"],
    trained: .fields.Trained, hubstaff_user_id: .fields["Hubstaff user id"]}' \
	base >expected
same_file out expected 'fields under other names, null where empty'
has out '"lead":\["rec00000000000002"\]' 'linked records as ids'
ok 'only these were asked for' sh -c "grep -c 'fields\[\]' log"
cp out roster
echo '{"type":"hubstaff_hours","date":"2026-02-10","user_id":"7003",
"name":"x","tracked_s":1}' | tr -d '\n' >hours
run name-match --roster=roster hours
has out '"id":"rec00000000000003"' 'which is a roster for name-match'

fetch --table='Daily Performance' --where="IS_SAME({Date},'2026-02-20','day')"
jq -c '.tables[1].records[] | select(.fields.Date == "2026-02-20") | .id' \
	base >expected
jq -c .id out >found
same_file found expected 'the records of a formula'
fetch --table=Chatters --view='Grid view' --where="{Team}='Nowhere'"
exits 0 'no record is no error'
empty out 'and nothing'

# values of other kinds
jq -c '.tables[0] |= (.fields += [{"id":"fldX","name":"Odd","type":"x"}] |
    .records = [
    {"id":"rec1","createdTime":"t","fields":{"Odd":{"id":"sel1","name":"Day",
	"color":"red"}}},
    {"id":"rec2","createdTime":"t","fields":{"Odd":[{"name":"A"},{"name":"B"}]}},
    {"id":"rec3","createdTime":"t","fields":{"Odd":{"id":"u","email":"e@example.org",
	"name":"E"}}},
    {"id":"rec4","createdTime":"t","fields":{"Odd":{"specialValue":"NaN"}}},
    {"id":"rec5","createdTime":"t","fields":{"Odd":"a\"b\u00e9"}},
    {"id":"rec6","createdTime":"t","fields":{}}])' base |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
fetch --table=Chatters
same out 'choices are their names, all else is as it is' <<'!'
{"type":"record","id":"rec1","created_at":"t","Odd":"Day"}
{"type":"record","id":"rec2","created_at":"t","Odd":["A","B"]}
{"type":"record","id":"rec3","created_at":"t","Odd":{"id":"u","email":"e@example.org","name":"E"}}
{"type":"record","id":"rec4","created_at":"t","Odd":{"specialValue":"NaN"}}
{"type":"record","id":"rec5","created_at":"t","Odd":"a\"bé"}
{"type":"record","id":"rec6","created_at":"t"}
!
jq -c '.tables[0].records = [{"id":"rec1","createdTime":"t","fields":{"id":"x"}}] |
    .tables[0].fields = [{"id":"fldX","name":"id","type":"singleLineText"}]' \
	base | curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
fetch --table=Chatters
exits 2 'a field with the name of what every record has'
has err "field 'id' .* --fields" 'is told, with the remedy'
fetch --table=Chatters --fields=own_id=id
has out '"own_id":"x"' 'which helps'

# iterators that end, and what comes twice

sandbox_start --airtable-limit=0 --fault=422:path=offset=:times=3
fetch --table='Daily Performance'
exits 0 'a listing that ends too early begins anew'
jq -r .id out | sort | uniq -d >twice
empty twice 'and has no record twice'
reports '.restarts == 3 and .written == .received and .complete' 'three times'
sandbox_start --airtable-limit=0 --airtable-iterator=0
fetch --table='Daily Performance'
exits 2 'but no more'
has err 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE' 'and says why'
empty out 'with nothing written'
reports '.restarts == 3 and (.complete | not) and .written == 0 and
    (.reason | test("ITERATOR"))' 'and a report of that'
sandbox_start --airtable-limit=0 --fault=emptycursor:path=offset=:times=1
fetch --table='Daily Performance'
exits 0 'a page without records is not the end'
ok 'of the table' test "$(wc -l <out)" -gt 100
sandbox_start --airtable-limit=0 --fault=loopcursor
fetch --table='Daily Performance'
exits 2 'pages that have no end are'
has err 'comes again' 'told'

# limits and troubles

sandbox_start --airtable-penalty=1 --retry-after=1
for _ in 1 2 3 4 5 6; do
	curl -s -o /dev/null -H "Authorization: Bearer $AIRTABLE_TOKEN" \
		"$sandbox/v0/$AIRTABLE_BASE/Chatters?pageSize=1"
done
fetch --table=Chatters
exits 0 'what is refused for a while is asked again'
reports '.limited >= 1 and .complete' 'after a wait'
sandbox_start
jq -c '.tables[0].records = [range(800) | {id: "rec\(. + 1000)",
    createdTime: "t", fields: {}}]' base |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
fetch --table=Chatters
ok 'eight pages take their time' test "$(wc -l <out)" -eq 800
ok 'five a second are never passed' sh -c \
	'curl -s "$0" | jq -e ".status | has(\"429\") | not"' \
	"$sandbox/sandbox/stats"
sandbox_start --fault=429:after=300
fetch --table=Chatters --max-wait=2
exits 75 'a wait that is too long'
sandbox_start --airtable-limit=0 --fault=503:every=2
fetch --table='Daily Performance'
exits 0 'a server that is ill now and then'
fetch --table=Nothing
exits 2 'a table that is none'
has err "table 'Nothing': .* 403 INVALID_PERMISSIONS.* access list" \
	'is told, with what to look at'
fetch --table=Chatters --fields=x=Nome
exits 2 'a field that is none'
has err 'UNKNOWN_FIELD_NAME.*"Nome"' 'is named'
AIRTABLE_TOKEN=wrong fetch --table=Chatters
exits 2 'a token that is refused'
has err '401 AUTHENTICATION_REQUIRED.*AIRTABLE_TOKEN' 'is told'
for fault in html badjson; do
	sandbox_start --fault=$fault
	fetch --table=Chatters
	exits 2 "no answer of Airtable's: $fault"
	empty out 'gives no records'
done

# usage

AIRTABLE_TOKEN='' fetch --table=Chatters
exits 2 'no token'
has err 'set AIRTABLE_TOKEN' 'says how to have one'
AIRTABLE_BASE='' fetch --table=Chatters
exits 2 'no base'
has err 'give --base' 'says how, too'
fetch --table=Chatters --base=../x
exits 2 'a base that is none'
fetch
exits 2 'no table'
fetch --table=Chatters --fields=id=Name
exits 2 'a key that every record has'
fetch --table=Chatters file
exits 2 'an operand'
sandbox_start
run sh -c 'airtable-fetch --table=Chatters >/dev/full'
exits 2 'a full disk is no success'
all_done
