#!/bin/sh
# with-env(1)
. "${0%/*}/../lib.sh"

cat >.env <<'!'
# a note
GREETING = "Good morning"
HUBSPOT_PAT=pat-eu1-secret
GREETING=second
EMPTY=
!
chmod 600 .env

run with-env .env sh -c 'echo "$GREETING/$HUBSPOT_PAT/${EMPTY-unset}"'
exits 0 'a command runs'
same out 'it sees the settings, the first of two' <<'!'
Good morning/pat-eu1-secret/
!
empty err 'nothing is said'

GREETING='' HUBSPOT_PAT=own run with-env .env \
	sh -c 'echo "[$GREETING] $HUBSPOT_PAT"'
same out 'the environment wins, also where it is empty' <<'!'
[] own
!

run with-env missing.env sh -c 'echo ran'
exits 0 'a missing file is no error'
same out 'the command runs without it' <<'!'
ran
!

run with-env .env printf '%s\n' --verbose -x -- --help
same out "the command's options are its own" <<'!'
--verbose
-x
--
--help
!

echo 'from stdin' | run with-env .env cat
same out 'standard input is that of the command' <<'!'
from stdin
!

run with-env .env sh -c 'exit 75'
exits 75 'the status is that of the command'
# shellcheck disable=SC2016
run with-env .env sh -c 'kill -TERM $$'
exits 143 'a signal ends the command, not a tool around it'

for mode in 640 604 620 601; do
	chmod "$mode" .env
	run with-env .env echo ran
	exits 2 "a file of mode $mode is refused"
	empty out "with mode $mode nothing runs"
done
same err 'the message tells what to do' <<'!'
with-env: .env: others can read it; run chmod 600 .env
!
chmod 400 .env
run with-env .env echo ran
exits 0 'a file of mode 400 is private'

run with-env --verbose .env true
same err 'verbose names the settings and shows no value' <<'!'
with-env: .env:2: GREETING
with-env: .env:3: HUBSPOT_PAT
with-env: .env:4: GREETING is in the environment
with-env: .env:5: EMPTY
!

(umask 077 && printf 'A=1\n=pat-eu1-secret\n' >bad.env)
run with-env bad.env echo ran
exits 2 'a line without a name is a fault'
same err 'which names the line, not the value' <<'!'
with-env: bad.env:2: no name before the '='
!

(umask 077 && head -c 1100000 /dev/zero >huge.env)
run with-env huge.env echo ran
exits 2 'a file that is no settings file is a fault'
run with-env . echo ran
exits 2 'a folder is a fault'
run with-env .env/x echo ran
exits 2 'a path through a file is a fault'

run with-env .env no-such-command
exits 127 'a command that is not found'
same err 'is named' <<'!'
with-env: cannot run no-such-command: No such file or directory
!
: >plain
run with-env .env ./plain
exits 126 'a command that cannot be run'

run with-env
exits 2 'no operand is wrong usage'
run with-env .env
exits 2 'no command is wrong usage'
has err '^with-env: no command given$' 'and told'
all_done
