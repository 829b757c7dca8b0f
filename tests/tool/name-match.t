#!/bin/sh
# name-match(1)
# slow: many names
. "${0%/*}/../lib.sh"

person() { # person ID NAME [TEAM [MEMBERS]]
	printf '{"type":"roster","id":"%s","name":"%s","team":"%s"%s}\n' \
		"$1" "$2" "${3:-day}" "${4:+,$4}"
}
inflow() { # inflow NAME [MEMBERS]
	printf '{"type":"inflow_row","date":"2026-02-10","name":"%s"%s}\n' \
		"$1" "${2:+,$2}"
}
hubstaff() { # hubstaff NAME USER-ID [MEMBERS]
	printf '{"type":"hubstaff_hours","date":"2026-02-10","name":"%s","user_id":%s%s}\n' \
		"$1" "$2" "${3:+,$3}"
}
# in short: id, method, similarity; or the reason and the candidates
short() {
	jq -r 'def like: .similarity * 1000 | round / 1000;
		.id as $id | .match | [if .method then $id, .method, like
		else .reason, (.candidates[] | .id, like) end | tostring] |
		join(" ")' "${1-out}"
}

# each name alone against the roster
{
	person r1 'Alice Moreno'
	person r2 'Bruno Sa Costa'
	person r3 'Zoe DAngelo'
	person r4 'Daniel Otieno'
	person r5 'Grace Wanjiru Otieno'
	person r6 'Peter James Luna' day
	person r7 'Peter James Soto' evening
	person r8 'Katherine Oduya'
	person r9 'Mark Dela Peña'
	person r10 'Maria Lopez'
	person r11 'Mensah Boateng'
	person r12 'Mariana Cruz'
	person r13 'Петров Иван'
} >roster
nr=
is() { # is EXPECTED NAME [MEMBERS [OPTION...]], of case nr where that is set
	expected=$1
	name=$2
	inflow "$name" "${3-}" >row
	shift 2
	[ "$#" -eq 0 ] || shift
	run name-match --roster=roster --keep-unmatched "$@" row
	short >found
	echo "$expected" | same found "${nr:+case $nr: }'$name' is $expected"
}
nr=27 is 'r1 exact 1' '  alice   MORENO '
nr=28 is 'r1 tokens 1' 'Moreno, Alice'
nr=29 is 'r2 exact 1' 'Bruno Sá-Costa'
# shellcheck disable=SC1112 # an apostrophe as people type it
nr=30 is 'r3 exact 1' 'Zoë D’Angelo'
nr=31 is 'r4 tokens 1' 'Daniel K. Otieno Jr'
nr=32 is 'r5 first_last 0.92' 'Grace Otieno'
nr=33 is 'ambiguous r6 0.938 r7 0.938' 'Peter James'
nr=33 is 'r7 contains+group 0.938' 'Peter James' '"group":"Team Evening"'
nr=34 is 'r8 fuzzy 0.987' 'Katherin Oduya'
nr=35 is 'r9 fuzzy 0.971' 'Marc Dela Pena'
nr=36 is 'none r1 0.953' 'Alicia Moreno'
nr=37 is 'none r10 0.927' 'Mario Lopes'
nr=38 is 'none' 'Kofi Mensah'
nr=39 is 'none' 'Ana Cruz'
nr=41 is 'r13 tokens 1' 'Иван Петров'
cat >aliases <<'!'
# whom people mean
source,raw,canonical
inflow,Kofi Mensah,Mensah Boateng
hubstaff,Alicia Moreno,Alice Moreno

"*","Support  ACCOUNT",ignore
inflow,Not Yet,
!
nr=38 is 'r11 alias 0.683' 'Kofi Mensah' '' --aliases=aliases
is 'none r1 0.953' 'Alicia Moreno' '' --aliases=aliases
inflow 'Support-Account' >row
run name-match --roster=roster --aliases=aliases --report=report row
exits 0 'case 40: a name to be ignored is nothing left out'
empty out 'case 40: its row is'
jq -c 'select(.type == "unmatched")' report >found
empty found 'case 40: and it is not reported'
run name-match --roster=roster --aliases=aliases --keep-unmatched row
empty out 'not even kept'

# the group
is 'r6 contains+group 0.938' 'Peter James' '"group":"DAY"'
is 'ambiguous r6 0.938 r7 0.938' 'Peter James' '"group":"night"'
is 'ambiguous r6 0.938 r7 0.938' 'Peter James' '"group":"Team E"'
is 'r7 contains+group 0.938' 'Peter James' '"group":" team  e"' \
	--team=day=d,'Team D' --team='Evening=Team E,e'
# rules
is 'r5 contains 0.805' 'Wanjiru Otieno' '"group":"night"'
is 'r5 contains 0.805' 'Otieno, Wanjiru'
is 'r5 first_last 0.618' 'Otieno Akinyi Mary Grace'
is 'r12 contains 0.813' 'Mariana' '' --statuses=Active
is none 'Mariana' '' --no-single
is 'none' 'Zoe'
is 'ambiguous r5 0.656 r4 0.575' 'Otieno' '"group":"night"'
is 'r10 tokens 1' 'Maria Lopez II'
is 'none r8 0.987' 'Katherin Oduya' '' --no-fuzzy
is 'none r8 0.987' 'Katherin Oduya' '' --fuzzy-accept=0.99
is 'r1 fuzzy 0.953' 'Alicia Moreno' '' --fuzzy-accept=0.95
is 'none' 'Alicia Moreno' '' --fuzzy-suggest=0.96
for nobody in '' ' ' '...' '☃'; do
	is none "$nobody"
done

# the one file of settings
cat >settings.json <<'!'
{"teams":[{"key":"day","name":"Team D","aliases":["Diurna"]},
  {"key":"Evening","name":"Team E","aliases":["E","Ñocturna"]}],
 "match":{"fuzzy_accept":0.95,"fuzzy_suggest":0.9},"slack":{}}
!
is 'r7 contains+group 0.938' 'Peter James' '"group":"team ñOCTURNA"' \
	--config=settings.json
is 'r6 contains+group 0.938' 'Peter James' '"group":"d"' \
	--team=day=d --config=settings.json
is 'r1 fuzzy 0.953' 'Alicia Moreno' '' --config=settings.json
is 'none r1 0.953' 'Alicia Moreno' '' --fuzzy-accept=0.96 \
	--config=settings.json
is 'ambiguous r5 0.656 r4 0.575' 'Otieno' '"group":"night"' \
	--config="$examples/chatters/settings.json"
cat >people.json <<'!'
{"excluded_teams":["evening"],"roster":{"statuses":["On"],"roles":["Seller"]},
 "match":{"fuzzy_margin":0.1}}
!
{
	person a 'Ana Reyes' Team\ E '"status":"On","role":"Seller"'
	person b 'Ana Reyes' night '"status":"on","role":"seller"'
	person c 'Ana Reyes' night '"status":"Active","role":"Seller"'
	person d 'Ana Reyes' night '"status":"On","role":"Chatter"'
} >others
inflow 'Ana Reyes' >row
run name-match --roster=others --config=people.json row
short >found
echo 'b exact 1' | same found 'settings say who is active'
run name-match --roster=others --config=people.json --exclude-teams=night \
	--keep-unmatched row
short >found
echo 'a exact 1' | same found 'options go before them'
# unsettled JSON WHY
unsettled() {
	echo "$1" >bad.json
	run name-match --roster=others --config=bad.json row
	exits 2 "settings are refused: $1"
	has err "^name-match: bad.json: $2" 'and why is told'
}
unsettled '{"match":[]}' 'match is no object'
unsettled '{"match":{"accept":1}}' 'match.accept is no setting'
unsettled '{"match":{"fuzzy_accept":96}}' 'match.fuzzy_accept is no number from 0.5 to 1'
unsettled '{"match":{"fuzzy_margin":"0.1"}}' 'match.fuzzy_margin is no number'
unsettled '{"match":{}' 'line 2'
unsettled '{"teams":[{"key":""}]}' 'teams.key is missing'

# two who are too alike
{
	person a 'Katherina Kowalska' day
	person b 'Katherina Kowalski' night
} >alike
cp roster roster.all
cp alike roster
is 'ambiguous a 0.989 b 0.989' 'Katherina Kowalsk'
is 'ambiguous a 0.989 b 0.989' 'Katherina Kowalsk' '"group":"evening"'
is 'b fuzzy+group 0.989' 'Katherina Kowalsk' '"group":"night"'
is 'ambiguous a 0.989 b 0.968' 'Katherina Kowalskaa'
is 'a fuzzy 0.989' 'Katherina Kowalskaa' '' --fuzzy-margin=0.02
is 'b fuzzy+group 0.968' 'Katherina Kowalskaa' '"group":"night"'
is 'a exact 1' 'KATHERINA KOWALSKA'
cp roster.all roster

# those who are not active
{
	person a 'Ana Reyes' day '"status":"Dropped"'
	person b 'Ana Reyes' day '"status":"ACTIVE"'
	person c 'Bea Ortiz' day '"status":"Fired"'
	person d 'Cas Timmer' 0
	person e 'Dora Kamau' day '"role":"Team Leader"'
	person f 'Eva Luna Paz' night '"status":"Fired"'
	person g 'Eva Luna Rey' day
} >left
cp left roster
is 'b exact 1' 'Ana Reyes'
is 'inactive c 1' 'Bea Ortiz'
is 'c exact 1' 'Bea Ortiz' '' --statuses=Active,fired
is 'inactive d 1' 'Cas Timmer'
is 'd exact 1' 'Cas Timmer' '' --exclude-teams=
is 'inactive e 1' 'Dora Kamau'
is 'e exact 1' 'Dora Kamau' '' --roles='Chatter,Team Leader'
is 'inactive c 0.98' 'Bea Ortizz'
# figures of somebody who left go to nobody of the same beginning
is 'ambiguous f 0.933 g 0.933' 'Eva Luna'
is 'inactive f 0.933' 'Eva Luna' '"group":"night"'
cp roster.all roster

# namesakes
{
	person a 'Ana Reyes'
	person b 'Ana  Réyes'
	person c 'Bo Li' day
	person d 'Bo Li' night
} >twins
inflow 'bo li' '"group":"night"' >row
run name-match --roster=twins row
same err 'people of one name are told, one warning a name' <<'!'
name-match: twins: several active people are called 'Ana Reyes'; rows of that name are not matched
name-match: twins: several active people are called 'Bo Li'; rows of that name are not matched
!
short >found
echo 'd exact+group 1' | same found 'the group may tell them apart'

# Hubstaff: ids before names, and words alone are not enough
{
	person r1 'Alice Moreno' day '"hubstaff_user_id":"7001"'
	person r2 'Bruno Costa' day '"hubstaff_user_id":7002'
	person r3 'Alice Moreno' night '"hubstaff_user_id":"7003"'
} >ids
{
	hubstaff 'Old Name' 7002
	hubstaff 'Alice Moreno' '"7003"'
	hubstaff 'Bruno' null
	hubstaff 'Costa, Bruno' 9
	inflow 'Costa Bruno' '"user_id":"7001"'
} >rows
run name-match --roster=ids --keep-unmatched rows
short >found
same found 'an id decides; of Hubstaff only; it stands before a name' <<'!'
r2 id 0.438
r3 id 1
none r2 0.891
conflict r2 1
r2 tokens 1
!
hubstaff 'Bruno' null >row
run name-match --roster=ids --allow-single row
short >found
echo 'r2 contains 0.891' | same found 'unless asked for'

# several names for one person
{
	inflow 'Alice Moreno' '"n":1'
	inflow 'ALICE  MORENO' '"n":2'
	inflow 'Moreno, Alice' '"n":3'
	inflow 'Daniel K. Otieno' '"n":4'
	inflow 'Daniel X Otieno' '"n":5'
	inflow 'Daniel Mary Otieno' '"n":6'
	inflow 'Katherin Oduya' '"n":7'
	inflow 'Katherin  ODUYA' '"n":8'
	inflow 'Wanjiru Otieno' '"n":9'
	inflow 'Grace Otieno' '"n":10'
	inflow 'Marc Dela Pena' '"n":11'
	hubstaff 'Daniel K. Otieno' 1 '"n":12'
	inflow 'Kofi Mensah' '"n":13'
	inflow 'Boateng Mensah' '"n":14'
} >rows
run name-match --roster=roster --aliases=aliases --keep-unmatched rows
jq -r '"\(.n) \(.match | .method // .reason)"' out >found
same found 'sure ones all stand, then the strongest, two as strong do not' <<'!'
1 exact
2 exact
3 conflict
4 conflict
5 conflict
6 conflict
7 fuzzy
8 fuzzy
9 conflict
10 first_last
11 fuzzy
12 tokens
13 alias
14 conflict
!
shuf --random-source=rows rows >shuffled
run name-match --roster=roster --aliases=aliases --keep-unmatched shuffled
jq -r '"\(.n) \(.match | .method // .reason)"' out | sort -n >expected
same_file found expected 'in any order'
sed 's/10"/11"/; s/"n":5/&,"x":0/' rows | grep '"n":[35]' >other
grep '"n":[14],' rows >>other
grep '"n":[14]}' rows >>other
run name-match --roster=roster --keep-unmatched other
jq -r '"\(.n) \(.match | .method // .reason)"' out | sort -n | uniq >found
same found 'of one day' <<'!'
1 exact
3 tokens
4 tokens
5 tokens
!

# the row
echo '{"a":1.10, "type":"inflow_row","name" : "MORENO \u0041lice","date":null,"id":null,"z":{"name":"x"} }' >row
run name-match --roster=roster row
same out 'a row keeps its bytes; name, id and match take their places' <<'!'
{"a":1.10, "type":"inflow_row","name" : "Alice Moreno","date":null,"id":"r1","z":{"name":"x"} ,"match":{"source":"inflow","raw":"MORENO Alice","method":"tokens","similarity":1,"runner_up":null}}
!
cp out once
run name-match --roster=roster once
sed 's/MORENO Alice/Alice Moreno/; s/tokens/exact/' once >expected
same_file out expected 'matched again it has them once'
exits 0 'all matched is success'
empty err 'and silent'
inflow 'Maria Lopez' >row
person r20 'Mario Lopez' >>roster
run name-match --roster=roster row
has out '"runner_up":\{"id":"r20","name":"Mario Lopez","similarity":0.9636' \
	'who is next is told'
cp roster.all roster
{
	echo '{"type":"deal","id":"1","name":"Alice Moreno"}'
	inflow 'Nobody Here'
	echo '{"x":1}'
} >mixed
run name-match --roster=roster mixed
exits 1 'a row left out is told'
same err 'with its name' <<'!'
name-match: inflow: 'Nobody Here' is nobody of the roster; rows left out: 1
!
sed 2d mixed >expected
same_file out expected 'other records pass'
run name-match --roster=roster --keep-unmatched mixed
exits 0 'kept is not left out'
empty err 'and silent'
run name-match --roster=roster --keep-unmatched --strict mixed
exits 1 'a strict run says so all the same'
sed 's/Nobody Here/Alice Moreno/' mixed >fine
run name-match --roster=roster --strict fine
exits 0 'when all match, it does not'

# rows of others
cat >log <<'!'
{"type":"session","id":"s1","fields":{"Chatter":"moreno alice","Date":"x"}}
!
run name-match --roster=roster --type=session --name=fields.Chatter log
exits 2 'an id of its own is not replaced'
same err 'and the remedy told' <<'!'
name-match: log:1: the row has a field 'id' of its own; give another key for the roster's, as --id=person_id
!
run name-match --roster=roster --type=session --name=fields.Chatter \
	--id=chatter_id log
same out 'another type, another field, another key' <<'!'
{"type":"session","id":"s1","fields":{"Chatter":"Alice Moreno","Date":"x"},"chatter_id":"r1","match":{"source":"log","raw":"moreno alice","method":"tokens","similarity":1,"runner_up":null}}
!
run name-match --roster=roster --type=session --name=fields.Chatter \
	--id=chatter_id --source=hubstaff log
has out '"source":"hubstaff"' 'and another source'

# the report
{
	inflow 'Kofi Mensah' '"sales":120,"messages_sent":10'
	inflow 'KOFI  mensah' '"sales":0.5'
	inflow 'Rich One' '"sales":900'
	inflow 'Peter James' '"messages_sent":700'
	inflow 'Quiet \"One\"' '"sales":null'
	inflow 'Alice Moreno'
	hubstaff 'Katherine Oduya' 1
	hubstaff 'Alicia Moreno' 2
} | sed '2s/02-10/02-09/' >rows
head -n 2 roster >few
sed -n 8p roster >>few
sed -n '6,7p' roster >>few
run name-match --roster=few --report=report --aliases-template=template rows
exits 1 'with rows left out'
same report 'by importance, then who is missing' <<'!'
{"type":"unmatched","source":"inflow","raw":"Rich One","reason":"none","candidates":[],"rows":1,"first_date":"2026-02-10","last_date":"2026-02-10","sales":900,"messages_sent":null}
{"type":"unmatched","source":"inflow","raw":"Kofi Mensah","reason":"none","candidates":[],"rows":2,"first_date":"2026-02-09","last_date":"2026-02-10","sales":120.5,"messages_sent":10}
{"type":"unmatched","source":"inflow","raw":"Peter James","reason":"ambiguous","candidates":[{"id":"r6","name":"Peter James Luna","similarity":0.9375},{"id":"r7","name":"Peter James Soto","similarity":0.9375}],"rows":1,"first_date":"2026-02-10","last_date":"2026-02-10","sales":null,"messages_sent":700}
{"type":"unmatched","source":"inflow","raw":"Quiet \"One\"","reason":"none","candidates":[],"rows":1,"first_date":"2026-02-10","last_date":"2026-02-10","sales":null,"messages_sent":null}
{"type":"unmatched","source":"hubstaff","raw":"Alicia Moreno","reason":"none","candidates":[{"id":"r1","name":"Alice Moreno","similarity":0.9525641025641025}],"rows":1,"first_date":"2026-02-10","last_date":"2026-02-10","sales":null,"messages_sent":null}
{"type":"missing_inflow","date":"2026-02-09","id":"r1","name":"Alice Moreno","team":"day"}
{"type":"missing_inflow","date":"2026-02-09","id":"r2","name":"Bruno Sa Costa","team":"day"}
{"type":"missing_inflow","date":"2026-02-09","id":"r8","name":"Katherine Oduya","team":"day"}
{"type":"missing_inflow","date":"2026-02-09","id":"r6","name":"Peter James Luna","team":"day"}
{"type":"missing_inflow","date":"2026-02-09","id":"r7","name":"Peter James Soto","team":"evening"}
{"type":"missing_inflow","date":"2026-02-10","id":"r2","name":"Bruno Sa Costa","team":"day"}
{"type":"missing_inflow","date":"2026-02-10","id":"r8","name":"Katherine Oduya","team":"day"}
{"type":"missing_inflow","date":"2026-02-10","id":"r6","name":"Peter James Luna","team":"day"}
{"type":"missing_inflow","date":"2026-02-10","id":"r7","name":"Peter James Soto","team":"evening"}
{"type":"missing_hubstaff","date":"2026-02-10","id":"r1","name":"Alice Moreno","team":"day"}
{"type":"missing_hubstaff","date":"2026-02-10","id":"r2","name":"Bruno Sa Costa","team":"day"}
{"type":"missing_hubstaff","date":"2026-02-10","id":"r6","name":"Peter James Luna","team":"day"}
{"type":"missing_hubstaff","date":"2026-02-10","id":"r7","name":"Peter James Soto","team":"evening"}
!
same template 'the template' <<'!'
source,raw,canonical
# none: is nobody of the roster; rows 1, sales 900
inflow,Rich One,
# none: is nobody of the roster; rows 2, sales 120.5
inflow,Kofi Mensah,
# ambiguous: may be several of the roster: 'Peter James Luna' (0.938), 'Peter James Soto' (0.938); rows 1
inflow,Peter James,
# none: is nobody of the roster; rows 1
inflow,"Quiet ""One""",
# none: is nobody of the roster; like 'Alice Moreno' (0.953); rows 1
hubstaff,Alicia Moreno,
!
cp out before
run name-match --roster=few --aliases=template rows
exits 1 'as it stands it changes nothing'
same_file out before 'and is a file of aliases'
sed 's/^inflow,Rich One,/&alice  MORENO/' template >filled
run name-match --roster=few --aliases=filled rows
jq -r 'select(.match.method == "alias") | .match.raw' out >found
echo 'Rich One' | same found 'filled in, it counts'
run name-match --roster=few --report=/dev/full rows
exits 2 'a report that cannot be written'
run name-match --roster=few --report=no/where rows
exits 2 'nowhere to write it'
empty out 'is known before the work'

# aliases
try_aliases() { # try_aliases NAME: on standard input
	cat >given
	run name-match --roster=roster --aliases=given fine
	exits 2 "$1"
}
try_aliases 'a source that is none' <<'!'
inflo,a,Alice Moreno
!
same err 'is told with its line' <<'!'
name-match: given:1: source 'inflo' is none of inflow, hubstaff, log and *
!
try_aliases 'a name twice with different targets' <<'!'
inflow,A. M.,Alice Moreno
hubstaff,A. M.,Maria Lopez
*,a m,alice MORENO
!
has err "^name-match: given:3: 'a m' means somebody else above" 'is told'
try_aliases 'a name that is none' <<'!'
*,...,Alice Moreno
!
try_aliases 'too few cells' <<'!'
*,a
!
has err 'given:1: a row is source,raw,canonical; this one has 2 cells' 'is told'
cat >given <<'!'
inflow,A. M.,Alice Moreno
hubstaff,A. M.,Maria Lopez
# here a "quote, and
inflow,a m,alice moreno
log,X,Nobody Known
!
run name-match --roster=roster --aliases=given fine
exits 0 'the same twice, and other sources, are fine'
same err 'a target that is not in the roster is told' <<'!'
name-match: given:5: nobody of the roster is called 'Nobody Known'; the alias counts for nothing
!
cat >a.ndjson <<'!'
{"source":"inflow","raw":"Kofi Mensah","canonical":"Mensah Boateng"}
!
is 'r11 alias 0.683' 'Kofi Mensah' '' --aliases=a.ndjson
person a 'Ana Reyes' day >roster
person b 'Ana Reyes' night >>roster
echo '*,Annie,Ana Reyes' >given
is 'ambiguous a 0.716 b 0.716' Annie '' --aliases=given
is 'b alias+group 0.716' Annie '"group":"night"' --aliases=given
cp roster.all roster

# what is wrong
refused() { # refused NAME PATTERN ARG...
	name=$1
	pattern=$2
	shift 2
	run name-match "$@" fine
	exits 2 "$name"
	has err "^name-match: $pattern" "$name: it is said"
	empty out "$name: nothing is written"
}
refused 'no roster' '--roster=FILE is missing'
refused 'no such roster' "cannot open 'gone'" --roster=gone
: >nobody
refused 'a roster of nobody' 'nobody: has nobody' --roster=nobody
{
	person a 'Ana Reyes'
	person a 'Bea Ortiz'
} >twice
refused 'an id twice' "twice:2: id 'a' is in the roster already" --roster=twice
echo '{"type":"roster","id":"a","name":null}' >bad
refused 'a person without a name' "bad:1: field 'name' is null" --roster=bad
person a '...' >bad
refused 'a name that is none' "bad:1: the name '...' has no letter" --roster=bad
person a "$(printf '%01025d' 0)" >bad
refused 'a name without an end' 'bad:1: the name is longer than 1024 bytes' \
	--roster=bad
refused 'no such source' '--source is inflow, hubstaff or log' \
	--roster=roster --source=slack
refused 'a team that is none' "--team: a team is KEY=NAME,..." \
	--roster=roster --team=day
refused 'a name of two teams' "--team: 'Team D' means the team 'day' already" \
	--roster=roster --team=day=d --team='dawn=Team D'
refused 'a key that is a path' '--id is a key without points' \
	--roster=roster --id=a.b
refused 'a similarity that is none' '--fuzzy-accept' \
	--roster=roster --fuzzy-accept=96
refused 'a folder that is not there' "cannot open 'no'" \
	--roster=roster --aliases=no
for bad in '"name":["x"]' '"name":"x","group":{}' '"nam":"x"' \
	"\"name\":\"$(printf '%01025d' 0)\""; do
	echo "{\"type\":\"inflow_row\",$bad}" >row
	run name-match --roster=roster row
	exits 2 "a row with $(echo "$bad" | cut -c 1-20)"
	has err '^name-match: row:1: ' 'is told with its line'
done
run env TMPDIR=/no/where name-match --roster=roster fine
exits 2 'nowhere to put rows aside'
run sh -c 'name-match --roster=roster fine >/dev/full'
exits 2 'a full disk is not success'

# against another implementation, on random misspelt rosters
for seed in 1 2; do
	python3 "$top/tests/reference/names.py" generate $seed 120 300
	python3 "$top/tests/reference/names.py" match roster.ndjson aliases.csv \
		rows.ndjson | jq -c -S . >expected
	run name-match --roster=roster.ndjson --aliases=aliases.csv \
		--keep-unmatched --report=report rows.ndjson
	cat out report | jq -c -S . >found
	same_file found expected "as the reference has it, seed $seed"
done

# nobody's figures land on somebody else
[ -n "$asan" ] && times=10 || times=60
run python3 "$top/tests/reference/names.py" property 7 "$times"
exits 0 'rows shuffled, renamed and misspelt never go to somebody else'
has out 'right [0-9]{3,}; wrong 0; ' 'and most find their owner'
comment <out

# many names against many people: every one looked up, in seconds of work
if [ -z "$asan" ]; then
	python3 - <<'!'
import json
import random

draw = random.Random(1)
part = 'ma ri an to lo pe za ke ne la no ta chi wan ga bo mo de lu sa'.split()


def word():
    return ''.join(draw.choice(part) for _ in range(draw.randint(2, 4)))


def misspell(name):
    i = draw.randrange(len(name))
    return name[:i] + draw.choice('aeiourstn') + name[i + 1:]


names = sorted({f'{word()} {word()} {word()}' for _ in range(10000)})
with open('many', 'w', encoding='utf-8') as f:
    for i, name in enumerate(names):
        print(json.dumps({'type': 'roster', 'id': str(i), 'name': name}),
              file=f)
with open('all', 'w', encoding='utf-8') as f:
    for name in names:
        print(json.dumps({'type': 'inflow_row', 'name': misspell(name)}),
              file=f)
!
	run sh -c 'ulimit -t 20; name-match --roster=many --keep-unmatched all |
		grep -c fuzzy'
	has out '^[0-9]{4}$' '10,000 names against 10,000 people'
	empty err 'in time'
fi

# a long stream, in memory that does not grow
if [ -z "$asan" ]; then
	yes "$(cat row fine | sed -n '/Alice/p')" | head -n 300000 >long
	run sh -c 'ulimit -v 40000; name-match --roster=roster long | wc -l'
	echo 300000 | same out 'memory does not go by the rows'
	empty err 'of a long stream'
fi
all_done
