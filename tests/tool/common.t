#!/bin/sh
# what every tool does the same way
. "${0%/*}/../lib.sh"

# one line of words, for texts that are broken in other places
words() {
	tr -s ' \n\t' ' ' <"$1" | sed 's/^ //; s/ $//; s/ \.\.\./.../g'
}

# the SYNOPSIS of a page as it is shown
synopsis() {
	mandoc -T ascii -O width=900 "$1" | sed "s/.$(printf '\b')//g" |
		sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d; $d'
}

check_help() {
	run "$1" --help
	exits 0 "$1 --help succeeds"
	empty err "$1 --help says nothing on standard error"
	for option in help version; do
		has out "^ +--$option " "$1 --help lists --$option"
	done
	mv out help
	ok "$1 --help is the same whatever the locale and zone" \
		env TZ=Pacific/Kiritimati LC_ALL=nl_NL.UTF-8 LANGUAGE=nl \
		sh -c '"$0" --help | cmp - help' "$1"
	run sh -c '"$0" --help >/dev/full' "$1"
	exits 2 "$1 does not take a full disk for success"
	has err 'No space left' "$1 says that the disk is full"
	run sh -c '"$0" --help >&-' "$1"
	exits 2 "$1 does not take a closed output for success"
}

check_page() {
	page=$top/man/$1.1
	ok "$1 has a page" test -e "$page"
	[ -e "$page" ] || return
	sed -n '/^usage: /,/^$/p' help | sed 's/^usage: //' >usage
	words usage >expected
	synopsis "$page" >shown
	words shown >found
	same_file found expected "$1(1) has the synopsis of $1 --help"
	sed -n "1s/^$1 - //p" help >expected
	sed -n 's/^\.Nd //p' "$page" >found
	same_file found expected "$1(1) has its summary"
	sed -n 's/^  \(-., \|    \)--\([a-z0-9-]*\).*/\2/p' help | sort >expected
	grep -v -x -e help -e version -e verbose expected >own
	: >found
	while read -r option; do
		grep -q -E -e "^\.It Fl.* -$option( |\$)" "$page" || echo "$option"
	done <own >found
	empty found "$1(1) tells of each option"
	for section in 'EXIT STATUS' EXAMPLES; do
		has "$page" "^\.Sh \"?$section" "$1(1) has $section"
	done
}

check_usage() {
	run "$1" --no-such-option
	exits 2 "$1 refuses an unknown option"
	empty out "$1 writes nothing then"
	has err "^$1: unknown option --no-such-option" "$1 names the option"
	has err "^Try '$1 --help'\.\$" "$1 says where help is"
	run "$1" --versoin
	exits 2 "$1 refuses a mistyped option"
	has err '; did you mean --version\?$' "$1 suggests what was meant"
}

for source in "$top"/cmd/*.c; do
	tool=${source##*/}
	tool=${tool%.c}
	check_help "$tool"
	run "$tool" --version
	exits 0 "$tool --version succeeds"
	has out "^$tool \(kpipe\) [0-9]" "$tool --version tells the version"
	check_usage "$tool"
	check_page "$tool"
	ok "$tool has a test" test -e "$top/tests/tool/$tool.t"
done

# the pipeline scripts that are installed beside them
sed -n 's/^\([a-z][a-z-]*\)$/\1/p' "$top/scripts/installed" >scripts
while read -r tool; do
	run "$tool" --help
	exits 0 "$tool --help succeeds"
	mv out help
	run "$tool" --version
	exits 0 "$tool --version succeeds"
	run "$tool" --no-such-option
	exits 2 "$tool refuses an unknown option"
	check_page "$tool"
	ok "$tool has a test" test -e "$top/tests/tool/$tool.t"
done <scripts

# whoever looks for a tool finds it, and so does whoever looks for a setting
ls "$B/bin" >tools
: >found
while read -r tool; do
	grep -q -e "^|.*\`$tool\`" "$top/README.md" || echo "README.md: $tool"
	grep -q -e "^\.It Xr $tool 1\$" "$top/man/kpipe.7" || echo "kpipe(7): $tool"
	grep -q -e "^\.Xr $tool 1\( ,\)*\$" "$top/man/kpipe.7" ||
		echo "kpipe(7), SEE ALSO: $tool"
	grep -q -e "\`${tool}[\` ]" "$top/NEWS.md" || echo "NEWS.md: $tool"
done <tools >found
empty found 'each tool is in README.md, NEWS.md and kpipe(7)'
sed -n 's/^\([A-Z_]*\)=.*/\1/p' "$top/.env.example" | sort >expected
grep -h -o 'getenv("[A-Z_]*")' "$top"/cmd/*.c | sed 's/.*"\(.*\)".*/\1/' |
	grep -v -x -e NO_COLOR -e TMPDIR | sort -u >names
comm -13 expected names >found
empty found 'each setting is in .env.example'
while read -r name; do
	grep -q -e "^\.It Ev.* $name\>" "$top/man/kpipe.7" || echo "$name"
done <expected >found
empty found 'each setting is in kpipe(7)'
lacks "$top/.env.example" '^[A-Z_]+=.' '.env.example has no values'

# bash completes the options
mkdir completions
run "$top/scripts/completion" completions
exits 0 'completions can be written'
ls "$B/bin" >expected
ls completions >found
same_file found expected 'each tool has one'
run bash -c '
	. completions/with-env
	compopt() { :; }
	_kpipe_with_env with-env --vers with-env
	echo "${COMPREPLY[@]}"'
same out 'a started option is completed' <<'!'
--version
!
all_done
