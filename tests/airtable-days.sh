# airtable-days.sh - days of chatters for the tests of airtable-upsert(1), sourced
# after lib.sh
#
#	put ARG... FILE      into the table of days, with a report
#	base [FILE]          what Airtable has
#	rows 'JQ FILTER'     of the table of days, on 2026-03-01
#	counts CREATED UPDATED SKIPPED FAILED NAME
#	                     of that table, or of $table
#	days NR [FROM]       that many records of a day, of other people each
#
# shellcheck shell=sh disable=SC2154 # sandbox is of lib.sh

daily='Daily Performance'
put() {
	run timeout 60 airtable-upsert --table="$daily" --report=report "$@"
}

base() {
	curl -s "$sandbox/sandbox/airtable" >"${1-base}"
}

rows() {
	base
	jq -c "[.tables[1].records[].fields | select(.Date == \"2026-03-01\")] |
	    $1" base
}

counts() {
	printf '{"type":"store","table":"%s",' "${table-$daily}" >expected
	printf '"created":%d,"updated":%d,"skipped":%d,' "$1" "$2" "$3" \
		>>expected
	printf '"failed":%d}\n' "$4" >>expected
	same_file out expected "$5"
}

days() {
	jq -n -c --argjson nr "$1" --argjson from "${2-0}" 'range($nr) |
	    {type: "chatter_day", date: "2026-03-01", id: "rec\(. + $from)",
	    name: "Person \(. + $from)", team: "day", status: "worked",
	    tracked_s: 28800, sales: (. + 0.5), messages_sent: 400,
	    ppvs_sent: 20, ppvs_unlocked: 8, fans: 40, fans_spent: 4,
	    golden_pct: 5, unlock_pct: 40, cvr_pct: 10, reply_s: 102,
	    sales_hr: 1.25, msg_hr: 50, fans_hr: 5}'
}
