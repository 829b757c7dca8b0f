#!/bin/sh
# the crontab and the workflow of examples/, and the settings that go with them
. "${0%/*}/../lib.sh"

# what schedule knows without settings, and with those of the examples
known() {
	schedule "$@" 'no such' 2>&1 | grep -o "'[^']*'" | sed "s/'//g; 1d" |
		sort
}
known >default
ok 'there are expressions to compare with' test "$(wc -l <default)" -eq 3
known --config="$examples/chatters/settings.json" >all
ok 'and more in the example of settings' test "$(wc -l <all)" -eq 6

# crontab: the five fields, then the command
grep -E '^[0-9*]' "$examples/crontab" >lines
sed -E 's/^(([^ ]+ +){4}[^ ]+) .*/\1/; s/ +/ /g' lines | sort >found
same_file found default 'the crontab fires for all that is done'
sed 's/^#\([0-9*]\)/\1/' "$examples/crontab" | grep -E '^[0-9*]' >lines
sed -E 's/^(([^ ]+ +){4}[^ ]+) .*/\1/; s/ +/ /g' lines | sort >found
same_file found all 'and with its comments for all of the example of settings'
lacks lines '%' 'a command has no %, which cron takes for the end of a line'
mkdir stand-ins
# shellcheck disable=SC2016 # for the stand-in
printf '#!/bin/sh\necho "$# $*" >>"$CALLS"\npwd >>"$CALLS"\necho printed\n' \
	>stand-ins/run-scheduled
chmod +x stand-ins/run-scheduled
CALLS=$PWD/calls
export CALLS
while read -r a b c d e command; do
	: >calls
	command=$(echo "$command" | sed "s|/srv/chatters|$PWD/stand-ins|")
	run env PATH="$PWD/stand-ins:$PATH" /bin/sh -c "$command"
	exits 0 "the command for $a $b $c $d $e can be run"
	printf '1 %s\n%s\n' "$a $b $c $d $e" "$PWD/stand-ins" |
		same calls 'where the settings are, and names what fired'
	empty out 'and mails nothing when all goes well'
done <lines
for name in CRON_TZ SHELL PATH MAILTO; do
	has "$examples/crontab" "^$name=" "the crontab sets $name"
done

# the settings are the defaults, but for what has none
ok 'the settings are JSON' jq -e . "$examples/chatters/settings.json"
cd "$examples/chatters" || exit
for config in '' --config=settings.json; do
	chatter-day roster.ndjson matched.ndjson 2>/dev/null |
		metrics chatters --as-of=2026-02-11 $config - roster.ndjson \
			coaching.ndjson >"$lib_tmp/work/figures$config"
done
cd "$lib_tmp/work" || exit
ok 'there are figures' test -s figures
same_file figures--config=settings.json figures \
	'with the example of settings figures are what they are without'
for team in night day evening; do
	run schedule --config="$examples/chatters/settings.json" \
		--jobs="briefing:$team"
	exits 0 "and team $team can be briefed"
done
while read -r cron; do
	schedule --now=2026-02-16T23:59:00Z "$cron" >expected 2>err
	run schedule --config="$examples/chatters/settings.json" \
		--now=2026-02-16T23:59:00Z "$cron"
	same_file out expected "the example does for '$cron' what is done else"
done <default

# the workflow, as far as Perl's own reader of YAML goes
workflow() {
	perl -MCPAN::Meta::YAML -MJSON::PP -e '
		my $file = CPAN::Meta::YAML->read($ARGV[0]);
		print JSON::PP->new->canonical->encode($file->[0])' \
		"$examples/github-actions.yml"
}
workflow >workflow.json
ok 'the workflow is YAML' test -s workflow.json
# of FILTER: what jq finds there
of() {
	jq -r "$1" workflow.json
}
of '.on.schedule[].cron' | sort >found
same_file found default 'the workflow fires for all that is done'
of '.jobs.chatters.steps[] | select(.run) | .name' >names
while read -r name; do
	of ".jobs.chatters.steps[] | select(.name == \"$name\").run" >step
	ok "step '$name' is bash" bash -n step
	lacks step '\$\{\{' 'and nothing that GitHub knows is pasted into it'
done <names
of '.concurrency["cancel-in-progress"]' >found
echo false | same found 'no run is broken off for another'
of '.jobs.chatters | [.["timeout-minutes"],
	(.steps[] | select(.name == "Run the jobs")["timeout-minutes"])]
	| map(tonumber) | .[0] - .[1] >= 10' >found
echo true | same found 'the jobs leave some of the time'

if ! command -v git >/dev/null || ! command -v gpg >/dev/null; then
	skip 'no git or no gpg here' 'the state survives'
	all_done
fi
HOME=$PWD/home
GNUPGHOME=$HOME/gnupg
STATE_PASSPHRASE='a long one; with $igns'
export HOME GNUPGHOME STATE_PASSPHRASE
unset XDG_CONFIG_HOME
mkdir "$HOME"
mkdir -m 700 "$GNUPGHOME"
{
	git init -q --bare remote
	git init -q begin
	cd begin || exit
	git checkout -q --orphan kpipe-state
	git -c user.name=x -c user.email=x@localhost commit -q --allow-empty \
		-m 'no state yet'
	git push -q ../remote kpipe-state
	cd ..
} >log 2>&1

# a fresh runner, with what it is given
begin_run() {
	rm -rf runner
	mkdir -p runner/data
	echo "of the repository" >runner/data/aliases.csv
	git clone -q --depth=1 --branch kpipe-state "file://$PWD/remote" \
		runner/state >log 2>&1
}
# step NAME: as GitHub runs it
step() {
	of ".jobs.chatters.steps[] | select(.name == \"$1\").run" |
		sed 's/^for pause in .*/for pause in 0 0; do/' >step.bash
	run sh -c 'cd runner && bash --noprofile --norc -eo pipefail ../step.bash'
}
begin_run
step 'Unpack the state'
exits 0 'where there is no state yet'
echo "token 1" >runner/state-home/token
chmod 600 runner/state-home/token
echo 'sent 1' >runner/data/posts.ndjson
echo 'old' >>runner/data/aliases.csv
mkdir -p runner/data/ingest/2026-02-10
echo export >runner/data/ingest/2026-02-10/export.csv
step 'Save the state'
exits 0 'one can be saved'
not_ok 'which nobody can read' grep -r -q -e 'token 1' -e posts runner/state
begin_run
step 'Unpack the state'
exits 0 'the next run gets it'
echo "token 1" | same runner/state-home/token 'with the token'
ok 'that nobody else can read' test "$(stat -c %a runner/state-home/token)" = 600
echo 'sent 1' | same runner/data/posts.ndjson 'and what was sent'
echo 'of the repository' | same runner/data/aliases.csv \
	'but what the repository has stays'
not_ok 'and without what was made on the way' test -e runner/data/ingest
echo "token 2" >runner/state-home/token
step 'Save the state'
begin_run
step 'Unpack the state'
echo "token 2" | same runner/state-home/token 'a later state takes its place'
ok 'and leaves none behind' test \
	"$(git -C remote rev-list --count kpipe-state)" -eq 1
cp -R runner other
mv runner first
mv other runner
echo "token 3" >runner/state-home/token
step 'Save the state'
exits 0 'of two that began with one state, the first is saved'
rm -rf runner
mv first runner
step 'Save the state'
exits 1 'and the second is not'
has err 'the token of Hubstaff may be lost' 'which is told'
begin_run
STATE_PASSPHRASE=wrong step 'Unpack the state'
not_ok 'with a wrong passphrase there is no run' test "$status" -eq 0
STATE_PASSPHRASE='' step 'Unpack the state'
not_ok 'nor with none' test "$status" -eq 0
has err 'STATE_PASSPHRASE: is not set' 'which is told'
echo garbage >runner/state/state.gpg
step 'Unpack the state'
not_ok 'nor over a state that is broken' test "$status" -eq 0
gpgconf --kill all >/dev/null 2>&1
all_done
