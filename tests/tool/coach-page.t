#!/bin/sh
# coach-page(1)
. "${0%/*}/../lib.sh"

unset PIPELINE_NABELLER

columns=$(sed -n '/^coach_columns=/,/^coach_columns+=/p' \
	"$top/scripts/coach-refresh")
flat=$(sed -n '/^flat_columns=/,/[^\\]$/p' "$top/scripts/coach-refresh")
coach_columns() {
	bash -c "$columns"'; echo "$coach_columns"'
}

# made_run ID AS_OF: as coach-refresh makes it, of the examples
made_run() {
	mkdir -p "data/$1"
	deal-class --mapping="$examples/mapping.xlsx" "$examples/crm.ndjson" \
		"$examples/deals.ndjson" >classed 2>/dev/null
	metrics coach --as-of="$2" classed | eligibility >coaches
	to-csv --type=deal --columns="$(bash -c "$flat"'; echo "$flat_columns"')" \
		classed >"data/$1/deals_flat.csv"
	to-xlsx --output="data/$1/coach_eligibility.xlsx" --sheet=Coaches \
		--type=coach --columns="$(coach_columns)" coaches
	runs --data=data add "$1"
}

run coach-page
exits 2 'without runs there is no page'
has err 'coach-refresh' 'and is told how to get one'
mkdir data
run coach-page
exits 2 'nor with none of them'
has err '^runs: ' 'which runs tells'

made_run 20260130_120000 2026-01-30T12:00:00Z
made_run 20260301_120000 2026-03-01T12:00:00Z
runs --data=data select 20260301_120000
run coach-page --compare=none
exits 0 'the page of the selected run is made'
echo data/coach.html | same out 'which names it'
empty err 'and says nothing else'
runs --data=data list >known
render-html coach --as-of=2026-03-01T12:00:00Z --run=20260301_120000 \
	--output=direct.html coaches classed known
same_file data/coach.html direct.html \
	'a run read back makes the page that its records make'

run coach-page
exits 0 'it is compared with the run before'
has data/coach.html '20260130_120000 → 20260301_120000' 'and says so'
for period in 1m 3m 6m; do
	has data/coach.html "\\[\"$period\",\"20260130_120000 20260301_120000\"" \
		"over $period"
done
cp data/coach.html page
run coach-page
same_file data/coach.html page 'a run always makes the same page'
run coach-page --compare=20260130_120000 --output=other.html
same_file other.html page 'the run to compare with can be named'
run coach-page --run=20260130_120000
exits 0 'another run can be named, and the first has none before it'
has data/coach.html 'Run 30-01-2026 12:00 UTC' 'its page says which it is'
has data/coach.html 'Geen vergelijking in deze pagina' 'and compares nothing'
run coach-page --as-of=2026-03-08 --output=later.html
has later.html 'Peildatum: 08-03-2026 00:00 UTC' 'the weeks count from a day'

echo 'PIPELINE_NABELLER=15413220' >.env
chmod 600 .env
run coach-page --output=env.html
exits 0 'settings are read'
not_ok 'and hold' cmp -s env.html page
rm .env
printf '%s%s\n' '{"type":"availability","coach_id":"1","coach_name":"Anna",' \
	'"na_leads_aan":true,"afwezig_van":"2026-02-20","afwezig_tot":"2026-03-09","notitie":"Skiën","laatst_gewijzigd":"","status":"🟡 Afwezig"}' >available
run coach-page --availability=available
exits 0 'availability is taken'
has data/coach.html 'Skiën' 'and shown'

# what goes wrong leaves the page as it was
cp data/coach.html page
for option in --run=20200101_000000 --compare=20200101_000000 --run=today \
	--availability=missing --as-of=never --output=no/such/folder.html; do
	run coach-page "$option"
	exits 2 "$option is an error"
	empty out 'no page is named'
	ok 'the page is as it was' cmp data/coach.html page
done
rm data/20260301_120000/deals_flat.csv
run coach-page
exits 1 'a run without its deals leaves the weeks out'
has err 'deals_flat.csv is missing: the page has no weeks; make a new run' 'with what to do'
echo data/coach.html | same out 'the page is there'
printf 'no workbook' >data/20260301_120000/coach_eligibility.xlsx
cp data/coach.html page
mkdir tmp
run env TMPDIR="$PWD/tmp" coach-page
exits 2 'a run that cannot be read is an error'
ok 'the page is as it was' cmp data/coach.html page
find tmp data -name '*.??????' >found
empty found 'nothing is left lying about'

run coach-page --help
exits 0 '--help'
has out '^usage: coach-page' 'tells how to use it'
run coach-page --nothing
exits 2 'an unknown option is refused'
same err 'with where to look' <<'!'
coach-page: unknown option --nothing
Try 'coach-page --help'.
!
run coach-page --run
exits 2 'a value is needed'
run coach-page page
exits 2 'an operand is too much'
all_done
