#!/bin/sh
# runs(1)
. "${0%/*}/../lib.sh"

python=python3
"$python" -c 'import openpyxl' 2>/dev/null || python=/usr/bin/python3
"$python" -c 'import openpyxl' 2>/dev/null || skip_all 'no openpyxl'

# workbook FILE: a sheet Coaches of what stands on standard input, cells
# separated by tabs; numbers are number cells unless they begin with a quote
workbook() {
	mkdir -p "${1%/*}"
	"$python" -c '
import sys, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Coaches"
for line in sys.stdin.buffer.read().decode().splitlines():
    row = []
    for cell in line.split("\t"):
        try:
            row.append(float(cell) if "." in cell else int(cell))
        except ValueError:
            row.append(cell.lstrip("\x27") or None)
    sheet.append(row)
book.save(sys.argv[1])' "$1"
}

# some COACHES FILE: a workbook with so many rows
some() {
	{
		printf 'coach_id\tdeals_1m\tsmoothed_1m\n'
		seq "$1" | sed 's/$/\t1\t50/'
	} | workbook "$2"
}

# run_folder ID [COACHES]
run_folder() {
	some "${2-2}" "data/$1/coach_eligibility.xlsx"
	echo deal_id >"data/$1/deals_flat.csv"
	echo enums >"data/$1/enums.xlsx"
}

# selected ID NAME
selected() {
	jq -r .selected data/runs.json >selected
	echo "$1" >expected
	same_file selected expected "$2"
}

# files but those of the checks themselves
everything() {
	find data outside | sort
}

# no data folder, no runs

run runs list
exits 2 'without a data folder'
same err 'it says what to do' <<'!'
runs: no data folder; fetch with coach-refresh: cannot open folder 'data': No such file or directory
!
mkdir data
run runs list
exits 0 'no runs are no error'
empty out 'and no records'
empty err 'and no message'
same data/runs.json 'runs.json without runs' <<'!'
{
  "runs": [],
  "selected": null
}
!
run runs show
exits 2 'there is nothing to show'
has err 'No coach_eligibility' 'the message says that there is no coach file'
run runs --text list
exits 0 'no runs are no error for people'
has err 'no runs yet; fetch with coach-refresh' 'who are told what to do'

# listing

run_folder 20260201_060000
run_folder 20260301_060000 5
truncate -s 1000 data/20260301_060000/deals_flat.csv
rm data/20260301_060000/enums.xlsx
size=$(stat -c %s data/20260301_060000/coach_eligibility.xlsx)
mkdir data/20260401_060000 # a run that failed
echo x >data/20260401_060000/deals_flat.csv
cp -R data/20260201_060000 data/20261301_060000
cp -R data/20260201_060000 data/backup_20260201
cp -R data/20260201_060000 data/2026-0201_06000
cp -R data/20260201_060000 outside
ln -s "$PWD/outside" data/20260101_060000
mkdir data/20260102_060000 data/20260103_060000
ln -s "$PWD/outside/coach_eligibility.xlsx" data/20260102_060000
mkfifo data/20260103_060000/coach_eligibility.xlsx
run runs list
exits 0 'runs are listed'
empty err 'without a word'
jq -r .run_id out >ids
same ids 'newest first; neither failed runs, nor other names, nor links' <<'!'
20260301_060000
20260201_060000
!
jq -n --arg folder "$PWD/data/20260301_060000" --argjson size "$size" '{
	type: "run", run_id: "20260301_060000", folder: $folder,
	datetime: "2026-03-01T06:00:00",
	datetime_display: "01-03-2026 06:00:00", date_display: "01-03-2026",
	time_display: "06:00:00",
	size_kb: ((($size + 1000) / 1024 * 10 | round) / 10),
	coach_count: 5, has_enums: false, selected: true }' >expected
head -n 1 out | jq . >found
same_file found expected 'a record holds what its page says'
jq '.runs[0]' data/runs.json >found
jq 'del(.type, .selected)' expected >expected1
same_file found expected1 'so does runs.json'
head -n 4 data/runs.json >found
same found 'which is indented by two' <<'!'
{
  "runs": [
    {
      "run_id": "20260301_060000",
!
selected 20260301_060000 'the newest is selected when none was'
run runs --text list
sed 's/([0-9.]* KB)/(n KB)/' out >found
same found 'for people: time, coaches, size, and a star' <<'!'
* 20260301_060000  01-03-2026 06:00:00 UTC - 5 coaches (n KB)
  20260201_060000  01-02-2026 06:00:00 UTC - 2 coaches (n KB)
!
touch -d 2020-01-01 data/runs.json
run runs list
ok 'what is not new is not written again' \
	test data/runs.json -ot data/20260201_060000
run sh -c 'runs list >/dev/full'
exits 2 'a full disk is not success'

# selecting

run runs select 20260201_060000
exits 0 'a run is selected'
empty out 'without output'
selected 20260201_060000 'it is the selected one'
run runs show
jq -r .run_id out >found
echo 20260201_060000 >expected
same_file found expected 'show shows it'
run runs show 20260301_060000
jq -c '[.run_id, .selected]' out >found
same found 'or the one that is named' <<'!'
["20260301_060000",false]
!
for id in 20250101_000000 20260401_060000 20260101_060000 20260102_060000 \
	20260103_060000 20261301_060000 backup_20260201 .. . '' / \
	../data/20260201_060000 20260201_060000/ "$PWD/data/20260201_060000"; do
	for what in select add show; do
		run runs "$what" "$id"
		exits 2 "$what '$id' is refused"
	done
done
run runs show 20260401_060000
has err 'data/20260401_060000: No coach_eligibility.xlsx in this folder' \
	'a failed run has no coach file'
selected 20260201_060000 'the selection stays'
run_folder 20260501_060000
run runs add 20260501_060000
exits 0 'a run is added'
selected 20260201_060000 'and is not selected by that'
jq -r '.runs[].run_id' data/runs.json >found
same found 'it is in runs.json' <<'!'
20260501_060000
20260301_060000
20260201_060000
!
echo 'no workbook' >data/20260501_060000/coach_eligibility.xlsx
run runs select 20260501_060000
exits 2 'a damaged workbook is not selected'
selected 20260201_060000 'the selection stays'
run runs --text list
exits 0 'a damaged workbook is listed'
has err 'coach_eligibility.xlsx.*its coaches are not counted' 'with a warning'
has out '20260501_060000 .* - \? coaches' 'and a question mark'
run runs list
jq -c '[.run_id, .coach_count]' out >found
has found '\["20260501_060000",null\]' 'its number of coaches is null'
rm -r data/20260501_060000
mv data/20260201_060000 moved
run runs list
selected 20260301_060000 'when the selected run is gone the newest is selected'
mv moved data/20260201_060000

for text in '' '{' '[]' 'null' '"20260201_060000"'; do
	printf %s "$text" >data/runs.json
	run runs list
	exits 0 "runs.json that holds '$text' is no error"
	has err 'runs.json.*; taken as empty' 'but a warning'
	selected 20260301_060000 'and is made again'
done
rm data/runs.json
mkdir data/runs.json
run runs list
exits 1 'runs.json that cannot be written'
has err 'not saved: ' 'is told'
has out 20260201_060000 'the runs are shown all the same'
rmdir data/runs.json
touch data/.runs.json.aB3dE6 data/.runs.json.older
run runs select 20260201_060000
not_ok 'what a killed process left is removed' test -e data/.runs.json.aB3dE6
ok 'nothing else is' test -e data/.runs.json.older
rm -f data/.runs.json.older

# another place, another zone

run env TZ=Pacific/Kiritimati runs --data="$PWD/data/" show
exits 0 'the data folder may be anywhere'
jq -r .folder out >found
echo "$PWD/data/20260201_060000" >expected
same_file found expected 'folder is absolute'
run runs --data=../work/data show
jq -r .folder out >found
echo "$PWD/data/20260201_060000" >expected
same_file found expected 'and has no detours'

# usage

for words in '' 'frobnicate' 'select' 'add' 'delete' 'compare' \
	'compare 20260201_060000' 'list 20260201_060000' 'show a b' \
	'--period=2m list' '--good-deals=0 list' '--good-deals=x list'; do
	# shellcheck disable=SC2086 # words are words
	run runs $words
	exits 2 "usage: runs $words"
	has err "^Try 'runs --help'" 'where the help is'
done

# deleting

run runs delete 20260201_060000
exits 2 'the selected run is not deleted'
same err 'and says why' <<'!'
runs: run '20260201_060000' is selected: select another first
!
ok 'it is whole' test -e data/20260201_060000/deals_flat.csv
run runs delete 20260301_060000
exits 0 'another one is deleted'
not_ok 'its folder is gone' test -e data/20260301_060000
jq -r '.runs[].run_id' data/runs.json >found
echo 20260201_060000 >expected
same_file found expected 'and its entry in runs.json'
run runs delete 20260401_060000
exits 0 'so is the folder of a run that failed'
not_ok 'which is gone' test -e data/20260401_060000
mkdir data/20260402_060000
run runs delete 20260402_060000
exits 0 'and an empty one'

mkdir -p data/20260403_060000/sub data/20260404_060000 data/20260405_060000
echo x >data/20260403_060000/enums.xlsx
echo x >data/20260404_060000/enums.xlsx
ln -s ../../outside/enums.xlsx data/20260404_060000/link
echo x >data/20260405_060000/holiday.jpg
touch data/20260406_060000
everything >before
for id in 20260403_060000 20260404_060000 20260405_060000 20260406_060000 \
	20260101_060000 20260102_060000 20260103_060000 20250101_000000 \
	20261301_060000 backup_20260201 .. . '' / '*' \
	../outside ../data/20260405_060000 20260405_060000/ \
	20260405_060000/holiday.jpg "$PWD/outside"; do
	run runs delete "$id"
	exits 2 "delete '$id' is refused"
done
everything >after
same_file after before 'and nothing was removed'
run runs delete 20260404_060000
has err "not deleted: '20260404_060000/link' is not a plain file" \
	'what is in the way is named'
run runs delete 20260405_060000
has err "'20260405_060000' holds files but none of a run" \
	'what is no run folder is told'
mkdir data/.deleted-20260406_060000
echo x >data/.deleted-20260406_060000/enums.xlsx
run runs select 20260201_060000
not_ok 'a deletion that was cut short is finished' \
	test -e data/.deleted-20260406_060000

# two at a time

rm -rf data
mkdir data
for i in 1 2 3 4 5 6 7 8; do
	run_folder "2026030${i}_060000"
done
runs list >/dev/null
runs select 20260308_060000
for i in 1 2 3 4 5 6 7; do
	runs delete "2026030${i}_060000" 2>"err$i" &
done
wait
cat err? >err
empty err 'processes wait for each other'
run jq -r '.runs[].run_id, .selected' data/runs.json
same out 'and no update is lost' <<'!'
20260308_060000
20260308_060000
!
cat >hammer <<'!'
for i in 1 2 3 4 5 6 7 8 9 10; do
	rm -f data/runs.json.no
	runs list >/dev/null &
	runs select 20260308_060000 &
	jq -e '.selected == "20260308_060000"' data/runs.json || exit
done
wait
!
run sh hammer
exits 0 'a reader never finds half a file'
run flock data/.runs.lock runs list
exits 0 'a list that has nothing to write needs no lock'

# comparing: figures by hand. Run a, 1m: shown are 10, 2, 3 and 4 with 50, 40,
# 30 and 60; 8 and 9 are hidden. The median is 45, 0.8 of it 36. Run b: shown are
# all five with 46, 36.8, 60, 46 and 20: the median is 46, 0.8 of it is
# 36.800000000000004, which 36.8 does not reach.

{
	printf 'coach_id\tCoachnaam\tdeals_1m\tsmoothed_1m\tdeals_3m'
	printf '\tsmoothed_3m\teligibility\n'
	printf '10\tAnna Bakker\t14\t50\t20\t30.5\t✅ Laag 2\n'
	printf '2\tBas de Boer\t13\t40\t20\t40.5\t⭐ Laag 3\n'
	printf "'3\tCarla Dijk\t7\t30\t20\t50.5\t❌ Uitsluiten\n"
	printf '4\tDirk Evers\t0\t60\t20\t60.5\tGeen data\n'
	printf '8\tUNKNOWN\t50\t99\t50\t99\t✅ Goed\n'
	printf '9\tTeam NABELLERS\t50\t99\t50\t99\t✅ Goed\n'
} | workbook data/20260201_060000/coach_eligibility.xlsx
{
	printf 'eligibility\tcoach_id\tp50_smoothed_1m\tCoachnaam\tsmoothed_1m'
	printf '\tdeals_1m\n'
	printf '✅ Goed\t10\t46\tAnna Bakker\t46\t14\n'
	printf '❌ Uitsluiten\t3\t46\tCarla Dijk\t36.8\t7\n'
	printf 'Geen data\t4\t46\tDirk Evers-Smit\t60\t7\n'
	printf '✅ Goed\t50000000000\t46\tElla Fokker\t46\t6\n'
	printf '✅ Goed\t8\t46\tGijs Groot\t20\t14\n'
} | workbook data/20260301_060000/coach_eligibility.xlsx
run runs compare 20260201_060000 20260301_060000
exits 0 'two runs are compared'
empty err 'without a word'
jq -c '[.coach_id, .coach_name, .in, .deals_a, .deals_b, .deals_difference,
	.smoothed_a, .smoothed_b, .smoothed_difference]' out >found
same found 'figures and differences, by id as text' <<'!'
["10","Anna Bakker","both",14,14,0,50,46,-4]
["2","Bas de Boer","a",13,null,null,40,null,null]
["3","Carla Dijk","both",7,7,0,30,36.8,6.8]
["4","Dirk Evers-Smit","both",0,7,7,60,60,0]
["50000000000","Ella Fokker","b",null,6,null,null,46,null]
["8","Gijs Groot","b",null,14,null,null,20,null]
!
jq -c '[.coach_id, .status_a, .status_b, .status_changed]' out >found
same found 'statuses by the median of who is shown' <<'!'
["10","✅ Goed","✅ Goed",false]
["2","⭐ Matig",null,null]
["3","❌ Uitsluiten","❌ Uitsluiten",false]
["4","⚪ Geen data","⭐ Matig",true]
["50000000000",null,"❌ Uitsluiten",null]
["8",null,"❌ Uitsluiten",null]
!
jq -c '[.coach_id, .eligibility_a, .eligibility_b, .eligibility_changed]' \
	out >found
same found 'labels, the old ones under their new names' <<'!'
["10","✅ Goed","✅ Goed",false]
["2","⭐ Matig",null,null]
["3","❌ Uitsluiten","❌ Uitsluiten",false]
["4","Geen data","Geen data",false]
["50000000000",null,"✅ Goed",null]
["8",null,"✅ Goed",null]
!
jq -c '[.type, .period, .run_a, .run_b]' out | sort -u >found
same found 'each says what it compares' <<'!'
["run_difference","1m","20260201_060000","20260301_060000"]
!
run runs --good-deals=15 compare 20260201_060000 20260301_060000
jq -c '[.coach_id, .status_a, .status_b]' out | head -n 2 >found
same found 'with another number of deals for Goed' <<'!'
["10","⭐ Matig","⭐ Matig"]
["2","⭐ Matig",null]
!
run runs --period=3m compare 20260201_060000 20260201_060000
jq -c '[.period, .coach_id, .deals_a, .smoothed_b, .status_a]' out >found
same found 'in another period' <<'!'
["3m","10",20,30.5,"❌ Uitsluiten"]
["3m","2",20,40.5,"⭐ Matig"]
["3m","3",20,50.5,"✅ Goed"]
["3m","4",20,60.5,"✅ Goed"]
!
run runs --period=3m compare 20260201_060000 20260301_060000
exits 2 'a file without that period'
has err "20260301_060000/.*sheet 'Coaches': row 1: there is no column 'deals_3m'" \
	'is told'
run runs compare 20260201_060000 20260302_060000
exits 2 'a run that is not there'
run runs compare 20260201_060000 ../data/20260201_060000
exits 2 'a path is no run'

# files of before the columns of requests: 31 columns
{
	printf 'coach_id\tCoachnaam'
	for p in 1m 3m 6m; do
		for figure in deals won lost open rate smoothed nabeller_now \
			nabeller_pct handoff; do
			printf '\t%s_%s' "$figure" "$p"
		done
	done
	printf '\teligibility\tp50_smoothed_1m\n'
	printf '10\tAnna Bakker\t20\t7\t5\t8\t35\t40\t0\t0\t0'
	printf '\t30\t7\t5\t8\t35\t41\t0\t0\t0\t40\t7\t5\t8\t35\t42\t0\t0\t0'
	printf '\t✅ Laag 2\t40\n'
} | workbook data/20250101_060000/coach_eligibility.xlsx
run runs --period=6m compare 20250101_060000 20250101_060000
exits 0 'a file of 31 columns is read'
jq -c '[.coach_id, .deals_a, .smoothed_a, .eligibility_a]' out >found
same found 'by its names' <<'!'
["10",40,42,"✅ Goed"]
!
printf 'coach_id\tdeals_1m\tsmoothed_1m\n1\t5\t50\n1\t6\t50\n' |
	workbook data/20250102_060000/coach_eligibility.xlsx
run runs compare 20250102_060000 20250102_060000
exits 2 'a coach who stands there twice'
has err "row 3: coach_id '1' stands there twice" 'is told with the row'
printf 'coach_id\tdeals_1m\tsmoothed_1m\n1\tfive\t50\n' |
	workbook data/20250102_060000/coach_eligibility.xlsx
run runs compare 20250102_060000 20250102_060000
exits 2 'a figure that is none'
has err "row 2: 'five' is not a number" 'is told with the row'
printf 'coach_id\tdeals_1m\tsmoothed_1m\n1\t\t\n2\t20\t50\n' |
	workbook data/20250102_060000/coach_eligibility.xlsx
run runs compare 20250102_060000 20250102_060000
jq -c '[.coach_id, .coach_name, .deals_a, .smoothed_a, .status_a,
	.deals_difference, .eligibility_a]' out >found
same found 'an empty cell is null' <<'!'
["1",null,null,null,"❌ Uitsluiten",null,null]
["2",null,20,50,"✅ Goed",0,null]
!
run sh -c 'runs compare 20250102_060000 20250102_060000 >/dev/full'
exits 2 'a full disk is not success'

all_done
