#!/bin/sh
# the page of the coaches in a browser: every filter of every view against what
# metrics board, week-monitor and eligibility --pool say for the same settings;
# KPIPE_SKIP_BROWSER=1 leaves it out
# slow: a browser and hundreds of settings
. "${0%/*}/../lib.sh"

[ "${KPIPE_SKIP_BROWSER-}" != 1 ] || skip_all 'KPIPE_SKIP_BROWSER is set'
command -v node >/dev/null || skip_all 'no node; scripts/setup test installs it'
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] ||
	skip_all 'no chromium; scripts/setup test installs it'
for package in axe-core playwright-core; do
	[ -e "$top/tests/browser/node_modules/$package/package.json" ] ||
		skip_all "no $package; scripts/setup test fetches it"
done

now=2026-03-01T12:00:00Z

# account NAME COACHES DEALS [WORD...]: NAME.coaches, NAME.deals and NAME.html
account() {
	: >"$1.rest"
	python3 "$top/tests/browser/sample" "$2" "$3" 7 "$4" >"$1.deals"
	metrics coach --as-of="$now" "$1.deals" 2>"$1.err" | eligibility |
		grep '^{"type":"coach",' >"$1.coaches"
}

account many 105 3400 ''
account hostile 30 600 hostile
account future 20 500 future
account one 1 40 ''
account old 40 900 ''
jq -c 'with_entries(select(.key | test("aanvraag") | not))
	| .eligibility |= ({"✅ Goed": "✅ Laag 2", "⭐ Matig": "⭐ Laag 3"}[.] // .)' \
	old.coaches >old.older
mv old.older old.coaches
account empty 0 0 ''

# some are away, some take no leads; and a run a month before
jq -c '{type: "row", coach_id, Coachnaam: .coach_name,
	na_leads_aan: (if .deals_1m % 5 != 1 then "TRUE" else "FALSE" end),
	afwezig_van: "2026-02-20",
	afwezig_tot: (if .deals_1m % 3 == 0 then "2026-03-05" else "" end),
	notitie: "", laatst_gewijzigd: "2026-02-01 10:00:00"}' \
	many.coaches >many.tab
availability --now='2026-03-01 13:00:00' many.coaches many.tab |
	grep '^{"type":"availability",' >many.available
mkdir -p runs/20260130_120000 runs/20260301_120000
columns=$(head -n 1 many.coaches |
	jq -r 'del(.type) | keys_unsorted | map(sub("^(?<n>coach_name)$"; "Coachnaam=\(.n)")) | join(",")')
metrics coach --as-of=2026-01-30T12:00:00Z many.deals | eligibility |
	to-xlsx --output=runs/20260130_120000/coach_eligibility.xlsx \
		--sheet=Coaches --type=coach --columns="$columns"
to-xlsx --output=runs/20260301_120000/coach_eligibility.xlsx --sheet=Coaches \
	--type=coach --columns="$columns" many.coaches
runs --data=runs list >many.runs
for period in 1m 3m 6m; do
	runs --data=runs compare --period="$period" 20260130_120000 \
		20260301_120000 >>many.runs
done
cat many.available many.runs >many.rest

for name in many hostile future one old empty; do
	render-html coach --as-of="$now" --output="$name.html" \
		"$name.coaches" "$name.deals" "$name.rest" 2>"$name.err"
done

# it prints the checks and the plan
node "$top/tests/browser/coach.js" "$PWD" ${1+"$1"}
