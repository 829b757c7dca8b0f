#!/bin/sh
# airtable-fetch(1)
# slow: it keeps the pace of Airtable
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

# families: their fields and forms

sandbox_start --airtable-limit=0
fetch --table=Chatters --type=roster
jq -c '.tables[0].records[] | {type: "roster", id, created_at: .createdTime,
    name: .fields["Full Name"], team: .fields.Team, status: .fields.Status,
    role: .fields.Role}' base >expected
same_file out expected 'a family has its usual fields'
fetch --table='Daily Performance' --type=chatter_day
exits 0 'those of a day'
ok 'have the form of its page' jq -s -e 'length > 100 and all(.[];
    (.record_id | startswith("rec")) and (has("id") | not) and
    (.date | test("^2026-0[23]-..$")) and (.tracked_s | . == floor) and
    (.sales == null or .reply_s > 59))' out
jq -r '.tables[1].records[0].fields | [.Chatter, .["Reply Time"],
    .["Hours Worked"], .["Golden Ratio"]] | @tsv' base >expected
head -n 1 out | jq -r '[.name, "\(.reply_s / 60 | floor)m \(.reply_s % 60 |
    tostring | if length < 2 then "0" + . else . end)s", .tracked_s / 3600,
    .golden_pct] | @tsv' >found
same_file found expected 'and say the same'
fetch --table='Coaching Log' --type=coaching_log
ok 'a log names its chatter, and the figure to work on' jq -s -e '
    length > 10 and all(.[]; .id and .date and .name and .team_leader and
    .notes and has("focus_kpi")) and any(.[]; .target_value > .baseline_value)' \
	out
curl -s "$sandbox/sandbox/airtable" | jq -c '.tables[1].fields |= map(
    if .name == "Sales" then .type = "singleLineText" else . end) |
    .tables[1].records |= (.[:3] | .[0].fields.Sales = "$1,234.50" |
    .[1].fields.Sales = "12 apples" | .[1].fields["Hours Worked"] = "7h 45m" |
    .[2].fields.CVR = [{"name": "9.8%"}] |
    .[2].fields["Fans Chatted"] = {"specialValue": "NaN"})' |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
fetch --table='Daily Performance' --type=chatter_day
exits 1 'a cell that cannot be read'
same err 'is told' <<'!'
airtable-fetch: record rec00000000000026: field 'Sales': this cannot be read, and is null: 12 apples
!
reports '.unreadable == 1 and .complete' 'and counted'
jq -c '[.sales, .tracked_s, .cvr_pct, .fans]' out >found
ok 'numbers may be texts, choices and nothing' jq -s -e '.[0][0] == 1234.5 and
    .[1][0] == null and .[1][1] == 27900 and .[2][2] == 9.8 and
    .[2][3] == null' found

# linked records

sandbox_start --airtable-limit=0 --log="$PWD/log2"
fetch --table=Chatters --type=roster --resolve='team=Teams:Name' \
	--fields='name=Full Name,team=Team Record,lead=Team Leader' \
	--resolve='lead=Chatters:Full Name'
exits 0 'links by what they are called'
jq -c '.tables as $t | $t[0].records[] | .fields | {name: .["Full Name"],
    team: .Team, lead: (if .["Team Leader"] then
    $t[0].records[1].fields["Full Name"] else null end)}' base >expected
jq -c '{name, team, lead}' out >found
same_file found expected 'are names, and null where there is none'
fetch --table=Chatters --type=roster --resolve='team=Teams:Name<Chatters'
exits 0 'a table that lists its people'
jq -c '{name, team}' out >found
jq -c '{name, team}' expected >expected2
same_file found expected2 'is read from the other side'
lacks log2 'fields.*"Team"' 'and the field of that name is not asked for'
fetch --table=Chatters --resolve='Team Leader=Chatters:Full Name' \
	--resolve='Teams=Teams:Name<Chatters'
ok 'also with all fields by their names' jq -s -e '
    all(.[]; .Teams == .Team) and (.[5]["Team Leader"] | test(" "))' out
curl -s "$sandbox/sandbox/airtable" | jq -c '.tables[2].records |=
    (.[1:] | .[0].fields.Chatters += ["rec00000000000003"])' |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
fetch --table=Chatters --fields='name=Full Name,team=Team Record' \
	--resolve='team=Teams:Name'
exits 1 'links that lead nowhere'
same err 'are told' <<'!'
airtable-fetch: 8 links lead to no record that has a name
!
reports '.unresolved == 8' 'and counted'
ok 'and are null' jq -s -e '.[0].team == null and .[1].team == "Evening"' out
fetch --table=Chatters --fields='name=Full Name' \
	--resolve='team=Teams:Name<Chatters'
exits 0 'who is in no list'
ok 'has none, and who is in two has both' jq -s -e '.[0].team == null and
    .[2].team == ["Evening", "Night"]' out
fetch --table=Chatters --resolve='team=Nothing:Name'
exits 2 'a linked table that is none'
has err "table 'Nothing': .*403" 'is told'
fetch --table=Chatters --resolve='team=Teams:Nome'
has err "table 'Teams': .*UNKNOWN_FIELD_NAME" 'and so is a field'

# long formulas

rm log2
sandbox_start --airtable-limit=0 --log="$PWD/log2"
{
	printf 'OR('
	i=0
	while [ $i -lt 1200 ]; do
		printf "{Full Name}='Nobody %d'," $i
		i=$((i + 1))
	done
	printf "{Team}='Day')"
} >formula
fetch --table=Chatters --type=roster --where="$(cat formula)"
exits 0 'a formula that no address can hold'
ok 'goes into a body' jq -s -e 'length == 1 and (.[0] | .method == "POST" and
    (.path | endswith("/listRecords")))' log2
ok 'and chooses' jq -s -e 'length == 8 and all(.[]; .team == "Day")' out
fetch --table='Daily Performance' --where="$(sed "s/{Team}='Day'/NOT({Team}='x')/
    s/Full Name/Chatter/g" formula)"
jq -c '.tables[1].records[].id' base >expected
jq -c .id out >found
same_file found expected 'through all pages'

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

sandbox_start --airtable-penalty=3 --retry-after=1
# by one process, so that they are in one second on a busy machine too
curl -s -H "Authorization: Bearer $AIRTABLE_TOKEN" \
	"$sandbox/v0/$AIRTABLE_BASE/Chatters?pageSize=[1-6]" >refused
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

# many at once: the last of their requests comes no sooner than four a second
# take, counted from before they begin, however late some of them come
rm -f log2
sandbox_start --airtable-limit=0 --log="$PWD/log2"
jq -c '.tables[0].records = [range(800) | {id: "rec\(. + 1000)",
    createdTime: "t", fields: {}}]' base |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
for i in 1 2; do
	airtable-fetch --table=Chatters >"many$i" &
done
airtable-fetch --table=Chatters >many3
until [ "$(cat many? | wc -l)" -eq 2400 ] || [ "$i" -gt 300 ]; do
	i=$((i + 1))
	sleep 0.1
done
ok 'three at once have all there is' test "$(cat many? | wc -l)" -eq 2400
jq -s -c 'map(select(.vendor == "airtable") | .at_ms) as $at |
    [($at | length), ($at | max) - map(select(.method == "PUT"))[0].at_ms]' \
	log2 >took
ok 'and are no faster than one' jq -e '.[0] == 24 and .[1] >= 23 * 250' took
ok 'since they keep the pace by a file' test -s \
	"$XDG_STATE_HOME/kpipe/airtable-$AIRTABLE_BASE.turns"
mkdir -p "$lib_tmp/shut"
: >"$lib_tmp/shut/kpipe"
XDG_STATE_HOME=$lib_tmp/shut fetch --table=Chatters --verbose
exits 0 'a folder of state that is none'
has err 'the pace is not kept with other processes: ' 'is said with --verbose'
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
fetch --table=Chatters --resolve=team=Teams
exits 2 'a rule that is none'
has err 'KEY=TABLE:FIELD<LIST' 'which are shown'
fetch --table=Chatters --resolve=a=T:N --resolve=a=U:N
exits 2 'two rules for a key'
fetch --table=x --type=chatter_day --fields=record_id=x
exits 2 'a key that every record of the family has'
fetch --table=Chatters file
exits 2 'an operand'
sandbox_start
run sh -c 'airtable-fetch --table=Chatters >/dev/full'
exits 2 'a full disk is no success'
all_done
