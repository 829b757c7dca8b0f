# lib.sh - what the tool tests share: a fresh folder, checks, TAP
#
# A test sources this first, calls run and the checks below it, and ends with
# all_done. It is then in an empty folder of its own, with the tools of the
# build in $B on PATH; $top is the tree, $examples its examples.
#
#	run COMMAND...           keeps stdout in out, stderr in err, and $status
#	exits N NAME             what run ran ended with status N
#	same FILE NAME           FILE holds what stands on standard input
#	same_file FILE EXPECTED NAME
#	empty FILE NAME
#	has FILE PATTERN NAME    a line matches the extended expression
#	lacks FILE PATTERN NAME  none does
#	ok NAME COMMAND...       it succeeds
#	not_ok NAME COMMAND...   it fails
#	skip WHY NAME            a check that cannot be done here
#	skip_all WHY             the whole test cannot be done here
#	sandbox_start [ARG...]   kpipe-sandbox, its address in $sandbox
#	google_start [ARG...]    the same with a service account of Google, whose
#	                         spreadsheet is $sheet
#	sandbox_stop
#	postgres_start           a PostgreSQL server of its own: $postgres is its
#	                         URL on a socket, where anybody is let in, and
#	                         $postgres_tcp on TCP, where the password is asked
#	                         for that is in $postgres_password; fails where
#	                         PostgreSQL is not installed
#	postgres_sql [ARG...]    psql on it
#	postgres_stop [MODE]     fast, or immediate as if it were killed
#	postgres_again           start it as it was stopped
#	all_done                 print the plan and end
#
# shellcheck shell=sh

set -u
umask 022
LC_ALL=C
export LC_ALL
unset HUBSPOT_PAT HUBSPOT_BASE_URL TZ NO_COLOR
unset COACH_POOL_SHEET_URL COACH_POOL_TAB COACH_POOL_REFRESH_URL
unset GOOGLE_SA_JSON_PATH GOOGLE_SHEETS_BASE_URL GOOGLE_TOKEN_URL
unset HUBSTAFF_REFRESH_TOKEN HUBSTAFF_ACCESS_TOKEN HUBSTAFF_BASE_URL
unset HUBSTAFF_TOKEN_URL
unset AIRTABLE_TOKEN AIRTABLE_BASE AIRTABLE_BASE_URL
unset HISTORY_URL PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD
unset PGPASSFILE PGSERVICE PGSERVICEFILE PGSSLMODE PGOPTIONS PGCONNECT_TIMEOUT
unset PAGES_TOKEN PAGES_SSH_KEY_FILE PAGES_SSH_HOST_KEY GITHUB_BASE_URL
unset SSL_CERT_FILE SSH_AUTH_SOCK

top=$(cd "${0%/*}/../.." && pwd)
# shellcheck disable=SC2034 # for the tests
examples=$top/examples
B=${B:-$top/build}
case $B in
/*) ;;
*) B=$top/$B ;;
esac
PATH=$B/bin:$PATH
export B PATH
# whether the build has the sanitizers: they need time and address space
# shellcheck disable=SC2034
case $B in
*asan*) asan=yes ;;
*) asan= ;;
esac

status=0
sandbox=
sandbox_pid=
postgres_dir=
postgres_port=

lib_tmp=$(mktemp -d "${TMPDIR:-/tmp}/kpipe.XXXXXX") || exit 1
trap lib_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
# one line a check; a file, since a check behind a pipe is in a subshell
: >"$lib_tmp/result"
mkdir "$lib_tmp/work"
XDG_CACHE_HOME=$lib_tmp/cache
XDG_STATE_HOME=$lib_tmp/state
export XDG_CACHE_HOME XDG_STATE_HOME
cd "$lib_tmp/work" || exit 1
# a tool that reads what it should not finds the end, not a terminal
exec </dev/null

lib_end() {
	sandbox_stop
	postgres_stop immediate
	[ -z "$postgres_dir" ] || rm -rf "$postgres_dir"
	cd / && rm -rf "$lib_tmp"
}

# comment: standard input as TAP comments
comment() {
	sed 's/^/#   /'
}

# result NAME: the check before it, passed or failed by $?
result() {
	case $? in
	0) lib_result=ok ;;
	*) lib_result='not ok' ;;
	esac
	lib_tell "$1"
	[ "$lib_result" = ok ]
}

# lib_tell NAME: the line of a check
lib_tell() {
	echo "$lib_result" >>"$lib_tmp/result"
	echo "$lib_result $(wc -l <"$lib_tmp/result") - $1"
}

run() {
	status=0
	"$@" >out 2>err || status=$?
}

exits() {
	[ "$status" -eq "$1" ]
	result "$2" || {
		echo "exit status $status, not $1; standard error:"
		head -n 20 err
	} | comment
}

same() {
	cat >"$lib_tmp/expected"
	same_file "$1" "$lib_tmp/expected" "$2"
}

same_file() {
	diff -u "$2" "$1" >"$lib_tmp/diff" 2>&1
	result "$3" || head -n 60 "$lib_tmp/diff" | comment
}

empty() {
	[ -f "$1" ] && [ ! -s "$1" ]
	result "$2" || head -n 20 "$1" 2>&1 | comment
}

has() {
	grep -E -q -e "$2" "$1" 2>/dev/null
	result "$3" || {
		echo "no line of $1 matches $2:"
		head -n 20 "$1" 2>&1
	} | comment
}

lacks() {
	[ -f "$1" ] && ! grep -E -e "$2" "$1" >"$lib_tmp/found"
	result "$3" || {
		echo "$1 is missing, or has:"
		head -n 20 "$lib_tmp/found"
	} | comment
}

ok() {
	lib_name=$1
	shift
	"$@" >"$lib_tmp/log" 2>&1
	result "$lib_name" || head -n 40 "$lib_tmp/log" | comment
}

not_ok() {
	lib_name=$1
	shift
	! "$@" >"$lib_tmp/log" 2>&1
	result "$lib_name" || {
		echo "it succeeded:"
		head -n 40 "$lib_tmp/log"
	} | comment
}

skip() {
	lib_result=ok
	lib_tell "$2 # SKIP $1"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# The sandbox takes a free port and writes its address to a file when it
# answers. Its token is one that no vendor would give out.
sandbox_start() {
	sandbox_stop
	rm -f "$lib_tmp/sandbox.ready"
	kpipe-sandbox --port=0 --ready-file="$lib_tmp/sandbox.ready" "$@" \
		>/dev/null 2>"$lib_tmp/sandbox.err" &
	sandbox_pid=$!
	lib_tries=0
	until [ -f "$lib_tmp/sandbox.ready" ]; do
		lib_tries=$((lib_tries + 1))
		if [ "$lib_tries" -gt 400 ] || ! kill -0 "$sandbox_pid"; then
			echo "Bail out! kpipe-sandbox does not start"
			cat "$lib_tmp/sandbox.err" >&2
			exit 1
		fi
		sleep 0.05
	done
	sandbox=$(cat "$lib_tmp/sandbox.ready")
	HUBSPOT_BASE_URL=$sandbox
	HUBSPOT_PAT=kpipe-sandbox-token
	export HUBSPOT_BASE_URL HUBSPOT_PAT
	# its tokens begin anew
	rm -rf "$XDG_STATE_HOME"
	HUBSTAFF_BASE_URL=$sandbox
	HUBSTAFF_REFRESH_TOKEN=kpipe-sandbox-token
	export HUBSTAFF_BASE_URL HUBSTAFF_REFRESH_TOKEN
	AIRTABLE_BASE_URL=$sandbox
	AIRTABLE_BASE=appLanternHouse0A
	AIRTABLE_TOKEN=kpipe-sandbox-token
	export AIRTABLE_BASE_URL AIRTABLE_BASE AIRTABLE_TOKEN
	SLACK_BASE_URL=$sandbox
	SLACK_USER_TOKEN=kpipe-sandbox-token
	SLACK_BOT_TOKEN=xoxb-kpipe-sandbox-token
	export SLACK_BASE_URL SLACK_USER_TOKEN SLACK_BOT_TOKEN
}

# shellcheck disable=SC2034 # sheet is for the tests
google_start() {
	sandbox_start --google-key="$lib_tmp/google-key.json" "$@"
	sheet=1kpipeSandboxCoachSheetSharedWithTheAccount0
	GOOGLE_SA_JSON_PATH=$lib_tmp/google-key.json
	GOOGLE_SHEETS_BASE_URL=$sandbox
	export GOOGLE_SA_JSON_PATH GOOGLE_SHEETS_BASE_URL
}

sandbox_stop() {
	[ -n "$sandbox_pid" ] || return 0
	kill "$sandbox_pid" 2>/dev/null
	wait "$sandbox_pid" 2>/dev/null
	sandbox_pid=
	sandbox=
}

# It refuses to run as root: then it is somebody's who can do nothing else.
postgres_run() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	else
		(cd / && exec setpriv --reuid="$postgres_owner" \
			--regid="$postgres_owner" --clear-groups -- "$@")
	fi
}

postgres_control() {
	postgres_run "$postgres_bin/pg_ctl" --pgdata="$postgres_dir/data" \
		--silent --wait --timeout=60 "$@" >"$lib_tmp/postgres" 2>&1
}

# The programs are in no PATH where Debian has them; the newest counts.
# shellcheck disable=SC2034 # the URLs are for the tests
postgres_start() {
	postgres_bin=
	for lib_dir in /usr/lib/postgresql/*/bin; do
		[ ! -x "$lib_dir/initdb" ] || postgres_bin=$lib_dir
	done
	[ -n "$postgres_bin" ] || return 1
	postgres_owner=nobody
	! id postgres >/dev/null 2>&1 || postgres_owner=postgres
	# a socket's path is short, so not in a folder with a long name
	postgres_dir=$(mktemp -d /tmp/kpipe-pg.XXXXXX) || return 1
	[ "$(id -u)" -ne 0 ] || chown "$postgres_owner" "$postgres_dir"
	chmod 755 "$postgres_dir"
	postgres_password=$(od -A n -N 8 -t x8 /dev/urandom | tr -d ' ')
	echo "$postgres_password" >"$postgres_dir/password"
	chmod 644 "$postgres_dir/password"
	postgres_run "$postgres_bin/initdb" --pgdata="$postgres_dir/data" \
		--username=kpipe --pwfile="$postgres_dir/password" \
		--auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 \
		--locale=C --no-sync >"$lib_tmp/postgres" 2>&1 || {
		echo "Bail out! initdb fails"
		cat "$lib_tmp/postgres" >&2
		exit 1
	}
	rm "$postgres_dir/password"
	postgres_again
	postgres="postgresql://kpipe@/postgres?host=$postgres_dir&port=$postgres_port"
	postgres_tcp=postgresql://kpipe@127.0.0.1:$postgres_port/postgres
}

# A port may be taken by another, so some are tried.
postgres_again() {
	lib_tries=0
	until
		postgres_port=${postgres_port:-$(($(od -A n -N 2 -t u2 \
			/dev/urandom) % 20000 + 20000))}
		postgres_control start --log="$postgres_dir/log" --options="-F \
			-p $postgres_port -k $postgres_dir -c listen_addresses=127.0.0.1 \
			-c shared_buffers=16MB -c dynamic_shared_memory_type=mmap"
	do
		lib_tries=$((lib_tries + 1))
		postgres_port=
		[ "$lib_tries" -lt 20 ] || {
			echo "Bail out! PostgreSQL does not start"
			cat "$lib_tmp/postgres" "$postgres_dir/log" >&2
			exit 1
		}
	done
}

postgres_sql() {
	"$postgres_bin/psql" --no-psqlrc --quiet --tuples-only --no-align \
		--set=ON_ERROR_STOP=1 "$postgres" "$@"
}

postgres_stop() {
	[ -z "$postgres_dir" ] || postgres_control stop --mode="${1:-fast}" || :
}

all_done() {
	echo "1..$(wc -l <"$lib_tmp/result")"
	! grep -q not "$lib_tmp/result"
	exit
}
