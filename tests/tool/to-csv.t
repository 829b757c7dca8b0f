#!/bin/sh
# to-csv(1)
. "${0%/*}/../lib.sh"

cat >deals.ndjson <<'!'
{"type":"deal","id":"1","properties":{"dealname":"Fit, \"sterk\"\nen vrij","amount":"-5","n":null},"coach_id":"15413220","m":{"a":[1,true],"b":"\u00e9"},"rate":28.70,"won":true}
{"type":"owner","id":"9","won":null}
{"type":"deal","id":"2","properties":{"dealname":"=1+1","amount":"+31612345678","n":12345678901234567890},"coach_id":"","won":false,"rate":-0}
!

run to-csv --type=deal \
	--columns='deal_id=id,name=properties.dealname,n=properties.n,m,rate,won,gone' \
	deals.ndjson
exits 1 'records become rows; a column that none has is empty'
same out 'of the columns named; quotes where needed, numbers as they stand' <<'!'
deal_id,name,n,m,rate,won,gone
1,"Fit, ""sterk""
en vrij",,"{""a"": [1, true], ""b"": ""é""}",28.70,true,
2,=1+1,12345678901234567890,,-0,false,
!
has err "^to-csv: no record has 'gone'; its column is empty\$" 'and told'
run to-csv --columns=id,won deals.ndjson
same out 'without a type all records are rows' <<'!'
id,won
1,true
9,
2,false
!
run to-csv --columns='id,n=properties.n,x=coach_nam' deals.ndjson
exits 1 'a column that no record has is empty'
same err 'and told' <<'!'
to-csv: no record has 'coach_nam'; its column is empty
!
run to-csv --type=none --columns=id,coach_nam deals.ndjson
exits 0 'no records have no columns to miss'
run sh -c 'to-csv --columns=id,won <deals.ndjson'
has out '^9,$' 'standard input is read'
run to-csv --columns=id deals.ndjson - deals.ndjson
ok 'several files are one stream' sh -c 'test "$(wc -l <out)" -eq 7'

# the forms of CSV
printf '%s\n' '{"a":"x;y","b":"z,\tq"}' '{"a":"","b":null}' >forms.ndjson
run to-csv --columns=a,b --delimiter=';' --no-header --crlf forms.ndjson
printf '"x;y";z,\tq\r\n;\r\n' >expected
same_file out expected 'another delimiter, no header, CR LF'
run to-csv --columns=a,b --delimiter=tab forms.ndjson
printf 'a\tb\nx;y\t"z,\tq"\n\t\n' >expected
same_file out expected 'tabs'
run to-csv --columns=a --bom forms.ndjson
printf '\357\273\277a\nx;y\n""\n' >expected
same_file out expected 'a byte order mark; a row of one empty field is no blank line'
for bad in '' ab '"' "'" = é; do
	run to-csv --delimiter="$bad" --columns=a forms.ndjson
	exits 2 "'$bad' is no delimiter"
done

# spreadsheets
cat >guard.ndjson <<'!'
{"v":"=SUM(A1)"}
{"v":"+31612345678"}
{"v":"-5"}
{"v":"-5 x"}
{"v":"@x"}
{"v":"\tx"}
{"v":"\rx"}
{"v":-7}
{"v":"a=b"}
{"v":"=\"a\""}
!
run to-csv --guard --columns==cmd=v guard.ndjson
exits 2 'a column needs a header'
run to-csv --guard --columns='\=cmd=v' guard.ndjson
printf '%s\n' "'=cmd" "'=SUM(A1)" "'+31612345678" -5 "'-5 x" "'@x" \
	"'	x" "\"'$(printf '\r')x\"" -7 a=b "\"'=\"\"a\"\"\"" >expected
same_file out expected 'what a spreadsheet would compute is guarded, numbers stay'

# columns
printf '# of a deal\ndeal_id=id\n\ncoach_id\n' >columns
run to-csv --type=deal --columns=@columns deals.ndjson
same out 'columns may stand in a file' <<'!'
deal_id,coach_id
1,15413220
2,
!
run to-csv --columns=@none deals.ndjson
exits 2 'which must be there'
has err "cannot open 'none': No such file" 'and is named'
run to-csv --columns=id,x=a,x=b deals.ndjson
exits 2 'a header that comes twice is refused'
has err "^to-csv: --columns: column 'x' is there twice" 'and named'
run to-csv --columns= deals.ndjson
exits 2 'no columns are none'
printf '{"a.b":1,"a":{"b":2,"c,d":3}}\n' >points.ndjson
run to-csv --columns='a\.b,a.b=a.b,p=a,q=a.c\,d' points.ndjson
exits 2 'two headers that look the same are refused'
run to-csv --columns='a\.b,x=a.b,p=a,q=a.c\,d' points.ndjson
same out 'points and commas may be in a key; a path and its parent are two' <<'!'
a.b,x,p,q
1,2,"{""b"": 2, ""c,d"": 3}",3
!

# no columns named
run to-csv --type=deal deals.ndjson
exits 0 'columns need no names'
same out 'they are the fields of the first record, objects by their paths' <<'!'
type,id,properties.dealname,properties.amount,properties.n,coach_id,m.a,m.b,rate,won
deal,1,"Fit, ""sterk""
en vrij",-5,,15413220,"[1, true]",é,28.70,true
deal,2,=1+1,+31612345678,12345678901234567890,,,,-0,false
!
printf '%s\n' '{"a":1}' '{"a":2,"b":{"c":1}}' '{"b":{"c":2}}' >later.ndjson
run to-csv later.ndjson
exits 1 'a later field is left out'
same out 'the rest is written' <<'!'
a
1
2
""
!
same err 'it is told once' <<'!'
to-csv: field 'b.c' is left out: the first record has no such field; name it in --columns
!
run sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "{\"k$i\":1}"; done |
	to-csv'
exits 1 'many fields are left out'
has err '^to-csv: and 1 more fields are left out$' 'not all are named'
run sh -c ': | to-csv'
exits 0 'no record, no columns'
empty out 'no output'
run sh -c ': | to-csv --columns=a,b'
same out 'columns that are named make a header' <<'!'
a,b
!

# faults
printf '{"a":1}\n{"a":\n' >broken.ndjson
run to-csv --columns=a broken.ndjson
exits 2 'a broken record is a fault'
has err '^to-csv: broken.ndjson:2: byte ' 'told with its place'
run sh -c 'to-csv --columns=id deals.ndjson >/dev/full'
exits 2 'a full disk is not success'
has err 'cannot write standard output: No space left' 'and is told'
run sh -c 'to-csv --columns=id deals.ndjson >&-'
exits 2 'nor is a closed output'

# Python's reader gets back what went in
command -v python3 >/dev/null || {
	all_done
}
cat >make.py <<'!'
import json, random
random.seed(11)
letters = ['a', 'é', '⭐', '"', ',', '\n', '\r', ' ', '=', ';', "'", '\\', '\t']
with open("odd.ndjson", "w") as o:
    for i in range(3000):
        r = {k: "".join(random.choices(letters, k=random.randint(0, 40)))
            for k in "abc"}
        o.write(json.dumps(r, ensure_ascii=i % 2 == 0) + "\n")
!
cat >check.py <<'!'
import csv, json, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8"),
    delimiter=sys.argv[2], strict=True))
want = [[r[k] for k in "abc"] for r in map(json.loads, open("odd.ndjson"))]
assert rows[0] == ["a", "b", "c"] and rows[1:] == want
!
python3 make.py
to-csv odd.ndjson >a.csv
ok "Python's csv reads the same" python3 check.py a.csv ,
to-csv --delimiter=';' --crlf --columns=a,b,c odd.ndjson >b.csv
ok 'also with another delimiter and CR LF' python3 check.py b.csv ';'
all_done
