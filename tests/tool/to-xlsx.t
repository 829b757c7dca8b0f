#!/bin/sh
# to-xlsx(1)
. "${0%/*}/../lib.sh"

# a Python with openpyxl, a reader that is not ours
python=
for p in python3 /usr/bin/python3; do
	"$p" -c 'import openpyxl' 2>/dev/null && python=$p && break
done
[ -n "$python" ] || skip_all 'no Python with openpyxl'

# show FILE: what openpyxl finds in it
cat >show.py <<'!'
import openpyxl, sys
w = openpyxl.load_workbook(sys.argv[1])
for s in w:
    print("%s: frozen %s, filter %s, state %s" % (s.title, s.freeze_panes,
        s.auto_filter.ref, s.sheet_state))
    print("  bold", sorted(set(c.font.b for c in s[1])),
        sorted(set(c.font.b for r in s.iter_rows(min_row=2) for c in r)))
    for r in s.iter_rows():
        print("  " + " | ".join("%s %r" % (c.data_type, c.value) for c in r))
!
show() {
	"$python" show.py "$1" >shown 2>&1
}

cat >coaches.ndjson <<'!'
{"type":"coach","coach_id":"0015413220","coach_name":"Ann & <Bé>","rate_1m":28.7,"label":"✅ Goed","ok":true,"x":null}
{"type":"deal_class_count","pipeline":"15413220","class":"WON","count":12}
{"type":"coach","coach_id":"2","coach_name":"=1+1","rate_1m":1.10,"label":"⚠️ Uitsluiten","ok":false,"x":12345678901234567890}
{"type":"deal_class_count","pipeline":"15413220","class":"LOST","count":0}
{"type":"other"}
!
columns='coach_id,Coachnaam=coach_name,rate_1m,label,ok,x'

run to-xlsx --output=c.xlsx --sheet=Coaches --type=coach --columns="$columns" \
	--sheet="It's a & b" --type=deal_class_count \
	--columns=pipeline,class,count --sheet=Owners --type=coach_owner \
	--columns=coach_id --optional coaches.ndjson
exits 0 'records become the sheets of a workbook'
empty out 'nothing goes to standard output'
empty err 'nothing is said'
show c.xlsx
same shown 'text is text, numbers are numbers, digits stay; the header is set off' \
	<<'!'
Coaches: frozen A2, filter A1:F3, state visible
  bold [True] [False]
  s 'coach_id' | s 'Coachnaam' | s 'rate_1m' | s 'label' | s 'ok' | s 'x'
  s '0015413220' | s 'Ann & <Bé>' | n 28.7 | s '✅ Goed' | b True | n None
  s '2' | s '=1+1' | n 1.1 | s '⚠️ Uitsluiten' | b False | s '12345678901234567890'
It's a & b: frozen A2, filter A1:C3, state visible
  bold [True] [False]
  s 'pipeline' | s 'class' | s 'count'
  s '15413220' | s 'WON' | n 12
  s '15413220' | s 'LOST' | n 0
!
run xlsx-read --sheet=Coaches --type=coach c.xlsx
same out 'xlsx-read gets the records back' <<'!'
{"type":"coach","coach_id":"0015413220","Coachnaam":"Ann & <Bé>","rate_1m":28.7,"label":"✅ Goed","ok":true,"x":null}
{"type":"coach","coach_id":"2","Coachnaam":"=1+1","rate_1m":1.1,"label":"⚠️ Uitsluiten","ok":false,"x":"12345678901234567890"}
!

# the same bytes, whenever and wherever
cp c.xlsx first.xlsx
sleep 2
TZ=Asia/Tokyo LC_ALL=nl_NL.UTF-8 to-xlsx --output=c.xlsx --sheet=Coaches \
	--type=coach --columns="$columns" --sheet="It's a & b" \
	--type=deal_class_count --columns=pipeline,class,count --sheet=Owners \
	--type=coach_owner --columns=coach_id --optional coaches.ndjson
ok 'the same records make the same bytes' cmp c.xlsx first.xlsx
mkdir x
ok 'it is a sound zip archive' "$python" -c '
import sys, zipfile
z = zipfile.ZipFile("c.xlsx")
assert z.testzip() is None
z.extractall("x")'
ok 'its parts are XML' "$python" -c '
import xml.dom.minidom, zipfile
z = zipfile.ZipFile("c.xlsx")
assert len([xml.dom.minidom.parseString(z.read(n)) for n in z.namelist()]) == 10'
has x/xl/worksheets/sheet1.xml 'min="4" max="4" width="14.7109375"' 'columns are wide enough'
has x/xl/worksheets/sheet1.xml 'numberStoredAsText="1"' \
	'ids get no green corner'
lacks x/xl/worksheets/sheet1.xml '<f' 'no cell is a formula'

# without options for sheets
run to-xlsx --output=all.xlsx coaches.ndjson
exits 1 'fields that the first record has not are something left out'
same err 'which is told' <<'!'
to-xlsx: sheet 'Sheet1': field 'pipeline' is left out: the first record has no such field; name it in --columns
to-xlsx: sheet 'Sheet1': field 'class' is left out: the first record has no such field; name it in --columns
to-xlsx: sheet 'Sheet1': field 'count' is left out: the first record has no such field; name it in --columns
!
ok 'the workbook is there' test -s all.xlsx
run xlsx-read --columns=type,coach_id all.xlsx
has out '^\{"type":"other","coach_id":null\}$' 'with every record'
printf '%s\n' '{"id":"1","p":{"b":1,"a":[1,2]}}' >nested.ndjson
run to-xlsx --output=- nested.ndjson
exits 0 'a workbook may go to standard output'
mv out nested.xlsx
show nested.xlsx
has shown "s 'id' \| s 'p.b' \| s 'p.a'" 'objects are spread over columns'
has shown "s '1' \| n 1 \| s '\[1, 2\]'" 'an array is JSON'
run sh -c 'to-xlsx --output=- --type=coach --columns=coach_id coaches.ndjson |
	xlsx-read'
same out 'and through a pipe' <<'!'
{"coach_id":"0015413220"}
{"coach_id":"2"}
!

# one record in two sheets, files and standard input
run sh -c 'grep coach coaches.ndjson | to-xlsx --output=two.xlsx --sheet=A \
	--columns=coach_id --type=coach --sheet=B --columns=type - nested.ndjson'
run xlsx-read --sheet=B two.xlsx
same out 'a record may be a row of several sheets' <<'!'
{"type":"coach"}
{"type":"coach"}
!
# the row of nested.ndjson has no type: an empty row is no record
show two.xlsx
has shown '^B: frozen A2, filter A1:A4' 'a record without a field is an empty row'

# no rows
run to-xlsx --output=empty.xlsx --sheet=A --type=none --columns=a,b \
	--sheet=B --type=none coaches.ndjson
exits 0 'no rows are fine'
show empty.xlsx
has shown '^A: frozen A2, filter A1:B1' 'columns that are named make a header'
has shown '^B: frozen None, filter None' 'others make nothing'
run to-xlsx --output=no.xlsx --optional --type=none coaches.ndjson
exits 2 'a workbook without a sheet is none'
has err 'no sheet has a row, and a workbook needs a sheet' 'which is said'
not_ok 'and there is no file' test -e no.xlsx

# the command line
run to-xlsx coaches.ndjson
exits 2 'a workbook needs a name'
run to-xlsx --output=o.xlsx --type=coach --sheet=A coaches.ndjson
exits 2 'options of a sheet come behind its name'
has err -- '--sheet stands before the options of its sheet' 'which is said'
run to-xlsx --output=o.xlsx --sheet=A --sheet=a coaches.ndjson
exits 2 'two sheets of one name'
has err "sheet name 'a' is there twice" 'are refused'
for name in '' a/b "'a" 'a[' History '12345678901234567890123456789012'; do
	run to-xlsx --output=o.xlsx --sheet="$name" coaches.ndjson
	exits 2 "'$name' is no name for a sheet"
done
run to-xlsx --output=o.xlsx --columns=@none coaches.ndjson
exits 2 'a file of columns must be there'
run to-xlsx --output=no/such/o.xlsx coaches.ndjson
exits 2 'a folder must be there'
has err "cannot make a temporary file in 'no/such': No such file" \
	'and is named'
ls -A >found
lacks found '^o\.xlsx' 'none of them left a file'

# text that a cell cannot hold
"$python" - <<'!'
import json
with open("long.ndjson", "w") as o:
    for n, c in [(32767, "x"), (32768, "y"), (16384, "\U0001f6ab"), (40000, "é")]:
        o.write(json.dumps({"id": n, "t": c * n}) + "\n")
!
run to-xlsx --output=long.xlsx long.ndjson
exits 1 'text that is cut is something left out'
same err 'each is told' <<'!'
to-xlsx: sheet 'Sheet1', cell B3: text is cut to the 32767 characters that a cell can hold
to-xlsx: sheet 'Sheet1', cell B4: text is cut to the 32767 characters that a cell can hold
to-xlsx: sheet 'Sheet1', cell B5: text is cut to the 32767 characters that a cell can hold
!
ok 'what fits is there' "$python" -c '
import openpyxl
s = openpyxl.load_workbook("long.xlsx").active
t = [c.value for c in s["B"][1:]]
assert t == ["x" * 32767, "y" * 32767, "\U0001f6ab" * 16383, "é" * 32767]'
printf '{"t":"a\\u0001\\r\\n_x0041_\\uffff"}\n' >control.ndjson
run sh -c 'to-xlsx --output=- control.ndjson | xlsx-read'
printf '{"t":"a\\u0001\\r\\n_x0041_\357\277\277"}\n' >expected
same_file out expected 'characters that XML cannot hold come back'

# numbers
printf '%s\n' '{"n":9007199254740992}' '{"n":9007199254740993}' \
	'{"n":0.30000000000000004}' '{"n":28.699999999999999}' '{"n":-0}' \
	'{"n":1e400}' '{"n":1E5}' '{"n":1.0}' \
	'{"n":3.14159265358979323846}' >numbers.ndjson
run to-xlsx --output=numbers.xlsx numbers.ndjson
exits 0 'any number is fine'
run xlsx-read numbers.xlsx
same out 'one that a double cannot hold is text, so that no digit is lost' <<'!'
{"n":9007199254740992}
{"n":"9007199254740993"}
{"n":0.3}
{"n":28.7}
{"n":-0}
{"n":"1e400"}
{"n":100000}
{"n":1}
{"n":"3.14159265358979323846"}
!
show numbers.xlsx
has shown '^  n 9007199254740992$' 'openpyxl sees all digits'

# long sheets: past the rows by which widths are made, and into the file
"$python" - <<'!'
import random
random.seed(2)
with open("rows.ndjson", "w") as o:
    for i in range(60000):
        o.write('{"type":"%s","i":%d,"t":"%032x"}\n' % ("ab"[i % 3 == 0], i,
            random.getrandbits(128)))
!
run to-xlsx --output=rows.xlsx --sheet=a --type=a --sheet=b --type=b rows.ndjson
exits 0 'long sheets that come by turns'
xlsx-read --sheet=a rows.xlsx >a
xlsx-read --sheet=b rows.xlsx >b
cat a b | sort >found
sort rows.ndjson >expected
ok 'lose no row' cmp found expected
ok 'are as others read them' "$python" -c '
import json, openpyxl
w = openpyxl.load_workbook("rows.xlsx", read_only=True)
for name in "ab":
    mine = [list(json.loads(l).values()) for l in open(name)]
    theirs = [list(r) for r in w[name].iter_rows(values_only=True)]
    assert theirs[1:] == mine, name'
yes '{"a":1}' | head -n 1048576 >many.ndjson
run to-xlsx --output=many.xlsx many.ndjson
exits 2 'more rows than a sheet can have'
has err "^to-xlsx: sheet 'Sheet1' has more rows than the 1048576" 'are told'
not_ok 'there is no file then' test -e many.xlsx

# what was there stays until the new one is whole
cp c.xlsx kept.xlsx
printf '{"type":"coach"}\n{"type"\n' >broken.ndjson
run to-xlsx --output=kept.xlsx broken.ndjson
exits 2 'a broken record is a fault'
has err '^to-xlsx: broken.ndjson:2: byte ' 'told with its place'
ok 'the old workbook is as it was' cmp kept.xlsx c.xlsx
mkdir dir tmp
# shellcheck disable=SC3045,SC3047 # a file of 64 blocks is a full disk
run sh -c "trap '' XFSZ; ulimit -f 64; to-xlsx --output=dir/o.xlsx rows.ndjson"
exits 2 'a full disk is not success'
has err '^to-xlsx: no room on the disk of dir, most likely: a workbook .* does not read back' \
	'and is told'
ls -A dir >found
empty found 'nothing half is left'
# shellcheck disable=SC3045,SC3047
run sh -c "trap '' XFSZ; ulimit -f 64; head -n 3500 rows.ndjson |
	to-xlsx --output=dir/o.xlsx"
exits 2 'nor when the workbook itself finds no room'
has err '^to-xlsx: .*(No space|no room)' 'and is told'
ls -A dir >found
empty found 'nothing half is left there'
run env TMPDIR=tmp to-xlsx --output=dir/o.xlsx rows.ndjson
exits 0 'temporary files go to TMPDIR'
run env TMPDIR=tmp/no to-xlsx --output=dir/p.xlsx rows.ndjson
exits 2 'which must be there'
has err "cannot make a temporary file in 'tmp/no': No such file" 'and is named'
ls -A tmp dir >found
same found 'nothing is left there' <<'!'
dir:
o.xlsx

tmp:
!
mkfifo pipe
to-xlsx --output=dir/killed.xlsx rows.ndjson pipe &
pid=$!
exec 3>pipe
kill -TERM $pid
wait $pid 2>/dev/null
exec 3>&-
ls -A dir >found
same found 'killed, it leaves nothing' <<'!'
o.xlsx
!
# what is no file stays what it is
mkfifo device
cat device >through &
run timeout 20 to-xlsx --output=device --type=coach \
	coaches.ndjson
exits 0 'a workbook may go into a FIFO'
wait
ok 'which stays one' test -p device
ok 'and the workbook came through' xlsx-read through
mkdir far
: >far/there.xlsx
ln -s far/there.xlsx link.xlsx
run to-xlsx --output=link.xlsx --type=coach coaches.ndjson
exits 0 'a workbook may go where a link leads'
ok 'which stays a link' test -L link.xlsx
ok 'and the workbook is there' xlsx-read far/there.xlsx
run to-xlsx --output=far coaches.ndjson
exits 2 'a folder is no workbook'
run sh -c 'to-xlsx --output=- coaches.ndjson >/dev/full'
exits 2 'a full standard output is not success'
all_done
