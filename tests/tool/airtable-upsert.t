#!/bin/sh
# airtable-upsert(1)
. "${0%/*}/../lib.sh"
# shellcheck source=tests/airtable-days.sh
. "$top/tests/airtable-days.sh"

# writes: requests that write, of those in the log
writes() {
	jq -s "[.[] | select(.call | IN(\"create\", \"update\"))] | $1" log
}

# day MEMBERS: one record
day() {
	echo "{\"type\":\"chatter_day\",\"date\":\"2026-03-01\",\"id\":\"r\",$1}"
}

# what is written

{
	day '"name":"Alice Moreno","team":"day","status":"worked",
	    "tracked_s":27900,"sales":412.125,"messages_sent":685,"ppvs_sent":45,
	    "ppvs_unlocked":18,"fans":63,"fans_spent":6,"golden_pct":3.05,
	    "unlock_pct":41.25,"cvr_pct":9.75,"reply_s":102,
	    "sales_hr":53.225806451612904,"msg_hr":88.38709677419355,"fans_hr":8.1' |
		tr -d '\n\t'
	echo
	day '"name":"Bo","team":null,"status":"day_off","tracked_s":3599,"sales":50'
	day '"name":"Cy","team":"day","status":"no_data","tracked_s":27900,"fans":1'
	echo '{"type":"operations_note","date":"2026-03-01","note":"no_hours"}'
	day '"name":"Di","status":"worked","tracked_s":3900,"sales":-1.125,
	    "reply_s":3929.9,"sales_hr":0.125,"msg_hr":0' | tr -d '\n\t'
	echo
} >mixed
run airtable-upsert --table="$daily" --dry-run mixed
exits 0 'a dry run needs nobody'
same out 'money and rates have two decimals, percentages one, hours two' <<'!'
{"records":[{"fields":{"Chatter":"Alice Moreno","Date":"2026-03-01","Team":"day","Sales":412.13,"Sales/hr":53.23,"CVR":9.8,"Unlock Rate":41.3,"Golden Ratio":3,"Msg/hr":88.39,"Reply Time":"1m 42s","Fans Chatted":63,"Hours Worked":7.75,"Messages Sent":685,"PPVs Sent":45,"PPVs Unlocked":18}},{"fields":{"Chatter":"Bo","Date":"2026-03-01","Hours Worked":1}},{"fields":{"Chatter":"Cy","Date":"2026-03-01","Team":"day","Hours Worked":7.75}},{"fields":{"Chatter":"Di","Date":"2026-03-01","Sales":-1.13,"Sales/hr":0.13,"Msg/hr":0,"Reply Time":"1h 6m","Hours Worked":1.08}}]}
!
empty err 'in silence'
run airtable-upsert --table="$daily" --dry-run --mode=upsert --typecast \
	--fields='name=Who,date=When,sales=Money,team=Team' mixed
ok 'an upsert says what to merge on, empties cells, and may cast' jq -e '
    .performUpsert.fieldsToMergeOn == ["Who","When"] and .typecast and
    .records[1].fields == {Who: "Bo", When: "2026-03-01", Money: null,
	Team: null} and (.records[3].fields | has("Team") | not)' out
cat >config <<'!'
{"teams":[{"key":"day","name":"Team D","aliases":["d"]}]}
!
run airtable-upsert --table="$daily" --dry-run --config=config mixed
ok 'teams have their names with the settings' jq -e '
    [.records[].fields.Team] == ["Team D", null, "Team D", null]' out
days 23 >d23
run airtable-upsert --table="$daily" --dry-run d23
ok 'ten a request' jq -s -e 'map(.records | length) == [10, 10, 3]' out

# skip

sandbox_start --airtable-limit=0 --log="$PWD/log"
put d23
exits 0 'records are stored'
counts 23 0 0 0 'all of them'
empty err 'in silence'
ok 'case 49: 23 new records are 3 requests, of 10, 10 and 3' test \
	"$(writes 'map(.inputs)')" = "$(printf '[\n  10,\n  10,\n  3\n]')"
ok 'which are told of' jq -e '.type == "store" and .created == 23 and .complete
    and .table == "Daily Performance" and .mode == "skip" and .records == 23
    and .requests == 4 and .reason == null' report
rows 'map(.Chatter)' >found
ok 'in their order' test "$(jq -c . found)" = \
	"$(jq -s -c 'map(.name)' d23)"
ok 'the days are looked for by a formula, and two fields of them' jq -s -e '
    [.[] | select(.call == "list")] | length == 1 and (.[0].query |
    .filterByFormula == "IS_SAME({Date},'\''2026-03-01'\'','\''day'\'')")' log
ok 'and no more than those' sh -c '[ "$(grep -o "fields\[\]" log | wc -l)" -eq 2 ]'
base before
put d23
exits 0 'once more'
counts 0 0 23 0 'case 48: the same again makes nothing'
base after
ok 'case 48: and the table is as it was' cmp before after
sed 's/"sales":0.5/"sales":99/; s/"Person 0"/"  PERSON  0 "/' d23 >other
put other
counts 0 0 23 0 'nor does another spelling of the case and blanks'
base after
ok 'and what is there stays' cmp before after
days 5 21 >d5
put d5
counts 3 0 2 0 'of some that are there the others are made'

# the day of a dateTime, and tables without a day
jq -c '.tables[1].records |= map(if .fields.Chatter == "Person 1" then
    .fields.Date = "2026-03-01T08:00:00.000Z" else . end)' before |
	curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
put d23
counts 0 0 23 0 'a time behind the day makes no other day'
echo '{"type":"team","name":"Dawn"}
{"type":"team","name":"Night"}' >teams
run airtable-upsert --table=Teams --type=team --fields=name=Name --key=name \
	teams
exits 0 'any table and type'
table=Teams counts 1 0 1 0 'where all of it is looked at'
run airtable-upsert --table=Teams --type=team --fields=name=Name --key=Name \
	teams
table=Teams counts 0 0 2 0 'by the name of the field, too'

# duplicates

sandbox_start --airtable-limit=0
{
	day '"name":"Ann","sales":1'
	day '"name":"Bo","sales":2'
	day '"name":"ann","sales":3'
	day '"name":"Ann","sales":4'
} >twice
put twice
exits 0 'who is there twice'
counts 2 0 0 0 'is stored once'
rows 'map([.Chatter, .Sales])' >found
same found 'as the last line says' <<'!'
[["Bo",2],["Ann",4]]
!
same err 'with one warning' <<'!'
airtable-upsert: 2 records are there again further down: of each the last one counts
!

# upsert

sed 's/"sales":4/"sales":5/; s/"name":"Bo","sales":2/"name":"Bo","sales":null/' \
	twice >again
echo '{"type":"chatter_day","date":"2026-03-01","id":"c","name":"Cy"}' >>again
put --mode=upsert again
exits 0 'an upsert'
counts 1 2 0 0 'changes what is there and makes the rest'
rows 'map([.Chatter, .Sales])' >found
same found 'and null empties a cell' <<'!'
[["Bo",null],["Ann",5],["Cy",null]]
!
days 12 >d12
put --mode=create d12
put --mode=create d12
counts 12 0 0 0 'to create is to make them whatever is there'
day '"name":"Zoe"' >>d12
put --mode=upsert d12
exits 1 'records of which there are two are left out'
counts 1 0 0 12 'each of them, and not the others'
ok 'each is named' test "$(grep -c "^airtable-upsert: d12:[0-9]*: 'Person \
[0-9]*, 2026-03-01' is left out: .*422 INVALID_RECORDS.*multiple" err)" -eq 12
ok 'and has a record' jq -s -e '(map(select(.type == "store_failed")) | length
    == 12 and all(.where | test("^d12:[0-9]+$"))) and (.[0].complete | not)' report

# a bad one among ten

rm -f log
sandbox_start --airtable-limit=0 --log="$PWD/log"
days 10 >d10
sed '4s/"2026-03-01"/"2026-03-02"/; 4s/"team":"day"/"team":["x"]/' d10 >bad
run airtable-upsert --table="$daily" --dry-run bad
exits 2 'what is no record of a day is no input'
has err "bad:4: field 'team' is no text" 'and says where'
fields='name=Chatter,date=Date,team=Team,sales=Sales,fans=Reply Time'
sed '4!s/"fans":40/"fans":null/' d10 >bad
put --fields="$fields" bad
exits 1 'a value that Airtable refuses'
counts 9 0 0 1 'does not keep its nine neighbours out'
has err "^airtable-upsert: bad:4: 'Person 3, 2026-03-01' is left out: .*422 \
INVALID_VALUE_FOR_COLUMN.*Reply Time" 'and is named with the reason'
ok 'on one line' test "$(wc -l <err)" -eq 1
ok 'after halves and halves of them' test "$(writes length)" -le 9
put --fields="$fields" bad
exits 1 'it fails again'
counts 0 0 9 1 'and the others are there'
day '"name":null' >>bad
put bad
has err "bad:11: '\?, 2026-03-01' is left out: a field that tells records apart is empty" \
	'without a name it is nobody'

# fields that are not there

sandbox_start --airtable-limit=0
base
jq -c '.tables[1].fields |= map(select(.name | IN("Sales/hr", "CVR") | not))' \
	base | curl -s -o /dev/null -T - "$sandbox/sandbox/airtable"
put d10
exits 2 'a field that the table does not have'
has err 'UNKNOWN_FIELD_NAME.*"(Sales/hr|CVR)".*--drop-unknown' \
	'is named, with the remedy'
empty out 'with nothing told as done'
ok 'but in the report' jq -e '(.complete | not) and .created == 0 and
    (.reason | test("UNKNOWN_FIELD"))' report
put --drop-unknown d10
exits 0 'unless it is to be dropped'
counts 10 0 0 0 'then all is stored without'
same err 'and each is told once' <<'!'
airtable-upsert: table 'Daily Performance' has no field 'Sales/hr': it is left out
airtable-upsert: table 'Daily Performance' has no field 'CVR': it is left out
!
rows 'map(has("CVR") or .Sales == null) | any' >found
same found 'all else is there' <<'!'
false
!
put --drop-unknown --mode=upsert --key=name,cvr_pct d10
exits 2 'but not one that tells records apart'
lacks err "no field 'CVR'" 'which nobody drops'

# nothing to do, and what is no input

: >none
AIRTABLE_TOKEN='' put none
exits 0 'an empty file is nothing to do'
counts 0 0 0 0 'and done'
empty err 'in silence, whoever is asked'
echo '{"type":"operations_note","date":"2026-03-01","note":"no_hours"}' >none
AIRTABLE_TOKEN='' put none
counts 0 0 0 0 'so is one with other records'
base before
head -c 700 d10 >half
put half
exits 2 'half a file is no input'
has err 'half:3: byte [0-9]*: ' 'and says where it ends'
day '"name":"A","sales":"much"' >half
put half
exits 2 'nor is a value of another kind'
has err "half:1: field 'sales' is no number" 'which is named'
day '"name":"A"' | sed 's/2026-03-01/1 March/' >half
put half
has err "half:1: field 'date' is no day" 'or a day that is none'
base after
ok 'and nothing was sent' cmp before after
put missing
exits 2 'no such file'
run sh -c 'cat d10 | airtable-upsert --table=x'
exits 2 'a pipe'
has err 'name the file of records' 'is not read'
mkfifo fifo
put fifo
exits 2 'nor under a name'
put --mode=replace d10
exits 2 'a mode that is none'
put --key=name,size d10
exits 2 'a key that is no field'
put --key=name,date,team,sales d10
exits 2 'four keys'
put --type=other d10
exits 2 'a type of which nothing is known'
has err '--fields says what' 'says what to do'
run airtable-upsert d10
exits 2 'no table'
AIRTABLE_BASE='' put d10
exits 2 'no base'
AIRTABLE_TOKEN='' put d10
exits 2 'no token'
put --report=/nowhere/report d10
exits 2 'a report that cannot be written'
base after
ok 'is known before anything is sent' cmp before after
run sh -c 'airtable-upsert --table="$0" d10 >/dev/full' "$daily"
exits 2 'a full disk is no success'

# a whole day: the people of all sources are the same

sandbox_start --airtable-limit=0
run timeout 60 airtable-fetch --table=Chatters --type=roster \
	--fields='name=Full Name,team=Team Record,status=Status,role=Role,
	hubstaff_user_id=Hubstaff user id' --resolve=team=Teams:Name
cp out roster
timeout 60 slack-file --as-of=2026-03-02T09:00:00Z --from=U0OPS00001 \
	--output=new.csv U0OPS00001 >file
timeout 60 hubstaff-hours --since=2026-03-01 --until=2026-03-01 >hours
inflow-parse new.csv >sales
name-match --roster=roster --report=unmatched hours sales >matched \
	2>told
ok 'all names match, but of those who lead' jq -s -e '
    map(select(.type == "unmatched")) | map([.source, .reason]) | unique ==
    [["hubstaff", "inactive"]]' unmatched
chatter-day roster matched >whole
ok 'a day joins' jq -s -e 'map(select(.type == "chatter_day")) |
    length > 15 and any(.status == "worked") and any(.status == "day_off")' \
	whole
lacks whole other_team 'in the same teams'
put whole
exits 0 'and is stored'
put whole
ok 'once' jq -e '.created == 0 and .skipped > 15' out
run timeout 60 airtable-fetch --table="$daily" --type=chatter_day \
	--where="IS_SAME({Date},'2026-03-01','day')"
name-match --type=chatter_day --roster=roster out >back
jq -c '[.date, .id, .sales, .fans, (.tracked_s / 3600 * 100 | round)]' back |
	sort >found
jq -c 'select(.type == "chatter_day") | [.date, .id, (.sales | if . == null
    then . else . * 100 | round / 100 end), .fans,
    (.tracked_s / 3600 * 100 | round)]' whole | sort >expected
same_file found expected 'and comes back as it was, but for the rounding'
all_done
