#!/bin/sh
# no secret stands in an argument, a message, a log, a cache, a file, the tree
# slow: each tool, against each fault
. "${0%/*}/../lib.sh"

python=python3
"$python" -c 'import openpyxl' 2>/dev/null || python=/usr/bin/python3

# one that the sandbox takes, one that it refuses, and some that are none; all
# kept beside what the tools make. Each run has its own, so that it does not see
# the processes of another that plants some at the same time
digits() {
	od -A n -N 4 -t x4 /dev/urandom | tr -d ' '
}
right_part=$(digits)
wrong_part=$(digits)
odd_part=$(digits)
right=pat-eu1-$right_part-planted-in-a-test
wrong=pat-eu1-$wrong_part-planted-and-wrong
odd="pat-eu1-$odd_part planted-and-odd"
printf '%s\n' "$right" "$wrong" "$right_part" "$wrong_part" "$odd_part" \
	>"$lib_tmp/secrets"
KPIPE_SANDBOX_TOKEN=$right
export KPIPE_SANDBOX_TOKEN

# sandbox ARG...: one that logs, and the right token for it
sandbox() {
	sandbox_start --scale=0.004 --deals=300 --coaches=30 --limit=0 \
		--search-limit=0 --log="$PWD/requests" "$@"
	HUBSPOT_PAT=$right
	export HUBSPOT_PAT
}

# watch the command lines of this test's processes while the tools run: all that
# have its folder in the environment, since another test may show a token of its
# own sandbox meanwhile. Each is read twice, since that of a process which is just
# starting may show its environment
watch() {
	while [ ! -e "$lib_tmp/enough" ]; do
		grep -l -a -F -f "$lib_tmp/secrets" /proc/[0-9]*/cmdline |
			while read -r line; do
				grep -q -a -F -e "$lib_tmp" "${line%cmdline}environ" &&
					tr '\0' ' ' <"$line" |
					grep -a -F -f "$lib_tmp/secrets"
			done
		echo . >>"$lib_tmp/looks"
		sleep 0.02
	done >"$lib_tmp/seen" 2>/dev/null
}
watch &
watcher=$!

nr_did=0
# did COMMAND...: run it with all it has to say, and keep that
did() {
	nr_did=$((nr_did + 1))
	"$@" >"out.$nr_did" 2>"err.$nr_did"
	status=$?
}

# clean NAME: no file here has a secret
clean() {
	grep -r -l -a -F -f "$lib_tmp/secrets" . >"$lib_tmp/found"
	empty "$lib_tmp/found" "$1"
}

# what goes well

sandbox
did hs-fetch --verbose --report=report --state=state --cache=cache \
	--properties=dealname deals
did hs-fetch --verbose --report=report --state=state deals
did hs-fetch --verbose --report=report --cache=cache \
	'--search=aangebracht_door=Nationale Apotheek' contacts
cp "out.$nr_did" contacts
did hs-fetch --verbose --report=report --cache=cache --links=deals contacts
cp "out.$nr_did" links
did hs-fetch --verbose --report=report --cache=cache --read=deals --sort links
did hs-fetch --verbose --all-properties owners pipelines/deals properties/deals
did hs-fetch --verbose --check
did coach-refresh --verbose -r
exits 0 'a refresh with the token in the environment'
cp err."$nr_did" err
has err 'step 6/6' 'that tells what it does'
unset HUBSPOT_PAT
umask 077
echo "HUBSPOT_PAT='$right'" >"$lib_tmp/env"
umask 022
did coach-refresh --verbose -r --env="$lib_tmp/env"
exits 0 'and one with the token in a file'
did with-env --verbose "$lib_tmp/env" hs-fetch --verbose owners
exits 0 'a fetch with the token in a file'
ok 'the server was asked' test "$(wc -l <requests)" -gt 40
clean 'nothing that is made or told has the token'
if "$python" -c '' 2>/dev/null; then
	run "$python" -c '
import glob, sys, zipfile
secrets = [s.encode() for s in open(sys.argv[1]).read().split()]
for path in glob.glob("data/**/*.xlsx", recursive=True):
    book = zipfile.ZipFile(path)
    for name in book.namelist():
        if any(s in book.read(name) for s in secrets):
            print(path, name)
print("read")' "$lib_tmp/secrets"
	echo read >expected
	same_file out expected 'nor have the workbooks'
fi

# tokens that change: all of them are secrets, those of a file too

sandbox --hubstaff-exchanges=0 --hubstaff-token-seconds=1
HUBSTAFF_REFRESH_TOKEN=$right
export HUBSTAFF_REFRESH_TOKEN
# hours ARG...: of a day, with a new token each time
hours() {
	did timeout 30 hubstaff-hours --verbose --since=2026-02-10 \
		--until=2026-02-10 --report=report --max-wait=1 "$@"
	jq -r '.refresh_token, .access_token // empty' \
		"$XDG_STATE_HOME"/kpipe/*.json >>"$lib_tmp/secrets" 2>/dev/null
}
for nr in 1 2 3; do
	hours
	[ "$status" -eq 0 ] || echo "time $nr"
done >harmed
empty harmed 'hours with a token that is another each time'
ok 'each is known here' test "$(sort -u "$lib_tmp/secrets" | wc -l)" -ge 11
for fault in 401 403 400 404 429 500:after=300 redirect:to=http://localhost:9/x \
	html cut gzipcut badjson; do
	for path in access_tokens members; do
		sandbox --hubstaff-exchanges=0 --retry-after=300 \
			"--fault=${fault%%:*}:path=$path:times=9${fault#"${fault%%:*}"}"
		HUBSTAFF_REFRESH_TOKEN=$right
		hours
		[ "$status" -ne 0 ] || echo "--fault=$fault"
	done
done >harmless
empty harmless 'hours that cannot be had'
for token in "$wrong" "$odd" "${right}$(printf '\033[31m')"; do
	HUBSTAFF_REFRESH_TOKEN=$token hours --token-file="$lib_tmp/other"
	HUBSTAFF_ACCESS_TOKEN=$token hours
done
clean 'no token that changes is anywhere but in its file'
unset HUBSTAFF_REFRESH_TOKEN

# Slack: a token that must not follow a redirect, nor stand in a ledger

# file ARG...: the export of the morning
file() {
	did timeout 20 slack-file --verbose --as-of=2026-03-02T09:00:00Z \
		--output=export.csv "$@" U0OPS00001
}
sandbox
SLACK_USER_TOKEN=$right
export SLACK_USER_TOKEN
file
exits 0 'a file of Slack'
did slack-file --verbose --commit=F0CSV00001
for fault in 401 403 404 429:after=300 html badjson cut \
	redirect:to=http://localhost:9/x; do
	sandbox "--fault=$fault"
	SLACK_USER_TOKEN=$right
	file --max-wait=1
done
for token in "$wrong" "$odd"; do
	SLACK_USER_TOKEN=$token file
	exits 2 'a token that Slack refuses'
done
echo '{"type":"message","to":"U0DAY00001","text":"x"}' >message
sandbox
SLACK_BOT_TOKEN=$right did timeout 20 slack-post --verbose message
exits 0 'a message'
for token in "$wrong" "$odd"; do
	SLACK_BOT_TOKEN=$token did timeout 20 slack-post --verbose message
	exits 2 'that is refused'
done
clean 'nothing has the token of Slack'

# Airtable

table() {
	did timeout 30 airtable-fetch --verbose --table=Chatters \
		--report=report --max-wait=1 "$@"
}
sandbox
AIRTABLE_TOKEN=$right
export AIRTABLE_TOKEN
table
exits 0 'a table that is fetched'
for fault in 401 403 404 422 429 500:after=300 html cut gzipcut badjson \
	redirect:to=http://localhost:9/x; do
	sandbox --retry-after=300 "--fault=${fault%%:*}:times=9${fault#"${fault%%:*}"}"
	AIRTABLE_TOKEN=$right
	table
	[ "$status" -ne 0 ] || echo "--fault=$fault"
done >harmless
empty harmless 'and tables that cannot be had'
for token in "$wrong" "$odd" "${right}$(printf '\033[31m')"; do
	AIRTABLE_TOKEN=$token table
done
echo '{"type":"chatter_day","date":"2026-03-01","name":"A"}' >day
for fault in none 401 422 500 lost html; do
	sandbox "--fault=$([ $fault = none ] && echo 599:at=999 || echo $fault)"
	AIRTABLE_TOKEN=$right
	did timeout 6 airtable-upsert --verbose --table='Daily Performance' \
		--report=report --max-wait=1 day
done
did airtable-upsert --dry-run --table=x day
clean 'no token of Airtable is anywhere'
unset AIRTABLE_TOKEN

# what goes wrong

for fault in 401 403 400 404 429 500 daily redirect:to=http://localhost:9/x \
	html cut gzipcut badjson loopcursor; do
	sandbox --retry-after=300 "--fault=$fault:times=9"
	did timeout 5 hs-fetch --verbose --report=report --max-wait=1 contacts
	[ "$status" -ne 0 ] || echo "--fault=$fault"
done >harmless
sandbox --deny=contacts,owners
did hs-fetch --verbose --check
did hs-fetch --verbose contacts owners
for token in "$wrong" "$odd" "$right
X-Other: header" "${right}$(printf '\033[31m')"; do
	HUBSPOT_PAT=$token did hs-fetch --verbose contacts
	exits 2 'a token that is refused'
	HUBSPOT_PAT=$token did coach-refresh --verbose -r
	exits 2 'also by a refresh'
done
for url in "http://$right@127.0.0.1:9" "http://x:$right@127.0.0.1:9/" \
	"$right" "http://127.0.0.1:9/?token=$right"; do
	# the user's own words, but they are a secret
	HUBSPOT_BASE_URL=$url did timeout 5 hs-fetch --verbose contacts
	[ "$status" -ne 0 ] || echo a URL >>harmless
done
empty harmless 'all of this goes wrong'
clean 'no message has the token when something goes wrong'

printf 'HUBSPOT_PAT=%s\0x\n' "$right" >"$lib_tmp/bad"
printf '=%s\n' "$right" >>"$lib_tmp/bad"
chmod 600 "$lib_tmp/bad"
did with-env --verbose "$lib_tmp/bad" true
did with-env --verbose "$lib_tmp/env" no-such-command
chmod 644 "$lib_tmp/env"
did with-env --verbose "$lib_tmp/env" true
exits 2 'a file that others can read'
chmod 600 "$lib_tmp/env"
clean 'with-env shows no value'

# the token is for the tool that needs it

mkdir tools
cp "$B/bin/coach-refresh" "$B/bin/hs-fetch" "$B/bin/with-env" \
	"$B/share/kpipe/pipeline.bash" tools
for tool in deal-class metrics eligibility stage-mapping to-xlsx to-csv runs; do
	printf '#!/bin/sh\nenv >>environments\nexec "$B/bin/%s" "$@"\n' $tool \
		>tools/$tool
	chmod +x tools/$tool
done
sandbox
did env -u KPIPE_SANDBOX_TOKEN \
	tools/coach-refresh -r --data=other --cache=other/cache --logs=other/logs
exits 0 'a refresh by tools that tell their environment'
has environments '^PATH=' 'which they do'
clean 'no tool but hs-fetch has the token'

# Google: the key, the assertions that it signs, and the tokens

printf 'ya29.\neyJhbGciOiJSUzI1NiI\n' >>"$lib_tmp/secrets"
# google ARG...: the sandbox, whose key is a secret from then on
google() {
	google_start --log="$PWD/requests" "$@"
	jq -r .private_key "$GOOGLE_SA_JSON_PATH" | grep -x '[^-]\{64\}' \
		>>"$lib_tmp/secrets"
	HUBSPOT_PAT=$right
	COACH_POOL_SHEET_URL=$sheet
	COACH_POOL_REFRESH_URL=$sandbox/pool-refresh
	export HUBSPOT_PAT COACH_POOL_SHEET_URL COACH_POOL_REFRESH_URL
}
echo '{"id":"1"}' >one
push() {
	did timeout 20 sheets-push --verbose --spreadsheet="$sheet" \
		--tab=NA_Pool --columns=owner_id=id "$@" one
}
google
did sheets-fetch --verbose --spreadsheet="$sheet"
exits 0 'a tab that is fetched'
push --dry-run
push
exits 0 'and pushed'
did google-post --verbose "$sandbox/pool-refresh"
exits 0 'and a service that is called'
did coach-pool --verbose
exits 0 'and the pool that is pushed and told'
ok 'a token is kept' sh -c 'grep -q ya29 "$0"/google-token-*' \
	"$XDG_CACHE_HOME/kpipe"
find "$XDG_CACHE_HOME" -type f ! -perm 600 >found
empty found 'where its owner alone can read it'
clean 'nothing that is made or told has the key, an assertion or a token'
for fault in 401 403 400 404 429:after=900 html badjson cut:times=1 \
	redirect:to=http://localhost:9/x; do
	for path in token v4 pool-refresh; do
		google "--fault=${fault%%:*}:path=$path${fault#"${fault%%:*}"}"
		rm -rf "$XDG_CACHE_HOME"
		push
		did timeout 20 google-post --verbose "$sandbox/pool-refresh"
	done
done
google --clock-offset=3600
push
sed 's/"private_key": *"[^"]*"/"private_key":"-----BEGIN PRIVATE KEY-----"/' \
	"$GOOGLE_SA_JSON_PATH" >"$lib_tmp/bad"
GOOGLE_SA_JSON_PATH=$lib_tmp/bad push
chmod 644 "$GOOGLE_SA_JSON_PATH"
push
exits 2 'a key file that others can read'
chmod 600 "$GOOGLE_SA_JSON_PATH"
clean 'no message has them when something goes wrong'
rm -f environments
cp "$B/bin/coach-pool" tools
for tool in sheets-push google-post xlsx-read; do
	printf '#!/bin/sh\nenv >>environments\nexec "$B/bin/%s" "$@"\n' $tool \
		>tools/$tool
	chmod +x tools/$tool
done
did env -u KPIPE_SANDBOX_TOKEN tools/coach-pool
exits 0 'a push by tools that tell their environment'
has environments '^GOOGLE_SA_JSON_PATH=' 'which they do'
clean 'no tool of the push has the token of HubSpot'

# through all that

mkfifo "$lib_tmp/go"
sh -c 'read -r line <"$1"' "$right-on-purpose" "$lib_tmp/go" &
shown=$!
tries=0
until grep -q on-purpose "$lib_tmp/seen" || [ $tries -gt 600 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
echo >"$lib_tmp/go"
wait $shown
touch "$lib_tmp/enough"
wait "$watcher"
has "$lib_tmp/seen" on-purpose 'a command line with the token is seen'
ok 'command lines were looked at often' sh -c \
	'[ "$(wc -l <"$0")" -gt 20 ]' "$lib_tmp/looks"
grep -v on-purpose "$lib_tmp/seen" >found
empty found 'no other had it'

# the tree: what looks like a secret somebody would have been given

find "$top" \( -name .git -o -name build -o -name node_modules \) -prune -o \
	-type f -exec grep -I -n -E -e \
	"pat-(na|eu)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-|xox[abprs]-[0-9]{5}|\
AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{30}|ya29\.[0-9A-Za-z_-]{20}|\
-----BEGIN [A-Z ]*PRIVATE KEY-----\$|AIza[0-9A-Za-z_-]{30}|\
eyJ[0-9A-Za-z_-]{20,}\.eyJ" {} + >found
empty found 'the tree has nothing that looks like a secret'
find "$top" \( -name .git -o -name build \) -prune -o -name .env -print \
	-o -name service_account.json -print >found
[ "$(cd "$top" && git check-ignore .env 2>/dev/null)" != .env ] ||
	: >found
empty found 'nor a file of secrets that could be committed'

all_done
