#!/bin/sh
# the manual: each line "$ command" of a literal display is run in a copy of
# examples/ and must print what the page shows
#
# The commands of one display share a shell. Those of a page share a folder and
# the sandbox, whose address is in the environment. A display is left out when
# the line before it is
#
#	.\" not run: why
# slow: it runs whole pipelines, twice
. "${0%/*}/../lib.sh"

# run_display DIR DISPLAY: run its commands and keep what each prints
run_display() {
	timeout 120 sh -s "$1" "$2" <<'!'
kpipe_status=0
for kpipe_file in "$1/$2"-*.command; do
	kpipe_text=$(cat "$kpipe_file")
	set --
	(exit "$kpipe_status")
	eval "$kpipe_text" >"${kpipe_file%.command}.now" 2>&1 </dev/null
	kpipe_status=$?
done
!
}

# run_page DIR: all displays, in a fresh copy of the examples
run_page() {
	rm -rf here "$1"/*.now
	mkdir here
	[ ! -d "$examples" ] || cp -R "$examples/." here
	for first in "$1"/*-01.command; do
		display=${first##*/}
		(cd here && run_display "$1" "${display%-01.command}")
	done
}

check_page() {
	name=${1##*/}
	dir=$PWD/$name
	mkdir "$dir"
	ok "$name: its displays can be read" \
		"$top/tests/man-examples" "$1" "$dir"
	for file in "$dir"/*.reason; do
		[ -e "$file" ] || continue
		skip "$(cat "$file")" "$name: a display"
	done
	case $name in
	*.1)
		ok "$name: shows a command" sh -c \
			'ls "$0"/*.command || ls "$0"/*.reason' "$dir"
		;;
	esac
	set -- "$dir"/*.command
	[ -e "$1" ] || return
	run_page "$dir"
	for file in "$@"; do
		first=$(head -n 1 "$file" | sed 's/[\\#]//g')
		same_file "${file%.command}.now" "${file%.command}.shown" \
			"$name: $first"
	done

	export TZ=Pacific/Kiritimati LC_ALL=nl_NL.UTF-8 LANG=nl_NL.UTF-8
	run_page "$dir"
	# bash says so where that locale is not installed
	sed -i '/warning: setlocale: LC_ALL: cannot change/d' "$dir"/*.now
	unset TZ LANG
	LC_ALL=C
	for file in "$@"; do
		cmp "${file%.command}.now" "${file%.command}.shown"
	done >differ 2>&1
	empty differ "$name: prints the same in another zone and locale"
}

[ ! -x "$B/bin/kpipe-sandbox" ] || google_start

for page in "$top"/man/*.[157]; do
	check_page "$page"
done
all_done
