#!/bin/sh
# slack-file(1): the newest export of a conversation
. "${0%/*}/../lib.sh"

now=2026-03-02T09:00:00Z
# fetch ARG...: as the job of each morning does
fetch() {
	run timeout 30 slack-file --as-of=$now --from=U0OPS00001 \
		--output=new.csv "$@" U0OPS00001
}

# put 'JQ FILTER': change what Slack has
put() {
	curl -s "$sandbox/sandbox/slack" | jq -c "$1" >state
	curl -s -o put -T state "$sandbox/sandbox/slack"
}

# the file record of the export of today
export_file='.messages[].files[]? |= if .name == "inflow-2026-03-01.csv" then'

sandbox_start --log="$PWD/log"
fetch
exits 0 'a file that is new'
ok 'a record tells of it' jq -e '.type == "file" and
    .name == "inflow-2026-03-01.csv" and .path == "new.csv" and
    .created == "2026-03-02T08:05:00Z" and .bytes > 500' out
[ "$(wc -c <new.csv)" -eq "$(jq .bytes out)" ]
result 'and its bytes are there'
empty err 'without a word'
id=$(jq -r .id out)
fetch
[ "$(jq -r .id out)" = "$id" ]
result 'until it is dealt with it comes again'
run slack-file --commit="$id"
exits 0 'it is dealt with'
empty out 'which writes nothing'
rm new.csv
fetch --verbose
exits 0 'nothing new is fine'
empty out 'and is no record'
has err 'nothing new' 'as --verbose tells'
[ ! -e new.csv ]
result 'and no file'
run slack-file --commit="$id"
[ "$(wc -l <"$XDG_STATE_HOME/kpipe/slack-files.ndjson")" -eq 1 ]
result 'to deal with it twice is to do so once'
printf '{"type":"slack_file_done","id":"F0HAL' \
	>>"$XDG_STATE_HOME/kpipe/slack-files.ndjson"
fetch
empty out 'half a line at the end of the ledger does no harm'
run slack-file --commit=F0MORE0001
[ "$(jq -r .id "$XDG_STATE_HOME/kpipe/slack-files.ndjson" | tail -n 1)" = \
	F0MORE0001 ]
result 'and the next takes its place'
fetch --ledger=undone --hours=200
run slack-file --ledger=undone --commit="$(jq -r .id out)"
: >names
while fetch --ledger=undone --hours=120 --unseen && [ -s out ]; do
	jq -r .name out >>names
	slack-file --ledger=undone --commit="$(jq -r .id out)"
done
same names 'the days that were missed, the newest first' <<'!'
inflow-2026-02-28.csv
inflow-2026-02-27.csv
inflow-2026-02-26.csv
inflow-2026-02-25.csv
!
fetch --ledger=other --match='*.png'
ok 'by a name' jq -e '.name == "board.png"' out
run timeout 30 slack-file --as-of=$now --ledger=other --output=new.csv \
	D0OPS00001
ok 'of anybody' jq -e '.name == "targets.csv"' out
run timeout 30 slack-file --as-of=2027-01-01 --output=new.csv D0OPS00001
exits 0 'no file at that time'
empty out 'is no record'

# pages, little told, ties
sandbox_start --slack-page=2 --log="$PWD/log"
fetch --hours=200
ok 'pages of two' jq -e '.name == "inflow-2026-03-01.csv"' out
put "$export_file"' .file_access = "check_file_info" else . end'
fetch
ok 'a file of which little is told is asked for' \
	jq -e '.name == "inflow-2026-03-01.csv"' out
put '.messages[-3].files = [.messages[].files[]? | select(.name ==
    "inflow-2026-03-01.csv") | .id = "F0ZZZ00001"]'
fetch
ok 'of two of a second the larger id counts' jq -e '.id == "F0ZZZ00001"' out
sandbox_start --fault=loopcursor --slack-page=1
fetch
exits 2 'pages that have no end'
has err 'comes again' 'it says so'

# what is no file
for fault in html:path=files-pri badjson:path=files-pri; do
	sandbox_start "--fault=$fault"
	rm -f new.csv
	fetch
	exits 2 "$fault"
	empty out "$fault: no record"
	[ ! -e new.csv ]
	result "$fault: no file"
done
sandbox_start --fault=html:path=files-pri
fetch
has err 'a page for signing in came' 'the page for signing in is told'
put "$export_file"' .content = "<html>" | .size = 6 else . end'
sandbox_start
put "$export_file"' .content = "<html>" else . end'
fetch
exits 2 'also when it is not told to be one'
sandbox_start
put "$export_file"' .size = 3 else . end'
fetch
exits 2 'another size'
has err 'but it has 3$' 'is told'

# the token goes nowhere else
sandbox_start --log="$PWD/first" --port=0
thief=$sandbox
thief_pid=$sandbox_pid
sandbox_pid=
: >first
sandbox_start \
	"--fault=redirect:path=files-pri:to=$thief/files-pri/T0LANTERN1-F0OTHER001/x"
fetch
exits 2 'a redirect to another port'
ok 'is asked without the token' jq -e -s 'length > 0 and
    all(.[]; .authorization | not)' first
: >first
sandbox_start "--fault=redirect:path=files-pri:to=http://localhost:${thief##*:}/files-pri/x/y"
fetch
exits 2 'a redirect to another host'
has err "leads to 'http://localhost:[0-9]*', which is not Slack's" 'is told'
empty first 'and not asked'
sandbox_start
put "$export_file"' .url_private_download =
    "http://evil.example:1@localhost/files-pri/x" else . end'
fetch
exits 2 'an address elsewhere'
has err "not Slack's" 'is not asked'
put "$export_file"' .url_private_download =
    "http://files.slack.com/x" else . end'
fetch
exits 2 'nor Slack itself when another server was named'
sandbox_start --fault='redirect:path=files-pri:to=/files-pri/T0LANTERN1-x/y'
fetch
exits 2 'redirects without an end'
has err 'more than 3 redirects' 'are told'
kill "$thief_pid"

# what Slack refuses, and what passes
sandbox_start
SLACK_USER_TOKEN=wrong fetch
exits 2 'a wrong token'
has err 'Slack refuses: invalid_auth' 'is told'
SLACK_USER_TOKEN=xoxb-kpipe-sandbox-token fetch
exits 0 'a bot sees its own conversation'
run env -u SLACK_USER_TOKEN slack-file --output=x D0OPS00001
exits 2 'no token'
has err 'set SLACK_USER_TOKEN' 'is told'
run timeout 20 slack-file --output=x D0NONE0001
exits 2 'no such conversation'
has err 'channel_not_found' 'is told'
sandbox_start --fault=403:path=history
fetch
has err 'missing_scope, the token needs im:history' 'a missing scope is told'
sandbox_start --fault=429:at=2:after=1,503:at=3,cut:at=5
fetch
exits 0 'what passes is tried again'
sandbox_start --fault=429:after=900
fetch --max-wait=5
exits 75 'a long wait is not waited for'

# usage
for try in "--output=x" "D0OPS00001" "--output=x nobody" \
	"--output=x --from=x D0OPS00001" "--commit=F1 D0OPS00001" "--commit="; do
	# shellcheck disable=SC2086
	run slack-file $try
	exits 2 "usage: $try"
done
fetch --output=/no/such/folder/x
exits 75 'a limit goes before that'
sandbox_start
fetch --output=/no/such/folder/x
exits 2 'a file that cannot be written'
run sh -c 'slack-file --as-of=2026-03-02T09:00:00Z --output=n D0OPS00001 \
	>/dev/full'
exits 2 'a full disk is no success'
all_done
