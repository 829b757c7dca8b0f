#!/bin/sh
# sheets-push(1)
. "${0%/*}/../lib.sh"

tab="it's a tab"

# book VALUES [ROWS]: a spreadsheet of one tab, for the next start
book() {
	# which writes it at its end
	sandbox_stop
	jq -n -c --arg id 1kpipeSandboxCoachSheetSharedWithTheAccount0 \
		--arg tab "$tab" --argjson values "$1" --argjson rows "${2:-20}" '
	    {spreadsheets: [{id: $id, title: "Book", share: "write",
		locale: "nl_NL", timeZone: "Europe/Amsterdam", tabs: [
		    {id: 3, title: "first", rows: 5, columns: 5, values: []},
		    {id: 7, title: $tab, rows: $rows, columns: 12,
			values: $values}]}]}' >state.json
}

# begin [ARG...]: the sandbox, with the spreadsheet as it was left
begin() {
	google_start --sheets-state=state.json --log="$PWD/log" "$@"
}

# push ARG...
push() {
	: >log
	run sheets-push --spreadsheet="$sheet" --tab="$tab" "$@"
}

# there NAME: the tab holds the rows on standard input
there() {
	curl -s "$sandbox/sandbox/sheets" |
		jq -c '.spreadsheets[0].tabs[1].values[] |
		    map(if . == null then "" else . end)' >is
	same is "$1"
}

# calls NAME: what was asked for that was done
calls() {
	jq -r 'select(.status == 200 and .vendor == "google" and
	    .call != "token") | .call + " " + .object' log >did
	same did "$1"
}

# counts ADDED CHANGED REMOVED SAME NAME
counts() {
	jq -r '[.added, .changed, .removed, .same] | join(" ")' out >got
	echo "$1 $2 $3 $4" >expected
	same_file got expected "$5"
}

cat >people <<'!'
{"type":"person","id":"00123","name":"Anna =1+1","won":1.5,"on":true,"at":"2026-03-02","x":{"a":[1]}}
{"type":"pet","id":"9","name":"Rex"}
{"type":"person","id":"7","name":"=1+1","won":12345678901234567890,"on":false,"at":null,"x":"\"q\", é\n"}
{"type":"person","id":"8","name":"'Bo","won":-0.0,"on":null,"at":"3/4","x":""}
!
columns='id,Naam=name,Won=won,Aan=on,Sinds=at,X=x'

#
# in place of the rows that are there
#
book '[["id","Naam","Won","Aan","Sinds","X","","side","Merk"],
    ["1","Oud",1,true,"a","b","keep","s1","m1"],
    ["2","Ouder",2,false,"a","b",5,"s2","m2"], [], ["4","Oudst"],
    ["","","","","","",6,"","m5"]]'
begin
push --type=person --columns="$columns" people
exits 0 'records take the place of rows'
empty err 'without a word'
counts 0 3 2 0 'and are counted'
there 'text is text, numbers are numbers, nothing is computed' <<'!'
["id","Naam","Won","Aan","Sinds","X","","side","Merk"]
["00123","Anna =1+1",1.5,true,"2026-03-02","{\"a\": [1]}","keep"]
["7","=1+1","12345678901234567890",false,"","\"q\", é\n",5]
["8","'Bo",-0,"","3/4"]
[]
["","","","","","",6]
!
calls 'what is to be there is written first, then what is below goes' <<'!'
get spreadsheet
get values
batchUpdate values
batchClear values
!
push --type=person --columns="$columns" people
counts 0 0 0 3 'a second time nothing changes'
calls 'nor is asked to' <<'!'
get spreadsheet
get values
!
push --type=person --columns="$columns" --dry-run people
empty out 'nor would it'
push --type=person --where=on --columns="$columns" --dry-run people
has out '^-\["7",' 'only records that have true there'
lacks out '^-\["00123",' 'and those that have'
head -n 1 people >one
push --columns="$columns" one
counts 0 0 2 1 'fewer records'
calls 'are nothing to write, and rows to clear' <<'!'
get spreadsheet
get values
batchClear values
!
there 'the first stays' <<'!'
["id","Naam","Won","Aan","Sinds","X","","side","Merk"]
["00123","Anna =1+1",1.5,true,"2026-03-02","{\"a\": [1]}","keep"]
["","","","","","",5]
[]
[]
["","","","","","",6]
!
jq -r 'select(.call == "batchClear") | .path' log >path
has path ':batchClear$' 'by one call'

push --columns='id,side="x\, \\"y\\"",Merk=14' people
there 'columns of one value; an emptied one' <<'!'
["id","Naam","Won","Aan","Sinds","X","","side","Merk"]
["00123","","","","","","keep","x, \"y\"",14]
["9","","","","","",5,"x, \"y\"",14]
["7","","","","","","","x, \"y\"",14]
["8","","","","","","","x, \"y\"",14]
["","","","","","",6]
!

#
# a grid that is too small
#
book '[["id"],["1"]]' 3
begin
seq 40 | jq -c '{id: tostring}' >forty
push --columns=id forty
exits 0 'more records than the tab has room for'
calls 'it is made larger first' <<'!'
get spreadsheet
get values
update spreadsheet
batchUpdate values
!
curl -s "$sandbox/sandbox/sheets" | jq -c '.spreadsheets[0].tabs[1] |
    [.rows, (.values | length), .values[40]]' >size
same size 'by what is needed' <<'!'
[41,41,["40"]]
!
push --columns=id forty
calls 'once' <<'!'
get spreadsheet
get values
!

#
# more than a request takes
#
book '[["id","Merk","tekst"],["7","x"],["2990","y"]]' 3001
begin
seq 3000 | jq -c '{id: tostring, text: ("abcdefghij" * 60)}' >long
push --columns=id,tekst=text long
exits 0 'two megabytes'
grep -c batchUpdate log >nr
same nr 'go in two parts' <<'!'
2
!
push --columns=id,tekst=text long
counts 0 0 0 3000 'and are all there'
push --columns=id,tekst=text --keep=Merk --keep-key=id long
counts 0 0 0 3000 'with marks, too'
sort -r long >turned
push --columns=id,tekst=text --keep=Merk --keep-key=id turned
grep -c batchUpdate log >nr
same nr 'in one part then, so that none is lost on the way' <<'!'
1
!
printf '{"id":"%050000d"}\n{"id":"%050001d"}\n' 0 0 >wide
push --columns=id wide
exits 2 'more text than a cell holds'
has err "wide:2: column 'id' has more than 50000 characters" 'it says where'
calls 'nothing is asked then' </dev/null

#
# what people wrote stays with its row
#
book '[["id","Merk","Naam","Nota"],["1","x","A"],["2","","B","n"],
    ["3",46000,"C"],["1","dubbel","A"]]'
begin
printf '%s\n' '{"id":"3","n":"C"}' '{"id":"9","n":"N"}' '{"id":"1","n":"A"}' \
	>order
push --columns=id,Naam=n --keep=Merk,Nota --keep-key=id order
there 'marks go along with their key' <<'!'
["id","Merk","Naam","Nota"]
["3",46000,"C"]
["9","","N"]
["1","x","A"]
!
push --columns=id,Naam=n --keep=Merk,Nota --keep-key=id order
counts 0 0 0 3 'and stay'
push --columns=id,Naam=n order
there 'unless nobody asks' <<'!'
["id","Merk","Naam","Nota"]
["3","","C"]
["9","","N"]
["1","","A"]
!
for wrong in '--keep=Merk' '--keep-key=id' '--keep=Merk --keep-key=Nota' \
	'--keep=Naam --keep-key=id' '--keep=Merk --keep-key=id --key=id'; do
	# shellcheck disable=SC2086
	push --columns=id,Naam=n $wrong order
	exits 2 "wrong usage: $wrong"
done
push --columns=id,Naam=n --keep=Mork --keep-key=id order
has err "has no column 'Mork' in its first row; it has 'id', 'Merk', 'Naam'," \
	'a column to keep that is none'

#
# rows in place
#
book '[["id","Naam","Merk","n"],["1","A","x",1],[2,"B","y",2],["","los","z"],
    ["4","D","",4],["1","weer A"]]' 7
begin
cat >update <<'!'
{"id":"4","name":"D","n":5}
{"id":"2","name":"B","n":2}
{"id":"6","name":"F","n":null}
{"id":"1","name":null}
{"id":"5","name":"E","n":0}
!
push --columns=id,Naam=name,n --key=id update
exits 1 'a key that the tab has twice'
same err 'is told' <<'!'
sheets-push: tab 'it's a tab': rows whose 'id' stands in a row above: 1; they are left as they are
!
counts 2 3 0 2 'updated and added'
there 'in place, and below; what is not given stays' <<'!'
["id","Naam","Merk","n"]
["1","","x",1]
["2","B","y",2]
["","los","z"]
["4","D","",5]
["1","weer A"]
["6","F"]
["5","E","",0]
!
calls 'by one call, when the tab has room' <<'!'
get spreadsheet
get values
update spreadsheet
batchUpdate values
!
push --columns=id,Naam=name,n --key=id update
counts 0 0 0 7 'a second time nothing changes'
calls 'nor is asked to' <<'!'
get spreadsheet
get values
!
printf '%s\n' '{"id":"1","n":7}' '{"id":1,"n":7}' >twice
push --columns=id,n --key=id twice
exits 2 'a key that comes twice'
has err "^sheets-push: record 2: the key 'id' 1 came before" 'it says which'
printf '%s\n' '{"id":"1","n":7}' '{"id":null,"n":7}' >none
push --columns=id,n --key=id none
exits 2 'a key that is empty'
has err "^sheets-push: record 2: the key 'id' is empty" 'it says which'
push --columns=n --key=id twice
exits 2 'a key that is not given'
calls 'is told before anything is asked' </dev/null

#
# what would change
#
book '[["id","n"],["1",1],["2",2],["3",3],["4",4],["5",5],["6",6],["7",7],
    ["8",8],["9",9],["10",10],["11",11],["12",12]]'
begin
jq -n -c '(1, 3, 4, 5, 20, 21, 6, 7, 8, 9, 10, 11) | {id: tostring, n: .},
    if . == 9 then {id: "9b", n: null} else empty end' >will
push --columns=id,n --dry-run will
exits 0 'a change that is only shown'
same out 'as diff shows it' <<'!'
--- it's a tab, as it is
+++ it's a tab, as it would be
@@ -1,13 +1,14 @@
 ["id","n"]
 ["1",1]
-["2",2]
 ["3",3]
 ["4",4]
 ["5",5]
+["20",20]
+["21",21]
 ["6",6]
 ["7",7]
 ["8",8]
 ["9",9]
+["9b",null]
 ["10",10]
 ["11",11]
-["12",12]
!
cp out shown
calls 'and not made' <<'!'
get spreadsheet
get values
!
jq -n -c '["id","n"], (range(1;13) | [tostring, .])' >before
{
	echo '["id","n"]'
	jq -c '[.id, .n]' will
} >after
diff -u before after | sed 1,2d >hunks
sed 1,2d shown >ours
same_file ours hunks 'diff says the same'
echo '{"id":"00123","n":null}' >new
push --columns=id,n --dry-run --key=id new
same out 'of rows in place, too' <<'!'
--- it's a tab, as it is
+++ it's a tab, as it would be
@@ -11,3 +11,4 @@
 ["10",10]
 ["11",11]
 ["12",12]
+["00123",null]
!

#
# what cannot be
#
run sh -c 'cat people | sheets-push --spreadsheet=x --tab=y --columns=id'
exits 2 'records from a pipe'
has err 'a pipe is not read: its writer may have died half-way: write a file' \
	'it says why, and what to do'
mkfifo fifo
for operand in - /dev/stdin fifo /dev/null .; do
	run timeout 5 sheets-push --spreadsheet=x --tab=y --columns=id $operand
	exits 2 "no file: $operand"
done
push --columns=id nowhere
exits 2 'a file that is not there'
: >nothing
push --columns=id nothing
exits 0 'no records'
same err 'leave the tab as it is' <<'!'
sheets-push: nothing to write: tab 'it's a tab' stays as it is
!
push --columns=id --type=horse people
calls 'without a question' </dev/null
printf '{"id":"1"}\n{"id":' >broken
push --columns=id broken
exits 2 'a stage that is cut off'
calls 'is pushed in no part' </dev/null
push --columns='id,n=won,X=nowhere' people
exits 2 'a field that no record has'
has err "no record has 'nowhere', which would empty the column 'X'" 'is told'
push --columns='id,n="a' people
exits 2 'a text that is none'
has err "column 'n': \"a is neither a text" 'is told'
push --columns='id,N=won' people
exits 2 'a header that the tab has not'
same err 'with those it has' <<'!'
sheets-push: tab 'it's a tab' has no column 'N' in its first row; it has 'id', 'n'
!
run sheets-push --spreadsheet="$sheet" --tab=first --columns=id people
has err "tab 'first' has no column 'id' in its first row; it has none" \
	'a tab without headers'
run sheets-push --spreadsheet="$sheet" --tab=nowhere --columns=id people
exits 2 'a tab that is none'
has err "has no tab 'nowhere'; it has 'first', 'it's a tab'" 'with those there are'
for left in spreadsheet tab columns; do
	# shellcheck disable=SC2046
	run sheets-push $(printf -- '--%s=x\n' spreadsheet tab columns |
		grep -v $left) people
	exits 2 "without --$left"
done
book '[["id","id"],["1"]]'
begin
push --columns=id one
has err "has two columns 'id'; rename one" 'a header that is there twice'
google_start
run sheets-push --spreadsheet=1kpipeSandboxSheetTheAccountMayOnlyRead00000 \
	--tab=Blad1 --columns=id one
exits 2 'a spreadsheet that may only be read'
run sheets-push --spreadsheet=1kpipeSandboxSheetNotSharedWithTheAccount000 \
	--tab=NA_Pool --columns=id one
exits 2 'one that is not shared'
has err 'share it with coach-pool@[^ ]* as editor: .*403' 'it says with whom'
chmod 644 "$GOOGLE_SA_JSON_PATH"
push --columns=id one
exits 2 'a key file that others can read'
has err 'others can read it; run chmod 600' 'is refused'

#
# trouble on the way
#
three() {
	book '[["id","n"],["1","a"],["2","b"],["3","c"]]' 4
}
printf '%s\n' '{"id":"8","n":"x"}' '{"id":"9","n":"y"}' >two
printf '%s\n' '{"id":"7","n":"w"}' >>two.long
seq 10 17 | jq -c '{id: tostring, n: "z"}' >>two.long

for fault in '429:path=values:at=2:times=2' '503:path=Update:times=1' \
	'500:path=Clear:times=1' 'reset:path=Clear:times=1' \
	'cut:path=values\:batchUpdate:times=1' '401:path=Clear:times=1'; do
	three
	begin "--fault=$fault"
	push --columns=id,n two
	exits 0 "$fault is got over"
	there 'and all is as it should be' <<'!'
["id","n"]
["8","x"]
["9","y"]
!
done
three
begin '--fault=429:path=batchClear:after=900:times=1'
push --columns=id,n two
exits 75 'a limit that lasts, after the first call'
there 'rows are there meanwhile' <<'!'
["id","n"]
["8","x"]
["9","y"]
["3","c"]
!
push --columns=id,n two
calls 'the next push does what is left' <<'!'
get spreadsheet
get values
batchClear values
!
there 'and nothing else' <<'!'
["id","n"]
["8","x"]
["9","y"]
!

# killed FAULT FILE: killed when the call that has the fault was tried
killed() {
	three
	begin "--fault=$1"
	: >log
	sheets-push --spreadsheet="$sheet" --tab="$tab" --columns=id,n "$2" \
		>out 2>err &
	pid=$!
	for try in $(seq 200); do
		! jq -e 'select(.fault != null)' log >/dev/null || break
		sleep 0.05
	done
	kill -9 $pid
	wait $pid 2>/dev/null
	[ "$try" -lt 200 ]
	result "$1: is killed there"
	curl -s "$sandbox/sandbox/sheets" |
		jq -c '.spreadsheets[0].tabs[1].values[1:][]' >left
	ok "$1: the tab is not empty" test -s left
	begin
	push --columns=id,n "$2"
	exits 0 "$1: it is done again"
	curl -s "$sandbox/sandbox/sheets" |
		jq -c '.spreadsheets[0].tabs[1].values[1:][]' >left
	jq -c '[.id, .n]' "$2" >whole
	same_file left whole "$1: and is complete"
}
killed '503:path=batchUpdate' two
killed '503:path=batchClear' two
killed 'stall:path=batchUpdate' two
killed 'stall:path=batchClear' two
killed 'stall:path=0\:batchUpdate' two.long
killed '503:path=values\:batchUpdate' two.long
killed '503:path=token' two

google_start --clock-offset=3600 --sheets-state=state.json --log="$PWD/log"
push --columns=id,n two.long
exits 0 'a clock that is an hour behind'
has err 'the clock of this machine is 3[0-9]* s behind' 'is told'

all_done
