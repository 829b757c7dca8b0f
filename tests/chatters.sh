# the records that tests of metrics(1), the model chatters, are made of; to be
# read behind lib.sh
# shellcheck shell=sh

# person ID NAME TEAM
person() {
	printf '{"type":"roster","id":"%s","name":"%s","team":"%s","status":"Active"}\n' \
		"$1" "$2" "$3"
}

# day ID DATE TRACKED MEMBERS: of the team day, worked
day() {
	printf '{"type":"chatter_day","date":"%s","id":"%s","name":"N%s",' "$2" "$1" "$1"
	printf '"team":"%s","status":"%s","tracked_s":%s%s}\n' \
		"${team-day}" "${state-worked}" "$3" "${4:+,$4}"
}

# off ID DATE
off() {
	state=day_off
	day "$1" "$2" 0
	unset state
}

# session ID DATE [MEMBERS]
session() {
	printf '{"type":"coaching_log","date":"%s","id":"%s",' "$2" "$1-$2"
	printf '"chatter_id":"%s"%s}\n' "$1" "${3:+,$3}"
}

# of TYPE FILTER: what jq makes of those records
of() {
	jq -r "select(.type == \"$1\") | $2 | tostring" out >shown
}

chatters() {
	run metrics chatters --as-of=2026-02-11T07:00:00Z "$@"
}

d=2026-02-10

# trends: sales per hour, the oldest first, ending on the day; "off" is off
series() {
	n=$#
	for x; do
		n=$((n - 1))
		at=$(date -u -d "$d - $n days" +%F)
		case $x in
		off) off a "$at" ;;
		-) ;;
		*) day a "$at" 28800 "\"sales_hr\":$x" ;;
		esac
	done
}
