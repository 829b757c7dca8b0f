#!/bin/sh
# kpipe-sandbox(1): Slack's conversations, files and messages
. "${0%/*}/../lib.sh"

token=kpipe-sandbox-token

# ask PATH [CURL OPTION...]: the body to body, the head to head, and $code
ask() {
	path=$1
	shift
	code=$(curl -g -s -o body -D head -w '%{http_code}' --max-time 60 \
		-H "Authorization: Bearer $token" "$@" "$sandbox$path")
}

# gives 'JQ FILTER' NAME: it holds for the body, which came with 200
gives() {
	[ "$code" = 200 ] && jq -e "$1" body >"$lib_tmp/jq" 2>&1
	result "$2" || {
		echo "status $code; not so: $1"
		head -c 1000 body
	} | comment
}

# post JSON: a message
post() {
	ask /api/chat.postMessage -d "$1" \
		-H 'Content-Type: application/json; charset=utf-8'
}

history='/api/conversations.history?channel=D0OPS00001'

#
# who we are
#
sandbox_start --log="$PWD/log"
ask /api/auth.test
gives '.ok and .user_id == "U0OWNER001"' 'the token is that of a user'
token=xoxb-$token
ask /api/auth.test
gives '.ok and .user_id == "U0KPIPE001"' 'or that of a bot'
ask "$history"
gives '.ok == false and .error == "channel_not_found"' \
	'who does not see the conversation of others'
token=wrong
ask /api/auth.test
gives '. == {"ok":false,"error":"invalid_auth"}' 'a token that is none'
code=$(curl -s -o body -w '%{http_code}' "$sandbox/api/auth.test")
gives '. == {"ok":false,"error":"not_authed"}' 'no token'
token=kpipe-sandbox-token
ask /api/no.such
gives '.error == "unknown_method"' 'a method that is none'

#
# conversations
#
ask /api/conversations.open -d users=U0OPS00001
gives '.ok and .channel.id == "D0OPS00001"' 'a direct message'
ask /api/conversations.open -d '{"users":"U0OPS00001"}' \
	-H 'Content-Type: application/json'
gives '.ok and .channel.id == "D0OPS00001"' 'asked for in JSON'
ask /api/conversations.open -d users=U0NOBODY01
gives '.error == "user_not_found"' 'with nobody'
ask "$history&limit=999"
gives '.ok and .has_more == false and (.messages | length) == 46 and
    .response_metadata.next_cursor == "" and
    (.messages | . == (sort_by(.ts | tonumber) | reverse))' 'what was written'
gives '[.messages[:2][].files[0].mode] == ["tombstone","hosted"] and
    ([.messages[].files[]? | select(.filetype == "csv") | .name][1] ==
    "inflow-2026-03-01.csv")' 'newest first'
jq -c '[.messages[].ts]' body >expected
: >list
cursor=
while :; do
	ask "$history&limit=7&cursor=$cursor"
	jq -r '.messages[].ts' body >>list
	cursor=$(jq -r .response_metadata.next_cursor body)
	[ -n "$cursor" ] || break
done
jq -R . list | jq -s -c . >found
same_file found expected 'pages of seven have the same'
ask "$history&oldest=1772438400.000000&latest=1772438700"
gives '[.messages[] | [.ts, (.files | length)]] ==
    [["1772438700.000000", 1]]' 'a stretch of time'
ask "$history&limit=1000"
gives '.error == "invalid_limit"' 'a page that is too long'
ask '/api/conversations.history?channel=C0NOTOURS1'
gives '.error == "not_in_channel"' 'a channel the token is not in'

#
# files
#
ask "$history&limit=999"
id=$(jq -r '[.messages[].files[]? | select(.name // "" |
    startswith("inflow-"))][0].id' body)
ask "/api/files.info?file=$id"
gives '.ok and .file.user == "U0OPS00001" and .file.size > 500' 'a file'
url=$(jq -r .file.url_private_download body)
size=$(jq .file.size body)
ask "${url#"$sandbox"}"
[ "$(wc -c <body)" -eq "$size" ]
result 'is downloaded as long as it is said to be'
has head '^Content-Type: text/csv' 'as what it is'
run inflow-parse body
exits 0 'and is an export'
has out '"type":"inflow_row","date":"2026-03-01"' 'of the day before'
code=$(curl -s -o body -D head -w '%{http_code}' "$url")
[ "$code" = 200 ] && grep -q '<title>Sign in' body
result 'without a token there is the page for signing in'
token=xoxb-$token
ask "${url#"$sandbox"}"
has body '<title>Sign in' 'as for a bot'
ask /api/files.info?file=F0NONE
gives '.error == "file_not_found"' 'a file that is none'

#
# messages
#
post '{"channel":"C0COACHING","text":"Hello","metadata":{"event_type":"x","event_payload":{"k":"1"}}}'
gives '.ok and .channel == "C0COACHING" and (.ts | length) == 17' 'a message'
post '{"channel":"C0COACHING","text":"again"}'
[ "$code" = 429 ] && grep -q '^Retry-After: 1' head
result 'another within a second is too much'
post '{"channel":"U0DAY00001","text":"Hello"}'
gives '.ok and .channel == "DBDAY00001"' \
	'but not in another conversation'
ask '/api/conversations.history?channel=C0COACHING'
gives '[.messages[].text] == ["Hello"] and
    (.messages[0] | has("metadata") | not)' 'it can be read'
ask '/api/conversations.history?channel=C0COACHING&include_all_metadata=true'
gives '.messages[0].metadata.event_payload.k == "1"' 'with its metadata'
for try in 'C0ARCHIVE1 is_archived' 'C0NOTOURS1 not_in_channel' \
	'C0NONE0001 channel_not_found'; do
	post "{\"channel\":\"${try% *}\",\"text\":\"x\"}"
	gives ".error == \"${try#* }\"" "${try#* }"
done
post '{"channel":"C0ALERTS01"}'
gives '.error == "no_text"' 'no text'
post "{\"channel\":\"C0ALERTS01\",\"text\":\"x\",\"blocks\":[{\"type\":\"header\",\
\"text\":{\"type\":\"plain_text\",\"text\":\"$(printf '%0151d' 0)\"}}]}"
gives '.error == "invalid_blocks"' 'a header that is too long'
post '{"channel":'
gives '.error == "invalid_json"' 'half a body'
curl -s "$sandbox/sandbox/slack" >state
ok 'what was posted can be seen' jq -e '[.posted[].channel] | length == 2' state
curl -s -T state "$sandbox/sandbox/slack" | cmp -s - state
result 'and put back'
code=$(curl -s -o body -w '%{http_code}' -X PUT -d '{"posted":[1]}' \
	"$sandbox/sandbox/slack")
[ "$code" = 400 ]
result 'what is no state is refused'
ok 'the log knows the calls' jq -e -s 'any(.[]; .vendor == "slack" and
    .call == "post" and .object == "message")' log
sandbox_start --slack-minute=2 --slack-page=3
token=kpipe-sandbox-token
ask "$history&limit=100"
gives '(.messages | length) == 3 and .has_more' 'pages can be short'
ask "$history"
ask "$history"
[ "$code" = 429 ] && grep -q '^Retry-After: [1-9]' head
result 'calls a minute are counted'
all_done
