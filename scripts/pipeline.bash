# pipeline.bash - what the pipeline scripts do in the same way
#
# A script sets me and here, its folder, reads this file, and defines show_help.
# Then:
#
#	words=("$@")
#	while next_option '--data --env'; do
#		case $option in
#		--data) data=$value ;;
#		...
#		*) wrong_option ;;
#		esac
#	done
#
# leaves what is no option in operands. The tools are those beside the script,
# or of the tree it stands in, or else of PATH.
# shellcheck shell=bash disable=SC2154
unset CDPATH
export LC_ALL=C

if [ -x "$here/with-env" ]; then
	PATH=$here:$PATH
elif [ -x "$here/../build/bin/with-env" ]; then
	PATH=$here/../build/bin:$PATH
fi

# where job and keep send what a tool tells
told=2
env_file=.env
verbose=()
words=()
operands=()
option=
value=

usage() {
	echo "$me: $1" >&2
	echo "Try '$me --help'." >&2
	exit 2
}

warn() {
	echo "$me: $1" >&2
}

# fail STATUS TEXT
fail() {
	echo "$me: $2" >&2
	exit "$1"
}

# say TEXT: for who asks for more
say() {
	[ ${#verbose[@]} -eq 0 ] || echo "$me: $1" >&2
}

# next_option TAKES: the next of words is in option, and its value in value.
# TAKES are those with a value; NAME? has one only behind a =.
next_option() {
	local takes=" ${1//[[:space:]]/ } " word
	while [ ${#words[@]} -gt 0 ]; do
		word=${words[0]}
		words=("${words[@]:1}")
		option=${word%%=*}
		value=
		case $word in
		--)
			operands+=("${words[@]}")
			words=()
			return 1
			;;
		--help)
			show_help || exit 2
			exit 0
			;;
		--version)
			echo "$me$(with-env --version | sed 's/^with-env//')" ||
			    exit 2
			exit 0
			;;
		-?*) ;;
		*)
			operands+=("$word")
			continue
			;;
		esac
		if [[ $takes = *" $option "* ]]; then
			if [ "$word" != "$option" ]; then
				value=${word#*=}
			elif [ ${#words[@]} -gt 0 ]; then
				value=${words[0]}
				words=("${words[@]:1}")
			fi
			[ -n "$value" ] || usage "option $option needs a value"
		elif [ "$word" != "$option" ]; then
			[[ $takes = *" $option? "* ]] ||
			    usage "unknown option $word"
			value=${word#*=}
			[ -n "$value" ] || usage "option $option needs a value"
		fi
		return 0
	done
	return 1
}

wrong_option() {
	usage "unknown option $option"
}

no_operands() {
	[ ${#operands[@]} -eq 0 ] || usage "'${operands[0]}' is too much"
}

# path TEXT: a path, also where its name looks like an option
path() {
	case $1 in
	-*) printf './%s' "$1" ;;
	*) printf '%s' "$1" ;;
	esac
}

# An instant with its zone, or a day, as the tools take it.
is_instant() {
	[[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+([Zz]|[-+][0-9:]{5}))?$ ]] &&
	    date -d "$1" >/dev/null 2>&1
}

# read_instant: value is one
read_instant() {
	is_instant "$value" || usage "$option takes an instant such as \
2026-03-01T12:00:00Z or a date, not '$value'"
}

# setting NAME: of the environment, else of the file; may be empty
setting() {
	with-env "$env_file" printenv "$1" || :
}

# field FILE TYPE PATH: what the one record of that type has there
field() {
	local text
	# a reply may lack the field: status 1, and nothing to tell
	text=$(to-csv --no-header --type="$2" --columns="$3" "$1" \
	    2>"$work/field") || [ $? -eq 1 ] || {
		cat "$work/field" >&2
		return 2
	}
	# text with quotes in it comes in quotes
	if [[ $text == \"*\" ]]; then
		text=${text:1:-1}
		text=${text//\"\"/\"}
	fi
	printf '%s' "$text"
}

work=
child=
# of the script, when it comes to its end
status=0

# worse STATUS: status is that of the worst so far: what needs somebody, what may
# do later, what left something out
worse() {
	case $1 in
	0) ;;
	1) [ "$status" -ne 0 ] || status=1 ;;
	75) [ "$status" -eq 2 ] || status=75 ;;
	*) status=2 ;;
	esac
}

# In a process group of its own, which end_child can end.
job() {
	local status=0
	set -m
	"$@" 2>&"$told" </dev/null &
	child=$!
	set +m
	wait "$child" || status=$?
	child=
	return "$status"
}

end_child() {
	[ -n "$child" ] || return 0
	kill -TERM -- "-$child" 2>/dev/null || :
	wait "$child" 2>/dev/null || :
}

# keep FILE COMMAND...: FILE is there whole, or as it was
keep() {
	job "${@:2}" >"$1.tmp" || return
	mv -- "$1.tmp" "$1"
}

# keep_part FILE COMMAND...: the same, also where 1 says that a part was left out,
# which makes the whole worse; 2 and 75 are returned
keep_part() {
	local failed=0
	: >"$1.tmp" || {
		worse 2
		return 2
	}
	job "${@:2}" >"$1.tmp" || failed=$?
	worse "$failed"
	[ "$failed" -le 1 ] || return "$failed"
	mv -- "$1.tmp" "$1" || {
		worse 2
		return 2
	}
}

# What is done in the end; a script may have its own. 1 is for what was done but
# for a part, and told: a command that fails here is worse.
finish() {
	local last=$1
	trap '' HUP INT TERM
	end_child
	[ -z "$work" ] || rm -rf -- "$work"
	[ "$last" -ne 1 ] || [ "$status" -eq 1 ] || last=2
	exit "$last"
}

finish_in_any_case() {
	trap 'finish $?' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# The folder work, which is gone in the end.
make_work() {
	finish_in_any_case
	work=$(mktemp -d "${TMPDIR:-/tmp}/$me.XXXXXX")
}

# one_at_a_time FD LOCK WHERE: it holds while this script or a tool it started
# lives
one_at_a_time() {
	: >>"$2" || exit 2
	eval "exec $1>>\"\$2\""
	flock -n "$1" || {
		echo "$me: $3: another $me is at work there; try again when" \
		    "it is done" >&2
		exit 75
	}
}
