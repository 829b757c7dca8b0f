#!/bin/sh
# the page of the chatters in a browser: all that it shows against its records,
# tabs by keyboard, filters, both themes, narrow and on paper;
# KPIPE_SKIP_BROWSER=1 leaves it out
# slow: a browser
. "${0%/*}/../lib.sh"

[ "${KPIPE_SKIP_BROWSER-}" != 1 ] || skip_all 'KPIPE_SKIP_BROWSER is set'
command -v node >/dev/null || skip_all 'no node; scripts/setup test installs it'
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] ||
	skip_all 'no chromium; scripts/setup test installs it'
for package in axe-core playwright-core; do
	[ -e "$top/tests/browser/node_modules/$package/package.json" ] ||
		skip_all "no $package; scripts/setup test fetches it"
done

# account NAME RUN FILE: NAME.figures and NAME.html of the days of FILE
account() {
	metrics chatters --as-of="$2" "$3" >"$1.figures"
	grep -E '"type": ?"(coaching_log|chatter_report)"' "$3" >"$1.logs"
	render-html chatters --generated-at="$2" --output="$1.html" \
		"$1.figures" "$1.logs"
}

sample() {
	python3 "$top/tests/browser/chatter-sample" "$@"
}

now=2026-02-11T07:41:00Z
sample 14 24 11 >few.days
account few $now few.days
account old 2026-02-16T07:30:00Z few.days
sample 300 84 5 >many.days
account many $now many.days
sample 14 24 3 hostile >hostile.days
account hostile $now hostile.days
# on the last day nobody worked
jq -c 'if .type == "chatter_day" and .date == "2026-02-10" then
	{type, date, id, name, team, status: "day_off", tracked_s: 0} else . end' \
	few.days >off.days
account off $now off.days
render-html chatters --generated-at=$now --output=empty.html /dev/null 2>err

# it prints the checks and the plan
node "$top/tests/browser/chatters.js" "$PWD" ${1+"$1"}
