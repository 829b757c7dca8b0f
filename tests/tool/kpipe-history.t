#!/bin/sh
# slow: a server of its own
# kpipe-history(1): the same on SQLite and on PostgreSQL
. "${0%/*}/../lib.sh"

# rows TYPE DATE N [WORD]: records of N keys
rows() {
	awk -v type="$1" -v date="$2" -v n="$3" -v word="${4:-x}" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "{\"type\":\"%s\",\"date\":\"%s\",\"id\":\"k%06d\"," \
				"\"word\":\"%s\"}\n", type, date, i, word
	}'
}

# put and friends on the store that is tested, in a table that is
history() {
	lib_command=$1
	shift
	kpipe-history "$lib_command" --store="$store" --table="$table" "$@"
}

# of JSON on standard input, the members that count
counts() {
	jq -c '[.created, .updated, .unchanged, .skipped, .duplicates, .failed]'
}

# stored FILE NAME: what is stored is that
stored() {
	history get >stored
	same_file stored "$1" "$kind: $2"
}

check_bytes() {
	table=bytes
	awk 'BEGIN { printf "{\"type\":\"t\",\"date\":\"2026-02-04\",\"id\":\"big\",\"x\":\""
		for (i = 0; i < 100000; i++) printf "0123456789"
		print "\"}" }' >big
	{
		cat <<'!'
{"date":"2026-02-01","type":"t","id":"a","n":[12345678901234567890,1.10,-0,1e400,0.1E-2]}
{"type":"t","date":"2026-02-01","id":"b","nul":"a\u0000b","half":"\ud800","pair":"\ud83d\ude00"}
{"id":"c", "type" : "t",	"date":"2026-02-01","sql":"'); DROP TABLE bytes; --","back":"\\N\\.\t\"\/"}
{"type":"t","date":"2026-02-02","id":"\u0061\u002e","é":"€😀","unknown":{"a":[{}]},"a":1,"a":2}
{"type":"t","date":"2026-02-03","id":"' OR '1'='1","x":"%s%n $1 :a @b ?1"}
!
		cat big
	} >odd
	run history put odd
	exits 0 "$kind: records of any content are put"
	printf '{"type":"store","store":"%s","created":6,"updated":0,"unchanged":0,"skipped":0,"duplicates":0,"failed":0}\n' \
		"$name" >expected
	same_file out expected "$kind: and counted"
	empty err "$kind: without a word"
	stored odd 'every byte comes back, also of 1 MB'
	run history put --mode=update odd
	counts <out >found
	echo '[0,0,6,0,0,0]' >expected
	same_file found expected "$kind: what is the same is not updated"
	run history get "--key=' OR '1'='1"
	sed -n 5p odd >expected
	same_file out expected "$kind: a key is no SQL"
	history get '--key=a.' >found
	sed -n 4p odd >expected
	same_file found expected "$kind: a key is the text, however it is escaped"
	run history get "--type=t'; DROP TABLE bytes; --"
	exits 0 "$kind: nor is a type"
	empty out "$kind: that there is none of"
	stored odd 'and all is there still'
	run sh -c 'kpipe-history get --store="$0" --table=bytes >/dev/full' "$store"
	exits 2 "$kind: a full disk is not success"
	run sh -c 'kpipe-history put --store="$0" --table=bytes odd >/dev/full' "$store"
	exits 2 "$kind: nor when it is told what was put"
}

check_order() {
	table=orders
	cat >sorted <<'!'
{"type":"A","date":"2026-02-01","id":"k"}
{"type":"a","date":"0001-01-01","id":"k"}
{"type":"a","date":"2026-01-31","id":"k"}
{"type":"a","date":"2026-02-01","id":"K"}
{"type":"a","date":"2026-02-01","id":"a"}
{"type":"a","date":"2026-02-01","id":"a b"}
{"type":"a","date":"2026-02-01","id":"a!"}
{"type":"a","date":"2026-02-01","id":"a-b"}
{"type":"a","date":"2026-02-01","id":"aa"}
{"type":"a","date":"2026-02-01","id":"z"}
{"type":"a","date":"2026-02-01","id":"é"}
{"type":"a","date":"2026-02-01","id":"😀"}
{"type":"a","date":"2026-02-10","id":"k"}
{"type":"a","date":"9999-12-31","id":"k"}
{"type":"a b","date":"2026-02-01","id":"k"}
{"type":"aa","date":"2026-02-01","id":"k"}
!
	sort -r sorted >input
	run sh -c 'cat input | kpipe-history put --store="$0" --table=orders - /dev/null' \
		"$store"
	exits 0 "$kind: records come by any way"
	stored sorted 'and are given by type, day and key, by their bytes'
	history get --since=9999-12-31 >found
	history get --until=0001-01-01 >>found
	cat >expected <<'!'
{"type":"a","date":"9999-12-31","id":"k"}
{"type":"a","date":"0001-01-01","id":"k"}
!
	same_file found expected "$kind: the calendar has a first and a last day"
}

check_modes() {
	table=modes
	rows t 2026-02-01 3 early >first
	rows t 2026-02-01 4 late >second
	history put first >report
	run history put second
	exits 0 "$kind: skip puts what is not there"
	counts <out >found
	echo '[1,0,0,3,0,0]' >expected
	same_file found expected "$kind: and counts the rest"
	{
		cat first
		tail -n 1 second
	} >expected.stored
	stored expected.stored 'and leaves alone what is there'
	run history put --mode=update --dry-run second
	counts <out >found
	echo '[0,3,1,0,0,0]' >expected
	same_file found expected "$kind: a dry run counts"
	stored expected.stored 'and changes nothing'
	run history put --mode=update second
	counts <out >found
	same_file found expected "$kind: update replaces what is another"
	stored second 'by what is new'
	run history put --mode=update second
	counts <out >found
	echo '[0,0,4,0,0,0]' >expected
	same_file found expected "$kind: a second time changes nothing"
	empty err "$kind: without a word"

	table=twice
	cat >input <<'!'
{"type":"t","date":"2026-02-01","id":"1","n":1}
{"type":"t","date":"2026-02-01","id":"2","n":1}
{"type":"t","date":"2026-02-01","id":1,"n":2}
{"type":"t","date":"2026-02-01","id":"2","n":1}
{"type":"t","date":"2026-02-01","id":"1","n":3}
!
	run history put input
	exits 0 "$kind: a key that comes again is no fault"
	same err "$kind: and one warning" <<'!'
kpipe-history: 2 records are followed by another of their type, day and key: the last one counts
!
	counts <out >found
	echo '[2,0,0,0,3,0]' >expected
	same_file found expected "$kind: it counts once"
	sed -n '5p; 4p' input | sort >expected.stored
	stored expected.stored 'as the last one has it'
	head -n 1 input >one
	run history put --mode=update one one one
	empty err "$kind: the same record again is worth no warning"
	counts <out >found
	echo '[0,1,0,0,2,0]' >expected
	same_file found expected "$kind: but is counted"
}

check_refused() {
	table=refused
	long=$(awk 'BEGIN { for (i = 0; i < 2000; i++) printf "x" }')
	cat >input <<!
{"type":"t","date":"2026-02-01","id":"good"}
{"type":"t","date":"2026-02-01"}
{"type":"t","date":"2026-02-01","id":null}
{"type":"t","date":"2026-02-01","id":""}
{"type":"t","date":"2026-02-01","id":{"a":1}}
{"type":"t","id":"a"}
{"type":"t","date":"2026-02-30","id":"a"}
{"type":"t","date":"2026-02-01T00:00:00Z","id":"a"}
{"date":"2026-02-01","id":"a"}
{"type":"t","date":"2026-02-01","id":"a\u0000b"}
{"type":"t","date":"2026-02-01","id":"\ud800"}
{"type":"t","date":"2026-02-01","id":"$long"}
{"type":"t","date":"2026-02-01","id":"${long%xx}","note":"it just fits"}
!
	run history put input
	exits 1 "$kind: records without a type, day or key are left out"
	same err "$kind: and told with file and line" <<'!'
kpipe-history: input:2: field 'id' is missing; left out
kpipe-history: input:3: field 'id' is null; left out
kpipe-history: input:4: field 'id' is empty; left out
kpipe-history: input:5: field 'id' is an object, not text; left out
kpipe-history: input:6: field 'date' is missing; left out
kpipe-history: input:7: field 'date' is no day as 2026-02-10: '2026-02-30'; left out
kpipe-history: input:8: field 'date' is no day as 2026-02-10: '2026-02-01T00:00:00Z'; left out
kpipe-history: input:9: field 'type' is missing; left out
kpipe-history: input:10: field 'id' has a NUL; left out
kpipe-history: input:11: field 'id' has half a character; left out
kpipe-history: input:12: type and key have more than 2000 bytes; left out
!
	counts <out >found
	echo '[2,0,0,0,0,11]' >expected
	same_file found expected "$kind: and counted"
	sed -n '1p; 13p' input >expected.stored
	stored expected.stored 'the others are kept'
	for broken in '{"type":"t","date":"2026-02-01","id":"\0377"}' \
		'{"type":"t","date":"2026-02-01","id":"c"' '["no object"]'; do
		rows u 2026-02-01 3 >input
		printf "%b\n" "$broken" >>input
		run history put input
		exits 2 "$kind: a line that is no record stops it: $broken"
		has err '^kpipe-history: input:4: byte' "$kind: and is told"
		stored expected.stored 'nothing is put then'
	done
}

check_ranges() {
	table=ranges
	for date in 2026-02-01 2026-02-02 2026-02-05; do
		rows t $date 2
	done >all
	rows u 2026-02-06 2 >>all
	history put all >report
	history get --type=t --since=2026-02-02 >found
	sed -n 3,6p all >expected
	same_file found expected "$kind: get takes a type and a first day"
	history get --until=2026-02-05 --days=4 --key=k000002 >found
	sed -n '4p; 6p' all >expected
	same_file found expected "$kind: days back from the last one, and a key"
	history get --key=k000002 --key=none --key=k000001 --type=u >found
	sed -n 7,8p all >expected
	same_file found expected "$kind: and several keys"
	run history get --since=2026-03-01
	exits 0 "$kind: nothing found is no fault"
	empty out "$kind: and no line"
	run history dates
	same out "$kind: dates tells the days and how many there are" <<'!'
{"type":"stored_date","of":"t","date":"2026-02-01","records":2}
{"type":"stored_date","of":"t","date":"2026-02-02","records":2}
{"type":"stored_date","of":"t","date":"2026-02-05","records":2}
{"type":"stored_date","of":"u","date":"2026-02-06","records":2}
!
	history dates --type=t --missing --until=2026-02-07 | jq -r .date >found
	printf '2026-02-06\n2026-02-07\n' >expected
	same_file found expected "$kind: those missing since the last one"
	history dates --type=t --missing --until=2026-02-07 --days=8 |
		jq -r .date >found
	printf '2026-01-31\n2026-02-03\n2026-02-04\n2026-02-06\n2026-02-07\n' \
		>expected
	same_file found expected "$kind: and all that are missing among some days"
	run history dates --type=t --missing --until=2026-02-05
	empty out "$kind: none is missing"
	history dates --type=none --missing --until=2026-02-05 >found
	echo '{"type":"missing_date","of":"none","date":"2026-02-05"}' >expected
	same_file found expected "$kind: of a type without a day the last one is"

	run history delete --key=k000001 --type=t --dry-run
	exits 0 "$kind: deleting can be tried"
	jq -c .deleted out >found
	echo 3 >expected
	same_file found expected "$kind: which counts"
	stored all 'and deletes nothing'
	run history delete --key=k000001 --type=t
	printf '{"type":"store","store":"%s","deleted":3}\n' "$name" >expected
	same_file out expected "$kind: a key is deleted on all days"
	run history delete --since=2026-02-06 --until=2026-02-06
	sed -n '2p; 4p; 6p' all >expected.stored
	stored expected.stored 'and so are days'
}

check_fields() {
	table=fields
	cat >input <<'!'
{"type":"t","id":7,"day":{"start":"2026-02-01"},"team":"b","a.b":"x"}
{"type":"t","id":7.0,"day":{"start":"2026-02-01"},"team":"a\"b","a.b":"x"}
{"type":"other","id":"8"}
!
	run history put --type=t --key=team,id --date=day.start input
	exits 0 "$kind: the fields can be others, and other types are passed over"
	empty err "$kind: without a word"
	history get '--key=["b","7"]' >found
	head -n 1 input >expected
	same_file found expected "$kind: a key of several fields is an array"
	run history put --type=t --key='a\.b' --date=day.start input
	counts <out >found
	echo '[1,0,0,0,1,0]' >expected
	same_file found expected "$kind: a point in a field's name is escaped"
	run history put </dev/null
	counts <out >found
	echo '[0,0,0,0,0,0]' >expected
	same_file found expected "$kind: nothing to put is no fault"
}

# six at once, each with keys of the others, in a table that is not there yet
check_writers() {
	table=writers
	for nr in 1 2 3 4 5 6; do
		{
			rows shared 2026-02-01 2000 "$nr"
			rows "own$nr" 2026-02-01 500
		} >"input.$nr"
		history put --mode=update "input.$nr" >"report.$nr" 2>"err.$nr" &
		writers="${writers:-} $!"
	done
	for nr in $writers; do
		wait "$nr" || echo "status $?"
	done >found
	writers=
	cat err.[1-6] >>found
	empty found "$kind: six writers at once all succeed"
	cat report.[1-6] | jq -s -c 'map(.created) | add' >found
	cat report.[1-6] | jq -s -c 'map(.created + .updated + .unchanged) | add' \
		>>found
	printf '5000\n15000\n' >expected
	same_file found expected "$kind: and each key is made once"
	history dates | jq -r .records | sort | uniq -c | tr -s ' ' >found
	printf ' 1 2000\n 6 500\n' >expected
	same_file found expected "$kind: nothing is lost"
	history get --type=shared | jq -r .word | uniq | wc -l | tr -d ' ' >found
	echo 1 >expected
	same_file found expected "$kind: the last of them is there as a whole"
}

# one is killed again and again while it writes
check_kills() {
	table=kills
	: >acknowledged
	for nr in 01 03 05 08 12 17 25 5; do
		rows "b$nr" 2026-02-01 20000 >input
		kpipe-history put --store="$store" --table=kills input \
			>"report.$nr" 2>err &
		writer=$!
		sleep "0.$nr"
		kill -9 $writer 2>/dev/null
		wait $writer 2>/dev/null
		[ ! -s "report.$nr" ] || echo "b$nr" >>acknowledged
	done
	# a server goes on for a moment with what was sent
	run history put --max-wait=60 input
	exits 0 "$kind: after kill -9 the next one writes"
	echo b5 >>acknowledged
	history dates | jq -r 'select(.records != 20000)' >found
	empty found "$kind: of a put that was killed there is all or nothing"
	history dates | jq -r .of >there
	sort -u acknowledged >expected
	comm -13 there expected >found
	empty found "$kind: and what was told to be stored is there"
}

# hold NAME: another begins to write; it stops by let_go
check_busy() {
	table=busy
	rows t 2026-02-01 3 >all
	history put all >report
	hold
	run history put --max-wait=1 --mode=update all
	exits 75 "$kind: somebody else who writes for too long means try again"
	has err '^kpipe-history: ' "$kind: which is told"
	history get >found
	same_file found all "$kind: who reads does not wait"
	kpipe-history put --store="$store" --table=busy --max-wait=60 \
		--mode=update all >report 2>err &
	writer=$!
	sleep 0.3
	let_go
	wait $writer
	status=$?
	exits 0 "$kind: who waits long enough writes"
	stored all 'and nothing is harmed'
}

check_store() {
	check_bytes
	check_order
	check_modes
	check_refused
	check_ranges
	check_fields
	check_writers
	check_kills
	check_busy
	table=nothing
	run history get
	exits 2 "$kind: what was never put cannot be got"
	has err 'has no table .nothing.; kpipe-history put makes it$' \
		"$kind: and how it comes to be is told"
	run history delete --key=a
	exits 2 "$kind: nor deleted"
	run history put --dry-run odd
	exits 0 "$kind: but tried"
	run history get
	exits 2 "$kind: which makes nothing"
}

# SQLite

kind=SQLite
store="a store's 100%.sqlite"
name=$store
mkfifo fifo
hold() {
	: >held
	python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
db.execute("DELETE FROM busy")
print("held", flush=True)
open("fifo").read()
db.execute("ROLLBACK")' "$store" >held &
	holder=$!
	until [ -s held ]; do
		sleep 0.05
	done
}
let_go() {
	echo >fifo
	wait $holder
}
check_store
table=modes
find . -name '*a store*' >found
echo "./$store" >expected
same_file found expected 'a store is one file when nobody uses it'
run find "./$store" -perm 600
same_file out expected 'that is for its owner alone'

# six make the file at once, some times
for time in 1 2 3 4 5 6; do
	makers=
	for nr in 1 2 3 4 5 6; do
		rows "t$nr" 2026-02-01 1 >"input.$nr"
		kpipe-history put --store="at once $time" "input.$nr" \
			>"report.$nr" 2>>errs &
		makers="$makers $!"
	done
	for nr in $makers; do
		wait "$nr" || echo "$time: status $?"
	done
	kpipe-history get --store="at once $time" | wc -l | grep -v -w 6
done >found
cat errs >>found
empty found 'a file that six make at once is one file with all in it'
find . -name '.at once*' >found
empty found 'and nothing is left beside it'

# it is killed with part of a transaction in the log; where it was done before
# the kill came, once more
rows big 2026-02-01 200000 "$(head -c 200 /dev/zero | tr '\0' w)" >input
for time in 1 2 3 4 5; do
	kpipe-history put "--store=$store" --table=modes input >report &
	writer=$!
	size=0
	while [ "$size" -lt 1000000 ] && kill -0 $writer 2>/dev/null; do
		size=$(stat -c %s "$store-wal" 2>/dev/null || echo 0)
	done
	kill -9 $writer 2>/dev/null
	wait $writer 2>/dev/null
	history get --type=big --key=k000001 >there
	[ -s there ] || break
	history delete --type=big --since=2026-02-01 >report
done
ok 'it was killed before it was done' test ! -s report
stored second 'nothing of it counts'
history put --mode=update second >report
ok 'and the next one clears its log away' test ! -e "$store-wal"
rm -f input

# what was forgotten is gone from the disk
echo '{"type":"t","date":"2026-02-01","id":"Iris Holt","word":"unforgettable"}' \
	>one
history put one >report
ok 'what is stored can be found in the file' grep -q -a unforgettable "$store"
history delete '--key=Iris Holt' >report
not_ok 'what is deleted cannot' grep -q -a -e unforgettable -e 'Iris Holt' \
	"$store"

# where it is by default
unset HISTORY_URL
mkdir default
cd default || exit
run kpipe-history get
exits 2 'without a store there is nothing to get'
same err 'and how it comes to be is told' <<'!'
kpipe-history: there is no store 'data/history.sqlite'; kpipe-history put makes it
!
run kpipe-history put --dry-run ../odd
counts <out >found
echo '[6,0,0,0,0,0]' >expected
same_file found expected 'putting can be tried'
ok 'which makes nothing' test ! -e data
run kpipe-history put ../odd
exits 0 'it is made where it is by default'
ok 'in a folder' test -s data/history.sqlite
HISTORY_URL=data/history.sqlite kpipe-history get | cmp -s - ../odd
result 'HISTORY_URL may be a file'
for odd in ':memory:' 'file:x?mode=memory' '-'; do
	kpipe-history put "--store=$odd" ../odd >out
	kpipe-history get "--store=$odd" | cmp -s - ../odd && test -s "./$odd"
	result "'$odd' is but a name"
done
cd ..

# what is no store
echo 'this is no database, but a text that is long enough to be read' >text
python3 -c '
import sqlite3
db = sqlite3.connect("other")
db.execute("CREATE TABLE people (name)")
db.execute("CREATE TABLE wrong (type TEXT, line TEXT)")
db.commit()'
cp other other.before
: >empty.sqlite
head -c 20000 "$store" >half
store=text
run history put odd
exits 2 'a text is no store'
same err 'which is told' <<'!'
kpipe-history: text: this is no database of SQLite
!
store=other
run history put odd
exits 2 'nor is the database of something else'
has err '^kpipe-history: other: this is a database of something else$' \
	'which is told'
table=wrong
run history put odd
has err "its table 'wrong' is of something else; --table names another" \
	'nor a table of something else'
ok 'it is left alone' cmp other other.before
table=modes
store=.
run history put odd
exits 2 'nor is a folder'
store=no/such/folder
run history put odd
exits 2 'nor what is in no folder'
has err 'No such file' 'which is told'
store=half
run history get
exits 2 'nor half a store'
store=empty.sqlite
run history put odd
exits 0 'an empty file becomes one'
stored odd 'as any other'
ln -s empty.sqlite leads
store=leads
stored odd 'a link leads to it'
store=mysql://u:secret@host/db
run history put odd
exits 2 'a URL of something else is refused'
lacks err secret 'and not shown'

# a disk that takes no more, and one that takes nothing
store=small
history put odd >report
ls -A >before
rows t 2026-03-01 40000 >input
run sh -c 'trap "" XFSZ; ulimit -f 4000; exec "$@"' sh \
	kpipe-history put --store=small --table=modes input
exits 2 'a full disk is a failure'
stored odd 'and nothing of it counts'
# root may write anything, so it is somebody else then
mkdir theirs
cp "$B/bin/kpipe-history" theirs
as_other() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups \
			-- "$@"
	else
		"$@"
	fi
}
if [ "$(id -u)" -eq 0 ]; then
	chmod 711 "$lib_tmp" .
	chown nobody theirs
fi
other=theirs/kpipe-history
if as_other test -x theirs/kpipe-history && chmod 644 odd; then
	as_other $other put --store=theirs/a odd >report
	as_other chmod 400 theirs/a
	run as_other $other put --store=theirs/a --mode=update second
	exits 2 'a file that cannot be written'
	same err 'is told' <<'!'
kpipe-history: theirs/a: it, or the folder that it is in, cannot be written
!
	as_other $other get --store=theirs/a >found
	same_file found odd 'but can be read'
	as_other chmod 600 theirs/a
	as_other chmod 555 theirs
	run as_other $other put --store=theirs/b odd
	exits 2 'a folder that cannot be written'
	same err 'is told' <<'!'
kpipe-history: cannot make 'theirs/b': Permission denied
!
	as_other chmod 755 theirs
	as_other chmod 000 theirs/a
	run as_other $other get --store=theirs/a
	exits 2 'a file that cannot be read'
	has err "^kpipe-history: cannot open 'theirs/a': Permission denied" \
		'is told'
else
	skip 'nobody else can come here' 'what cannot be written'
fi

# the command line
check_usage() {
	run kpipe-history "$@"
	exits 2 "refused: $*"
	empty out 'and nothing is written'
}
check_usage
check_usage take
check_usage get odd
check_usage get --mode=skip
check_usage put --since=2026-01-01
check_usage put --mode=all
check_usage put --key=a,,b
check_usage put --key=a --key=b
check_usage put --store=
check_usage put --table='a"b'
check_usage put --table=sqlite_x
check_usage put --table=1
check_usage get --since=2026-02-30
check_usage get --since=2026-02-03 --until=2026-02-02
check_usage get --days=3
check_usage get --days=3 --until=2026-02-03 --since=2026-02-03
check_usage get "--key=$(printf '\377')"
check_usage dates --missing --until=2026-02-03
check_usage dates --missing --type=t
check_usage dates --key=a
check_usage delete
check_usage delete --type=t
check_usage delete --missing --key=a

# PostgreSQL

kind=PostgreSQL
postgres_start || {
	skip 'PostgreSQL is not installed' 'the same on PostgreSQL'
	all_done
}
store=$postgres
name=$(kpipe-history put --store="$store" </dev/null | jq -r .store)
hold() {
	: >held
	mkfifo sql
	postgres_sql <sql >held &
	holder=$!
	exec 9>sql
	echo "BEGIN; DELETE FROM busy; SELECT 'held';" >&9
	until [ -s held ]; do
		sleep 0.05
	done
}
let_go() {
	echo "ROLLBACK;" >&9
	exec 9>&-
	wait $holder
	rm sql
}
check_store
table=modes
postgres_sql -c "SELECT key || ' ' || (line::jsonb->>'word') FROM modes
	WHERE date = '2026-02-01' ORDER BY key LIMIT 1" >found
echo 'k000001 late' >expected
same_file found expected 'what is stored can be asked for in SQL'
postgres_sql -c "CREATE TABLE wrong (type text, line text)"
table=wrong
run history put odd
exits 2 'a table of something else is refused'
has err 'its table "wrong" is of something else; --table names another$' \
	'which is told'
table=modes
postgres_sql -c 'CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0'
postgres_sql -c 'CREATE DATABASE ascii ENCODING SQL_ASCII TEMPLATE template0'
other=${store%%\?*}
other=${other%postgres}
store="${other}latin?${postgres#*\?}"
run history put odd
exits 2 'a database that does not hold every text is refused'
has err 'a database in LATIN1 does not hold every text' 'which is told'
store="${other}ascii?${postgres#*\?}"
history put odd >report
stored odd 'one that keeps bytes will do'
store="${other}none?${postgres#*\?}"
run history put odd
exits 2 'a database that is not there'
has err 'database "none" does not exist$' 'is told'

# who we are
history_tcp() {
	run kpipe-history "$1" --store="$postgres_tcp" --table=modes
}
PGPASSFILE=$PWD/pgpass
export PGPASSFILE
history_tcp get
exits 2 'a password that is missing'
has err 'no password supplied; set PGPASSWORD, or write it to ~/.pgpass$' \
	'is told, and where it belongs'
PGPASSWORD=wrong-and-secret history_tcp get
exits 2 'a wrong password'
has err 'password authentication failed for user "kpipe"$' 'is told'
PGPASSWORD=$postgres_password history_tcp get
exits 0 'the right one'
same_file out second 'opens the store'
echo "127.0.0.1:*:*:kpipe:$postgres_password" >pgpass
chmod 600 pgpass
history_tcp get
exits 0 'also from a file'
unset PGPASSFILE
with_password=postgresql://kpipe:$postgres_password@${postgres_tcp#*@}
HISTORY_URL=$with_password run kpipe-history put --table=modes second
exits 0 'and in HISTORY_URL'
counts <out >found
echo '[0,0,0,4,0,0]' >expected
same_file found expected 'it is the same store'
cat out err >told
store=$with_password
for store in "$with_password" \
	"postgresql://127.0.0.1/x?user=u&password=$postgres_password" \
	"postgresql://kpipe:a/$postgres_password@127.0.0.1/x" \
	"postgres://kpipe:a@$postgres_password@127.0.0.1/x"; do
	run history get
	exits 2 'a password on the command line is refused'
	has err 'put the URL into HISTORY_URL, or the password into PGPASSWORD' \
		'and where it belongs is told'
	cat out err >>told
done
for HISTORY_URL in "postgresql://kpipe:$postgres_password%zz@127.0.0.1/x" \
	"postgresql://kpipe:a/$postgres_password@127.0.0.1/x" \
	"postgresql://kpipe:a@$postgres_password@127.0.0.1/x" \
	"postgresql://kpipe:$postgres_password@127.0.0.1:1/x" \
	"postgresql://kpipe:$postgres_password@127.0.0.1:1x/x" \
	"postgresql://127.0.0.1:1/x?password=$postgres_password&sslmode=none" \
	"postgresql://kpipe:$postgres_password@127.0.0.1:$postgres_port/none" \
	"postgresql://nobody:$postgres_password@127.0.0.1:$postgres_port/none"; do
	export HISTORY_URL
	run kpipe-history get --max-wait=5
	[ "$status" -ne 0 ] || echo "$HISTORY_URL"
	cat out err >>told
done >found
unset HISTORY_URL
empty found 'none of these opens a store'
lacks told "$postgres_password" 'no message shows the password'
PGHOST=$postgres_dir PGPORT=$postgres_port PGUSER=kpipe PGDATABASE=postgres \
	run kpipe-history get --store=postgresql: --table=modes
exits 0 'a store can be all in the environment'
same_file out second 'and is the same'
postgres_sql -c "CREATE ROLE reader LOGIN; GRANT SELECT ON modes TO reader"
store="postgresql://reader@/postgres?${postgres#*\?}"
stored second 'who may read reads'
run history put --mode=update all
exits 2 'who may not write'
has err 'permission denied' 'is told'

# a server that is not there, or goes
store=$postgres
table=busy
hold
run history put --max-wait=1 all
rows t 2026-02-09 9 >others
{
	cat others
	sed 's/x"/y"/' all
} >input
kpipe-history put --store="$store" --table=busy --mode=update input \
	>report 2>err &
writer=$!
until [ "$(postgres_sql -c "SELECT count(*) FROM pg_stat_activity
	WHERE wait_event_type = 'Lock'")" = 1 ]; do
	sleep 0.05
done
postgres_stop immediate
wait $writer
status=$?
exits 75 'a server that is killed in the middle means try again'
has err '^kpipe-history: postgresql://' 'which is told'
exec 9>&-
wait $holder
run history get
exits 75 'and so does one that is not there'
has err '^kpipe-history: cannot connect to postgresql://' 'which is told'
postgres_again
stored all 'when it is back nothing of that counts'
run history put --mode=update input
exits 0 'and the same again is done'
counts <out >found
echo '[9,3,0,0,0,0]' >expected
same_file found expected 'as a whole'
python3 -c '
import socket, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(5)
print(s.getsockname()[1], flush=True)
time.sleep(300)' >port &
silent=$!
until [ -s port ]; do
	sleep 0.05
done
run kpipe-history get --max-wait=1 --store="postgresql://127.0.0.1:$(cat port)/x?sslmode=disable"
exits 75 'a server that never answers is not waited for'
has err 'no answer for 1 s$' 'longer than it was told'
kill $silent
all_done
