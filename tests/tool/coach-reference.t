#!/bin/sh
# the coach figures against another implementation, on random deals; and the
# example lines of coach(5)
. "${0%/*}/../lib.sh"

now=2026-03-01T12:00:00.123456Z

reference() {
	python3 "$top/tests/reference/coach.py" "$@"
}

# agrees NAME: what the tool wrote last is what the reference wrote
agrees() {
	same_file out expected "$1"
}

for seed in 1 2 3; do
	ok "seed $seed: deals are made up" python3 \
		"$top/tests/reference/coach.py" generate "$seed" 3000

	reference mapping crm.ndjson >expected
	run stage-mapping crm.ndjson
	agrees "seed $seed: the default mapping"

	reference class mapping.xlsx crm.ndjson deals.ndjson >expected
	run deal-class --mapping=mapping.xlsx crm.ndjson deals.ndjson
	agrees "seed $seed: the classes of the deals"
	mv out classed

	reference metrics "$now" classed >expected
	run metrics coach --as-of="$now" classed
	agrees "seed $seed: the figures of deals with a class"
	mv out figures

	reference metrics "$now" crm.ndjson deals.ndjson >expected
	run metrics coach --as-of="$now" crm.ndjson deals.ndjson
	agrees "seed $seed: the figures of deals as fetched"

	reference eligibility figures >expected
	run eligibility figures
	agrees "seed $seed: the labels"

	reference enums crm.ndjson deals.ndjson >expected
	run metrics enums crm.ndjson deals.ndjson
	agrees "seed $seed: the values of the properties"
done

# what the pages show
for seed in 1 2 3; do
	ok "seed $seed: coaches are made up" sh -c \
		'"$0" "$1" "$2" "$3" >deals' "$top/tests/reference/sample" \
		$((seed * seed * 20)) $((seed * 1000)) "$seed"
	metrics coach --as-of=2026-03-01T12:00:00Z deals 2>err |
		eligibility | grep '"type":"coach",' >coaches
	run "$top/tests/reference/pages.py" coaches deals "$seed" 40
	exits 0 "seed $seed: boards, pools and weeks are those of the reference"
	empty out "seed $seed: nothing differs"
done

# a page's example is what the tools write today
page_lines() { # page_lines TYPE
	grep "^{\"type\":\"$1\"," "$top/man/coach.5"
}
cp "$examples"/*.ndjson "$examples/mapping.xlsx" .
stage-mapping crm.ndjson >made
deal-class --mapping=mapping.xlsx crm.ndjson deals.ndjson >classed 2>/dev/null
metrics coach --as-of=2026-03-01T12:00:00Z classed | eligibility >>made
metrics enums deals.ndjson >>made
now=2026-03-01T12:00:00Z
grep '"type":"coach",' made >coaches
{
	week-monitor --as-of="$now" --min-deals=1 coaches classed
	metrics board coaches
	eligibility --pool coaches
} >>made
for type in stage_mapping coach deal_class_count coach_owner observed_value \
	board_coach pool_coach pool_summary coach_week alert; do
	page_lines "$type" >line
	ok "coach(5): there is a $type" test -s line
	ok "coach(5): the $type is one of the examples" grep -q -x -F -f line made
done
page_lines deal >line
ok 'coach(5): there is a deal' test -s line
run metrics coach line
has out '"coach_name":"Anna Vos","deals_1m"' 'coach(5): the deal is read'
jq -c '{class, coach_id, coach_name, created_at}' line >members
jq -c 'select(.id == "9000000001") |
	{class, coach_id, coach_name, created_at}' classed >expected
same_file members expected 'coach(5): and has what deal-class gives it'
all_done
