#!/bin/sh
# csv-read(1)
. "${0%/*}/../lib.sh"

printf '\357\273\277id,naam,noot\r\n007,"Vos, ""Anna""\r\n(2)",\r\n\r\n008, Bram ,""\r\n' >a.csv
run csv-read a.csv
exits 0 'rows become records'
same out 'text as it stands: quotes, line ends, blanks, zeros; an empty field is null' <<'!'
{"id":"007","naam":"Vos, \"Anna\"\r\n(2)","noot":null}
{"id":"008","naam":" Bram ","noot":""}
!
empty err 'nothing is said'
cp out records
run sh -c 'csv-read <a.csv'
same_file out records 'standard input is read'
run csv-read - <a.csv
same_file out records 'also as -'

# the forms
printf 'a;b\r1;x,y\r2;"z"' >cr.csv
run csv-read --delimiter=';' cr.csv
same out 'rows end in CR, the last in nothing' <<'!'
{"a":"1","b":"x,y"}
{"a":"2","b":"z"}
!

printf 'a\tb\n1\t\n' >tab.csv
run csv-read --delimiter=tab tab.csv
same out 'tabs' <<'!'
{"a":"1","b":null}
!
for bad in '' ab '"' é; do
	run csv-read --delimiter="$bad" a.csv
	exits 2 "'$bad' is no delimiter"
done

# keys
printf 'naam,,naam,type\nx,,y,z\n\n,q,,\n' >keys.csv
run csv-read keys.csv
same out 'a header twice is numbered; without one the letter, where it is not empty' <<'!'
{"naam":"x","naam_2":"y","type":"z"}
{"naam":null,"B":"q","naam_2":null,"type":null}
!
run csv-read --type=t keys.csv
has out '^\{"type":"t","naam":"x","naam_2":"y","type_2":"z"\}$' \
	"a column does not take the record's type"
run csv-read --columns=n=naam_2,naam keys.csv
same out 'columns are chosen, by their keys' <<'!'
{"n":"y","naam":"x"}
{"n":null,"naam":null}
!
run csv-read --type=t --columns=n=naam_2 keys.csv
has out '^\{"type":"t","n":"y"\}$' 'with a type before them'
run csv-read --columns=x keys.csv
exits 2 'a column that is not there'
same err 'is named beside those that are' <<'!'
csv-read: keys.csv: has no column 'x'; it has 'naam', 'naam_2', 'type'
!
run csv-read --rename=coach=naam,older=gone keys.csv
has out '^\{"coach":"x",.*"type":"z"\}$' 'a column has another key'
run csv-read --rename=a=naam --columns=naam keys.csv
exits 2 'keys are given in one way'
run csv-read --type=x --columns=type keys.csv
exits 2 'one key for two things is refused'

# rows of another length
{
	echo a,b
	seq 1 12
	echo x,y
	echo 1,2,3
} >short.csv
run csv-read short.csv
exits 1 'rows of another length are left out'
same out 'the others are not' <<'!'
{"a":"x","b":"y"}
!
has err '^csv-read: short.csv:2: row left out: it has 1 cells, the header has 2$' \
	'told with the line'
has err '^csv-read: short.csv: and 3 more rows left out$' 'and not without end'

# what is no CSV
refused() { # refused BYTES PATTERN NAME
	printf '%b' "$1" >bad.csv
	run csv-read bad.csv
	exits 2 "$3"
	has err "^csv-read: bad.csv$2" "$3: it is said"
}
refused '' ': is empty: it has no header' 'an empty file'
refused '\0357\0273\0277' ': is empty: it has no header' 'a mark alone'
refused '\n\n' ': is empty: it has no header' 'blank lines alone'
refused 'a\n"x\ny' ':2: the file ends inside quotes' 'a quote that stays open'
refused 'a\n1\nx"y"\n' ':3: a quote where none can be' 'quotes inside a field'
refused 'a\n"x"y\n' ':2: a quote where none can be' 'text behind quotes'
refused 'a\n1\nx\0000y\n' ':3: has a NUL' 'a NUL'
refused 'a\ncaf\0351\n' ':2: is not UTF-8; convert' 'Latin-1'
refused 'a\n\0355\0240\0200\n' ':2: is not UTF-8' 'a surrogate'
refused 'a,b\n\0331,\0237\n' ':2: is not UTF-8' 'a character in two cells'
refused 'a\0377\nx\n' ':1: is not UTF-8' 'a header in no encoding'
{
	printf 'a\n"'
	head -c 40000000 /dev/zero | tr '\0' 'x'
} >long.csv
run csv-read long.csv
exits 2 'a row without an end'
has err '^csv-read: long.csv:2: the row is too long; is a quote missing\?$' \
	'is not read on and on'
{
	echo a,b
	head -c 9000000 /dev/zero | tr '\0' 'x'
	printf ,
	head -c 9000000 /dev/zero | tr '\0' 'y'
} >long.csv
run csv-read long.csv
exits 2 'two cells that are too long together'
has err '^csv-read: long.csv:2: the row is too long' 'are not cut'
python3 -c 'n = 65536; print("a" + "," * (n - 1)); print("," * (n - 1) + "x")' >long.csv
run csv-read long.csv
exits 0 'a row of 65,536 cells'
same out 'has letters for its columns' <<'!'
{"a":null,"CRXP":"x"}
!
sed 's/$/,/' long.csv >wide.csv
run csv-read wide.csv
exits 2 'one cell more'
has err '^csv-read: wide.csv:1: the row has more than 65,536 cells$' 'is too many'
rm long.csv wide.csv
printf 'a,b\n"1\n2",x\n"3\n\n",y\nq\n' >lines.csv
run csv-read lines.csv
has err '^csv-read: lines.csv:7: row left out' 'lines inside quotes are counted'

printf '\ra,b\r\n\r1\n' >lines.csv
run csv-read lines.csv
has err '^csv-read: lines.csv:4: row left out' 'as are blank ones, however they end'

# the same rows by another reader
python3 - <<'!'
import csv, json, random
draw = random.Random(7)
alphabet = ['a', 'é', '🧡', '"', ',', '\n', '\r\n', ' ', ';', "'", '\\', '\u2028']
rows = [[''.join(draw.choices(alphabet, k=draw.randint(1, 9))) for _ in range(4)]
        for _ in range(3000)]
with open('random.csv', 'w', newline='', encoding='utf-8') as f:
    csv.writer(f, quoting=csv.QUOTE_ALL).writerows([list('wxyz')] + rows)
with open('expected', 'w', encoding='utf-8') as f:
    for r in rows:
        f.write(json.dumps(dict(zip('wxyz', r)), ensure_ascii=False,
                           separators=(',', ':')) + '\n')
!
csv-read random.csv | jq -c . >found
same_file found expected 'random fields are what Python wrote'
jq -c . expected | to-csv --columns=w,x,y,z | csv-read | jq -c . >found
same_file found expected 'and come back from to-csv'

run csv-read nothing.csv
exits 2 'a file that is not there'
run csv-read a.csv a.csv
exits 2 'two files'
run sh -c 'csv-read a.csv >/dev/full'
exits 2 'a full disk is not success'
has err 'No space left' 'and is said'
all_done
