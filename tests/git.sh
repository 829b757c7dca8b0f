# git.sh - what the tests of pages-deploy share: repositories, and their servers
#
# Sourced behind lib.sh. Nobody's settings of git are read.
#
#	page WORDS               a page that says them, on standard output
#	deploy ARG...            run it; what it says is also kept in told
#	how WORDS NAME           what the record says
#	remote NAME              an empty repository, its path in $url; what was
#	                         kept of others here is gone
#	commits REPO BRANCH      how many it has, on standard output
#	shows REPO FILE PAGE NAME
#	serve DIR [CERT KEY]     tests/git-server, its port in $port
#	wait_until COMMAND...    up to some 20 seconds
#
# There are the pages one, two and three, and ./move REPO BRANCH, by which
# somebody else commits and pushes. Processes in $pids are ended at the end.
#
# shellcheck shell=sh disable=SC2034,SC2094,SC2154

HOME=$PWD/home
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=/dev/null
GIT_AUTHOR_NAME=Ada
GIT_AUTHOR_EMAIL=ada@example.org
GIT_COMMITTER_NAME=Ada
GIT_COMMITTER_EMAIL=ada@example.org
export HOME GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE http_proxy https_proxy HTTPS_PROXY ALL_PROXY
mkdir -p "$HOME/.ssh"
chmod 700 "$HOME/.ssh"
real=$(command -v git)
python=$(python3 -c 'import sys; print(sys.executable)')

pids=
git_end() {
	# shellcheck disable=SC2086 # words
	[ -z "$pids" ] || kill $pids 2>/dev/null
	lib_end
}
trap git_end EXIT

page() {
	printf '<!DOCTYPE html>\n<html><body>%s</body></html>\n' "$1"
}

deploy() {
	run timeout 100 pages-deploy "$@"
	cat out err >>"$lib_tmp/told"
}

how() {
	jq -r .how out >found 2>&1
	echo "$1" >expected
	same_file found expected "$2"
}

remote() {
	rm -rf "$1.git" "$XDG_CACHE_HOME"
	git init -q --bare --initial-branch=main "$1.git"
	url=$PWD/$1.git
}

commits() {
	git -C "$1" rev-list --count "$2" 2>/dev/null || echo 0
}

shows() {
	git -C "$1" show "gh-pages:$2" >found
	same_file found "$3" "$4"
}

wait_until() {
	lib_tries=0
	until "$@"; do
		lib_tries=$((lib_tries + 1))
		[ $lib_tries -lt 400 ] || return 1
		sleep 0.05
	done
}

serve() {
	env -u PAGES_TOKEN "$python" "$top/tests/git-server" "$@" \
		2>>"$lib_tmp/server.err" &
	pids="$pids $!"
	wait_until test -e "$1/port"
	port=$(cat "$1/port")
}

page one >one
page two >two
page three >three
cat >move <<'!'
#!/bin/sh
set -e
rm -rf "$1.other"
git clone -q -b "$2" "$1" "$1.other" 2>/dev/null
cd "$1.other"
date +%N >>other
git add other
git commit -q -m 'by somebody else'
git push -q origin "$2"
!
chmod +x move
