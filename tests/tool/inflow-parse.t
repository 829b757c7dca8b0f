#!/bin/sh
# inflow-parse(1)
. "${0%/*}/../lib.sh"

parse() {
	run inflow-parse --date=2026-02-10 "$@"
}

# export_of HEADER ROW...: an export in export.csv
export_of() {
	printf '%b\n' "$@" >export.csv
}

# cells COLUMN CELL...: an export in cells.csv, with each cell in that column of
# a row of its own
cells() {
	printf 'Employees\tSales\t%s\n' "$1" >cells.csv
	shift
	i=10
	for text in "$@"; do
		printf 'Person %d\t1\t%b\n' "$i" "$text"
		i=$((i + 1))
	done >>cells.csv
}

# shows FILTER NAME: what jq finds in the records equals standard input
shows() {
	jq -c "$1" out >found
	cat >expected
	same_file found expected "$2"
}

# one_cell NAME COLUMN KEY CELL RESULT
one_cell() {
	cells "$2" "$4"
	parse cells.csv
	exits 0 "$1: $4"
	jq -c ".$3" out >found
	echo "$5" >expected
	same_file found expected "$1: $4 is $5"
}

# what must hold, by number
one_cell 'case 1' Tips tips '$1,234.50' 1234.5
one_cell 'case 2' Tips tips '1.234,50' 1234.5
one_cell 'case 3' Tips tips '€ 1\0302\0240234,50' 1234.5
one_cell 'case 4' Tips tips '(12.50)' -12.5
one_cell 'case 5' Tips tips '−3.20' -3.2
one_cell 'case 6' 'Fan CVR' cvr_pct '12.3%' 12.3
one_cell 'case 7' 'Fan CVR' cvr_pct 0 0
for null in - N/A '' — -- – n/a na '#N/A' NULL None nan '#DIV/0!' '#VALUE!' . \
	'\0302\0240'; do
	one_cell 'case 8' Tips tips "$null" null
done
one_cell 'case 9' 'Fans chatted' fans '1,234' 1234
one_cell 'case 10' 'Fan CVR' cvr_pct '12,5' 12.5

export_of 'Employees;Sales;Tips;Fans chatted' 'Ann Vos;1;56,7;1.234'
parse export.csv
exits 0 'case 11: a comma elsewhere in the file'
shows .fans 'case 11: makes a point the mark of thousands' <<'!'
1234
!
export_of 'Employees\tSales\tTips' 'Ann Vos\t1,234.50\t' 'Ben Okafor\t\t1.234,50'
parse export.csv
exits 2 'case 12: both marks in one file'
same err 'case 12: is said with the lines' <<'!'
inflow-parse: export.csv: mixed number formats: line 2 has '1,234.50', line 3 has '1.234,50'; say --decimal
!
empty out 'case 12: and nothing is written'
parse --decimal=point export.csv
exits 1 'with the mark given, what has the other is bad'
same err 'and told' <<'!'
inflow-parse: export.csv:3: column 'Tips': '1.234,50' is no amount of money with a decimal point; row left out
!

one_cell 'case 13' 'Reply time' reply_s '2m 30s' 150
one_cell 'case 14' 'Reply time' reply_s '1h 5m' 3900
one_cell 'case 15' 'Reply time' reply_s 45s 45
one_cell 'case 15' 'Reply time' reply_s 2m 120
one_cell 'case 15' 'Reply time' reply_s 02:31 151
one_cell 'case 15' 'Reply time' reply_s 01:02:03 3723
one_cell 'case 16' 'Clocked hours' clocked_h '8h 12min' 8.2
one_cell 'case 16' 'Clocked hours' clocked_h 0min 0
one_cell 'case 16' 'Clocked hours' clocked_h 7:57 7.95
one_cell 'case 16' 'Clocked hours' clocked_h 7,95 7.95

cells Tips 12abc 5
parse --strict cells.csv
exits 2 'case 17: what is no amount ends a strict run'
empty out 'case 17: without a record'
same err 'case 17: with line, column and text' <<'!'
inflow-parse: cells.csv:2: column 'Tips': '12abc' is no amount of money; row left out
!
parse --keep-going cells.csv
exits 1 'case 17: or is null'
shows .tips 'case 17: and its row stays' <<'!'
null
5
!
has err "cells.csv:2: column 'Tips': '12abc' .*; taken as null$" 'case 17: it is told'
parse cells.csv
exits 1 'case 17: or its row is left out'
shows .name 'case 17: the other is not' <<'!'
"Person 11"
!

export_of 'Employees,Sales,Tips' '"Moreno, Alice",5,1'
parse export.csv
shows .name 'case 18: a delimiter inside quotes' <<'!'
"Moreno, Alice"
!
export_of 'Employees,Sales,Fans chatted per hour' 'Ann Vos,5,7.5'
parse export.csv
shows '[.fans,.fans_hr_csv]' 'case 19: a longer header is another column' <<'!'
[null,7.5]
!
export_of '\0357\0273\0277Employees;Group;Sales;Tips' 'Ann Vos;Day;5;1'
parse export.csv
shows '[.name,.group,.sales]' 'case 20: the byte order mark, and the delimiter' <<'!'
["Ann Vos","Day",5]
!
export_of 'Date/Time Africa/Monrovia,Employees,Sales,Tips' \
	'2026-02-10 00:00:00 - 2026-02-10 23:59:59,Ann Vos,5,1'
run inflow-parse export.csv
shows '[.date,.tz]' 'case 21: a day as a range, and the zone of the header' <<'!'
["2026-02-10","Africa/Monrovia"]
!
export_of 'Date,Employees,Sales,Tips' \
	'2026-02-09 00:00:00 - 2026-02-15 23:59:59,Ann Vos,5,1'
run inflow-parse export.csv
exits 2 'case 22: a week is refused'
same err 'case 22: with the remedy' <<'!'
inflow-parse: export.csv:2: '2026-02-09 00:00:00 - 2026-02-15 23:59:59' is more than one day; export one day, or say --allow-multiday
!
run inflow-parse --allow-multiday export.csv
shows .date 'case 22: or has the date of its end' <<'!'
"2026-02-15"
!
printf 'PK\003\004rest' >book.csv
run inflow-parse book.csv
exits 2 'case 23: a workbook'
same err 'case 23: is named' <<'!'
inflow-parse: book.csv: this is an Excel workbook; export as CSV
!
printf 'Employees,Sales,Tips\nPe\361a Ruiz,5,1\n' >latin.csv
run inflow-parse --date=2026-02-10 latin.csv
shows .name 'case 24: Windows-1252' <<'!'
"Peña Ruiz"
!
export_of 'Employees,Creators,Sales,Messages sent,PPVs sent,PPVs unlocked,Reply time' \
	'Ann Vos,One,100,200,6,3,90s' 'ann  VOS,Two,50,100,6,1,180s'
parse export.csv
shows '[.name,.creators,.sales,.golden_pct,(.unlock_pct*1000|round),.reply_s,.rows]' \
	'case 25: rows of one person and day' <<'!'
["Ann Vos","One, Two",150,4,33333,120,2]
!
export_of 'Employees,Sales,Unlock rate,Golden ratio' 'Ann Vos,1,0.41,0.031' \
	'Ben Okafor,1,0.38,0.29'
parse export.csv
exits 0 'case 26: fractions'
shows '[.unlock_pct,.golden_pct]' 'case 26: are taken times 100, to the digit' <<'!'
[41,3.1]
[38,29]
!
has err 'percentages are fractions and were taken times 100' 'case 26: which is told'
parse --percent=points export.csv
shows .unlock_pct 'unless they are said to be points' <<'!'
0.41
0.38
!

# more cells
one_cell 'spaces between thousands' Tips tips '1 234 567' 1234567
one_cell 'apostrophes' Tips tips "1'234.5" 1234.5
one_cell 'points between thousands' Tips tips 1.234.567 1234567
one_cell 'a currency behind' Tips tips '12,50 EUR' 12.5
one_cell 'a sign before the currency' Tips tips '-$12.5' -12.5
one_cell 'a decimal, no thousands' Tips tips 1.234 1.234
one_cell 'a leading zero' Tips tips 0,125 0.125
one_cell 'a whole count' 'Fans chatted' fans 63.0 63
one_cell 'min' 'Reply time' reply_s '2 min' 120
one_cell 'a bare number' 'Reply time' reply_s 102 102
one_cell 'no reply time' 'Reply time' reply_s 0 0
one_cell 'hours and seconds' 'Clocked hours' clocked_h 7:57:36 7.96
for bad in '1,23,456' '1 23' '12 %' 1e5 '12.' '(5' '5)' '--5' '$' '1.234,5.6' \
	0x10 '1,2345,678' inf; do
	cells Tips "$bad"
	parse cells.csv
	exits 1 "'$bad' is no amount"
	empty out "'$bad' is left out"
done
for bad in 02:75 1:60:00 2m1h '5 apples' -5 61:10 '$5'; do
	cells 'Reply time' "$bad"
	parse cells.csv
	exits 1 "'$bad' is no reply time"
done
cells 'Reply time' 1.5
parse --reply-unit=min cells.csv
shows .reply_s 'bare reply times may be minutes' <<'!'
90
!
cells 'Fans chatted' 63.4 -2
parse cells.csv
exits 0 'odd counts'
shows .fans 'are rounded, or null' <<'!'
63
null
!
same err 'and told' <<'!'
inflow-parse: cells.csv:2: column 'Fans chatted': a count that is not whole was rounded
inflow-parse: cells.csv:3: column 'Fans chatted': a count below zero was taken as null
!
cells 'Fans chatted' 1.234 5
parse cells.csv
exits 1 'a count that may be one or a thousand'
same err 'is not guessed' <<'!'
inflow-parse: cells.csv:2: column 'Fans chatted': 1.234 with three digits behind the mark may be thousands; say --decimal; row left out
!
parse --decimal=comma cells.csv
shows .fans 'but can be said' <<'!'
1234
5
!
export_of 'Employees,Sales,Unlock rate,Fan CVR' 'Ann Vos,1,0.41,9.5'
parse export.csv
exits 2 'percentages that contradict each other'
has err 'unlock rates are fractions.* another percentage is 9.5; say --percent$' 'are told'

# dates
on_day() { # on_day CELL DATE [OPTION]
	export_of 'Date;Employees;Sales;Tips' "$1;Ann Vos;5;1"
	run inflow-parse ${3+"$3"} export.csv
	jq -r .date out >found
	echo "$2" >expected
	same_file found expected "the day $1 ${3-}"
}
on_day 2026-02-10T08:00:00+01:00 2026-02-10
on_day 2026-02-10T08:00:00Z 2026-02-10
on_day 02/10/2026 2026-02-10
on_day 02/10/2026 2026-10-02 --date-order=dmy
on_day 13/02/2026 2026-02-13
on_day 02/13/2026 2026-02-13 --date-order=dmy
on_day 10-02-2026 2026-10-02
on_day 10.02.2026 2026-02-10
on_day '10.02.2026 00:00 - 10.02.2026 23:59' 2026-02-10
for bad in 2026-02-30 2026-2-10 10/02/26 'February 10' 2026-02-10x \
	'2026-02-10 25:00' '2026-02-10 -' '2026-02-11 - 2026-02-10'; do
	export_of 'Date;Employees;Sales;Tips' "$bad;Ann Vos;5;1"
	run inflow-parse export.csv
	exits 1 "'$bad' is no day"
	has err "column 'Date': '.*' is no date; row left out" "'$bad' is told"
done
{
	echo 'Date;Employees;Sales;Tips'
	for person in 1 2 3 4 5 6 7 8 9; do
		echo "some day;Person $person;$person;1"
		echo "2026-02-10;Person $person;7;1"
	done
	echo '2026-02-10;Ben Okafor;5;1'
} >export.csv
run inflow-parse export.csv
exits 1 'rows whose day is not readable'
shows .name 'leave out all days of their people' <<'!'
"Ben Okafor"
!
export_of 'Date;Employees;Sales;Tips' '2026-02-10;Ann Vos;5;1' \
	'2026-02-11;Ben Okafor;5;1'
parse export.csv
exits 0 'rows of other days'
shows .name 'are not taken' <<'!'
"Ann Vos"
!
same err 'and counted' <<'!'
inflow-parse: export.csv: 1 rows of other days are not taken
!
run inflow-parse --date=2026-02-12 export.csv
exits 2 'no row of the day'
export_of 'Employees,Sales,Tips' 'Ann Vos,5,1'
run inflow-parse export.csv
exits 2 'no day at all'
has err 'no column has the day, .* say --date$' 'has a remedy'
mkdir in
cp export.csv in/inflow_20260210_full.csv
run inflow-parse in/inflow_20260210_full.csv
shows .date 'the day of the file name' <<'!'
"2026-02-10"
!
cp export.csv 2026-02-10_2026-02-11.csv
run inflow-parse 2026-02-10_2026-02-11.csv
exits 2 'two days in a name are none'
export_of 'Duration,Employees,Sales,Tips' ',Ann Vos,5,1' '2026-02-10,Ben Okafor,5,1'
run inflow-parse export.csv
exits 1 'a duration that is a date: a row without one'
shows .date 'is left out' <<'!'
"2026-02-10"
!
export_of 'Duration,Employees,Sales,Tips' '8h,Ann Vos,5,1'
parse export.csv
shows '[.date,.clocked_h]' 'any other duration is nothing' <<'!'
["2026-02-10",null]
!

# the file
for delimiter in ',' ';' '\t' '|'; do
	printf '%b' "Report of the day\n\nEmployees${delimiter}Sales${delimiter}Tips\nAnn Vos${delimiter}5${delimiter}1\n\nBen Okafor${delimiter}6${delimiter}2\n" >export.csv
	parse export.csv
	shows '[.name,.sales,.tips]' "a line before the header; between cells '$delimiter'" <<'!'
["Ann Vos",5,1]
["Ben Okafor",6,2]
!
done
printf 'sep=;\r\nEmployees;Sales;Tips\r\nAnn Vos;5,5;1\r\n' >export.csv
parse export.csv
shows .sales 'the delimiter that a first line says' <<'!'
5.5
!
printf 'Employees,Sales,Tips\rAnn Vos,5,1\rBen Okafor,6,2' >export.csv
parse export.csv
shows .name 'lines that end in CR, the last in nothing' <<'!'
"Ann Vos"
"Ben Okafor"
!
export_of 'Employees,Sales,Tips' 'Total,11,3' 'Ann Vos,5,1' 'Employees,Sales,Tips' \
	'Ben Okafor,6,2' ',,' 'AVERAGE,5,1' 'All employees,1,1' ',5,5' 'Idle Person,0,' \
	'Ann Vos,5,1' 'Short Row,4'
parse export.csv
exits 0 'totals, repeated headers and rows, idle people'
shows '[.name,.sales,.tips,.rows]' 'are no records; a short row has nulls' <<'!'
["Ann Vos",5,1,1]
["Ben Okafor",6,2,1]
["Short Row",4,null,1]
!
empty err 'and not told'
export_of 'Employees,Sales,Tips' 'Vos, Ann,5,1' 'Ben Okafor,6,2,' 'Chi Wu,1,1'
parse export.csv
exits 1 'a row with more cells than headers'
shows .name 'is left out, unless they are empty' <<'!'
"Ben Okafor"
"Chi Wu"
!
has err 'export.csv:2: it has 4 cells, the header has 3; row left out' 'and told'
export_of 'Employees,Tips,Sales,Net sales,Sales per lead' 'Ann Vos,5,6,7,1'
parse --column-map=/dev/null export.csv
exits 2 'a map that is none'
parse export.csv
same err 'columns that are there twice or not known are told' <<'!'
inflow-parse: export.csv:1: column 4, 'Net sales', is passed over: another has that meaning
inflow-parse: export.csv:1: columns that are not known are passed over: 'Sales per lead'
!
shows '[.sales,.tips]' 'and passed over' <<'!'
[6,5]
!
echo '{"tips":["Sales per Lead"],"golden_pct":["tips ($)"]}' >map.json
parse --column-map=map.json export.csv
shows '[.tips,.golden_pct]' 'the user may know better' <<'!'
[1,5]
!
echo '{"sale":[]}' >map.json
parse --column-map=map.json export.csv
exits 2 'a key that no record has'
export_of 'Chatter,Response time (based on scheduled hours),Ventas,RESPONSE_TIME,Tasa de conversión (%)' \
	'Ann Vos,1m,5,2m,8'
run inflow-parse --print-map export.csv
exits 0 'the map'
same out 'headers in other words' <<'!'
{"type":"inflow_map","encoding":"UTF-8","delimiter":",","line":1,"tz":null,"columns":{"sales":"Ventas","cvr_pct":"Tasa de conversión (%)","reply_s":"RESPONSE_TIME","name":"Chatter"},"unknown":[]}
!

# one person, several rows
export_of 'Employees,Creators,Sales,Messages sent' 'Ann Vos,"One, Two",150,300' \
	'Ann Vos,One,100,200' 'Ann Vos,Two,50,100' 'Ann Vos,Three,7,1'
parse export.csv
shows '[.creators,.sales,.rows]' 'parts of a row for several creators are dropped' <<'!'
["One, Two, Three",157,2]
!
export_of 'Employees,Creators,Sales,Tips' 'Ann Vos,One,10,1' 'Ann Vos,Two,x,1' \
	'Ben Okafor,One,5,1'
parse export.csv
exits 1 'a bad row among several'
shows .name 'leaves out the person: a part of a sum is no figure' <<'!'
"Ben Okafor"
!
same err 'which is told' <<'!'
inflow-parse: export.csv:3: column 'Sales': 'x' is no amount of money; row left out
inflow-parse: export.csv:2: 'Ann Vos' has rows that were left out: the other 1 of 2026-02-10 are too
!
export_of 'Employees,Creators,Sales,Messages sent' 'Ann Vos,One,100,5' 'ANN VOS,Two,-30,0'
parse export.csv
shows .sales 'a refund counts where nothing else was done' <<'!'
70
!
export_of 'Employees,Sales,PPVs sent,PPVs unlocked,Unlock rate,Fans chatted,Fans who spent' \
	'Ann Vos,5,50,20,45%,10,1'
parse export.csv
exits 0 'a percentage that is not what its counts make'
shows '[.unlock_pct,.cvr_pct]' 'stays; one that is missing is made' <<'!'
[45,10]
!
same err 'which is told' <<'!'
inflow-parse: export.csv:2: column 'Unlock rate' has 45.0 %, its counts make 40.0 %
!

export_of 'Employees,Creators,Sales,Tips,Clocked hours' 'Ann Vos,One,0.1,1.10,8h 12min' \
	'Ann Vos,Two,0.2,2.20,7.95' 'Ann Vos,Three,-0.3,3.3,0:01' \
	'Ben Okafor,One,0.1,10.01,0.1' 'Ben Okafor,Two,0.2,-0.02,0.2'
parse export.csv
shows '[.sales,.tips,.clocked_h]' 'sums are to the digit' <<'!'
[0,6.6,16.166666666666668]
[0.3,9.99,0.3]
!
same_numbers() { # same_numbers KEY NAME: as the text has them, not as jq would
	grep -o "\"$1\":[^,]*" out >found
	cat >expected
	same_file found expected "$2"
}
same_numbers sales 'and are written so' <<'!'
"sales":0
"sales":0.3
!
awk 'BEGIN { print "Employees,Creators,Sales,Tips"
	for (i = 0; i < 9973; i++)
		printf "Ann Vos,%d,$%d.%02d,%.1f\n", i, i % 89, i % 100, i % 7 / 10 }' >export.csv
parse export.csv
awk 'BEGIN { for (i = 0; i < 9973; i++) c += i % 89 * 100 + i % 100
	printf "\"sales\":%d.%02d\n", c / 100, c % 100 }' >cents
same_numbers sales 'sums of many cents are cents' <cents
export_of 'Employees,Creators,Sales,Tips' 'Ann Vos,One,0.28999999999999998,1' \
	'Ann Vos,Two,0.01,12345678901234567890' 'Ann Vos,Three,0.7,1' \
	'Ann Vos,Four,,0.00000000000001' 'Ann Vos,Five,,90000000000000.5'
parse export.csv
shows '[.sales,.tips>1.23e19,.tips<1.24e19]' 'cells with the tails of a spreadsheet, or too long' <<'!'
[1,true,true]
!

# the zone of the days
for zone in Africa/Monrovia GMT etc/utc UTC; do
	export_of "Date/Time $zone,Employees,Sales,Tips" '2026-02-10,Ann Vos,5,1'
	run inflow-parse export.csv
	exits 0 "$zone is UTC"
	empty err "$zone is not told"
done
export_of 'Date & time Europe/Amsterdam,Employees,Sales,Tips' '2026-02-10,Ann Vos,5,1'
run inflow-parse export.csv
exits 0 'days of another zone'
shows .tz 'are taken' <<'!'
"Europe/Amsterdam"
!
same err 'and told' <<'!'
inflow-parse: export.csv:1: its days are of the zone 'Europe/Amsterdam', not of UTC: other hours are of other days; say --timezone where it is right
!
run inflow-parse --timezone=europe/amsterdam export.csv
exits 0 'unless that is the zone'
empty err 'which is then not told'
export_of 'Date/Time UTC,Employees,Sales,Tips' '2026-02-10,Ann Vos,5,1'
run inflow-parse --timezone=Europe/Amsterdam export.csv
has err "of the zone 'UTC', not of Europe/Amsterdam" 'UTC where it is not wanted'

# lines
export_of 'Employees,Creators,Sales,Tips' 'Ann Vos,"One,\nTwo\r\nThree",5,1' \
	'Ben Okafor,"Four\n\n",x,1' '' 'Chi Wu,"Fi""ve",5,y' '"Dee ""D"" Day",Six,5,1'
parse export.csv
exits 1 'cells of several lines'
same err 'a bad cell is told with the line its row starts in' <<'!'
inflow-parse: export.csv:5: column 'Sales': 'x' is no amount of money; row left out
inflow-parse: export.csv:9: column 'Tips': 'y' is no amount of money; row left out
!
shows '[.name,.creators]' 'and cells are what they are' <<'!'
["Ann Vos","One,\nTwo\r\nThree"]
["Dee \"D\" Day","Six"]
!

# encodings
export_of 'Employees,Sales,Tips' 'Zoë Núñez,5,1'
for encoding in UTF-16LE UTF-16BE; do
	iconv -f UTF-8 -t $encoding export.csv >wide.csv
	parse wide.csv
	shows .name "$encoding without a mark" <<'!'
"Zoë Núñez"
!
done
iconv -f UTF-8 -t UTF-16 export.csv >wide.csv
parse --verbose wide.csv
has err 'wide.csv: read as UTF-16LE$' 'UTF-16 by its mark'
{
	echo 'Employees,Sales,Tips'
	for name in 'Иван Петров' 'Мария Соколова' 'Алексей Кузнецов' \
		'Ольга Новикова' 'Дмитрий Морозов'; do
		echo "$name,5,1"
	done
} | iconv -f UTF-8 -t WINDOWS-1251 >cyrillic.csv
parse cyrillic.csv
has out '"name":"Иван Петров"' 'another script is recognised'
parse --encoding=WINDOWS-1252 cyrillic.csv
has out '"name":"Èâàí Ïåòðîâ"' 'or given'
parse --encoding=UTF-8 latin.csv
exits 2 'bytes that are not in the encoding given'
printf 'Employees,Sales,Tips\nA\201,5,1\n' >latin.csv
parse latin.csv
exits 2 'bytes that are in none'
has err 'latin.csv: byte 23: is not in WINDOWS-1252; say --encoding$' 'are told'
parse --encoding=morse latin.csv
exits 2 'no such encoding'

# what is none
refused() { # refused BYTES PATTERN NAME
	printf '%b' "$1" >bad.csv
	parse bad.csv
	exits 2 "$3"
	has err "^inflow-parse: bad.csv$2" "$3: it is said"
	empty out "$3: nothing is written"
}
refused '' ': is empty' 'an empty file'
refused '<!DOCTYPE html><p>Log in' ': this is a web page' 'a web page'
refused '\0320\0317\0021\0340x' ': this is an Excel workbook' 'an old workbook'
refused 'a,\0000b\nc\n' ': has NUL bytes' 'NUL bytes'
refused 'a,b,c\n1,2,3\n' ": is no export of Inflow's: it has no column 'Employees' and none 'Sales'; it has 'a', 'b', 'c'" 'another table'
refused 'Employees,Tips,Fans\nx,1,2\n' ": is no export of Inflow's: it has no column 'Sales'; it has" 'no sales'
refused 'Employees,Sales,Tips\n' ': has no rows of employees' 'a header alone'
refused 'Employees,Sales,Tips\n"Ann,1,2\n' ':2: the file ends inside quotes' 'an open quote'
refused '1\n2\n3\n4\n5\n6\nEmployees,Sales,Tips\nAnn Vos,1,2\n' ": is no export of Inflow's" \
	'a header below six lines'

# no file, two files, a pipe, a full disk
export_of 'Employees,Sales,Tips' 'Ann Vos,5,1'
parse export.csv
mv out whole
run sh -c 'cat export.csv | inflow-parse --date=2026-02-10'
same_file out whole 'a pipe is read as a file is'
parse nothing.csv
exits 2 'a file that is not there'
parse export.csv export.csv
exits 2 'two files'
parse --keep-going --strict export.csv
exits 2 'two ways with bad cells'
for option in date=x date-order=ymd decimal=. percent=x reply-unit=h delimiter=ab; do
	run inflow-parse --$option export.csv
	exits 2 "--$option is no choice"
done
run sh -c 'inflow-parse --date=2026-02-10 export.csv >/dev/full'
exits 2 'a full disk is not success'

# more rows than are sorted in memory at once
awk 'BEGIN { print "Employees,Creators,Sales,Messages sent"
	for (i = 0; i < 200000; i++)
		printf "Person %d,Creator %d,%d,1\n", i * 7919 % 1009, i, i % 100 }' >large.csv
parse large.csv
exits 0 'more rows than memory holds'
jq -r '[.name, .messages_sent, .sales] | @tsv' out >found
awk 'BEGIN { for (i = 0; i < 200000; i++) {
		n[i * 7919 % 1009]++; s[i * 7919 % 1009] += i % 100 }
	for (k in n) printf "Person %d\t%d\t%d\n", k, n[k], s[k] }' |
	sort -t "$(printf '\t')" -k 1,1 >expected
same_file found expected 'each person is added up, in the order of names'

# random exports, read by another program
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
	python3 "$top/tests/reference/inflow.py" --write=$seed random.csv
	run inflow-parse random.csv
	ok "random export $seed: as the reference reads it" \
		python3 "$top/tests/reference/inflow.py" random.csv out "$status"
done
all_done
