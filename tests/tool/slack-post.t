#!/bin/sh
# slack-post(1): each message once
. "${0%/*}/../lib.sh"

posted() { # posted 'JQ FILTER' NAME: it holds for what Slack has
	curl -s "$sandbox/sandbox/slack" | jq -c .posted >posted
	jq -e "$1" posted >/dev/null
	result "$2" || head -c 1000 posted | comment
}
post() {
	run timeout 60 slack-post "$@"
}
ledger() {
	echo "$XDG_STATE_HOME/kpipe/slack-posts.ndjson"
}

blocks='[{"type":"section","text":{"type":"mrkdwn","text":"*Hi* &lt;b&gt;"}}]'
{
	echo '{"type":"message","to":"U0DAY00001","key":"a","text":"<b>Eve</b> & Co","blocks":'"$blocks"'}'
	echo '{"type":"other","to":1}'
	echo '{"type":"message","to":"C0COACHING","text":"é \"quoted\""}'
} >in

sandbox_start
post --dry-run in
exits 0 'a dry run'
[ "$(wc -l <out)" -eq 2 ] && jq -e -s '.[0].channel == "U0DAY00001" and
    .[0].text == "&lt;b&gt;Eve&lt;/b&gt; &amp; Co" and
    (.[0].blocks | length) == 1' out >/dev/null
result 'writes what would be sent'
posted 'length == 0' 'and sends nothing'
run env -u SLACK_BOT_TOKEN slack-post --dry-run --plain in
ok '--plain leaves blocks out' jq -e -s 'any(.[]; has("blocks")) | not' out
post in
exits 0 'two messages'
empty err 'without a word'
ok 'are told' jq -e -s 'map(.how) == ["sent","sent"]' out
posted 'map(.channel) == ["DBDAY00001","C0COACHING"] and
    .[0].text == "&lt;b&gt;Eve&lt;/b&gt; &amp; Co" and
    .[0].blocks[0].text.text == "*Hi* &lt;b&gt;" and
    .[1].text == "é \"quoted\""' 'and sent, with & < > escaped'
post in
exits 0 'the same again'
ok 'is told' jq -e -s 'map(.how) == ["already","already"]' out
posted 'length == 2' 'and not sent'
post --dry-run in
empty out 'nor would be'
sed 's/Eve/Ada/' in >changed
post changed
posted 'length == 2' 'a key counts, whatever the words'
post --force in
posted 'length == 4' '--force sends again'

# four to one channel: one a second
sandbox_start --log="$PWD/log"
for nr in 1 2 3; do
	echo '{"type":"message","to":"C0ALERTS01","text":"'"$nr"'"}'
done >many
post many
exits 0 'three to a channel'
ok 'none is too early' jq -e -s 'all(.[]; .status == 200)' log
posted 'map(.text) == ["1","2","3"]' 'in their order'
sandbox_start --fault=429:path=postMessage:times=1:after=1
post in
exits 0 '429 is waited for'
posted 'length == 2' 'and sent once'

# sent, but nobody was told
for fault in cut gzipcut badjson; do
	sandbox_start "--fault=$fault:path=postMessage:times=1"
	head -n 1 in >one
	post one
	exits 0 "$fault: the answer is lost"
	ok "$fault: it is found" jq -e '.how == "found"' out
	post one
	posted 'length == 1' "$fault: and not sent again"
done
# killed between sending and noting
sandbox_start --fault=stall:path=postMessage:ms=20000:times=1
slack-post one >killed 2>&1 &
pid=$!
tries=0
while [ "$(curl -s "$sandbox/sandbox/slack" | jq '.posted | length')" = 0 ] &&
	[ $tries -lt 150 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -9 $pid
wait $pid 2>/dev/null
posted 'length == 1' 'killed when it was sent'
[ "$(jq -r .state "$(ledger)")" = sending ]
result 'and not noted'
post one
exits 0 'the next start'
ok 'finds it' jq -e '.how == "found"' out
posted 'length == 1' 'and sends nothing'
# killed between noting and sending
sandbox_start
mkdir -p "$XDG_STATE_HOME/kpipe"
echo '{"type":"slack_post","to":"U0DAY00001","key":"a","state":"sending","at":"2026-01-01T00:00:00Z"}' \
	>"$(ledger)"
printf '{"type":"slack_post","to":"U0D' >>"$(ledger)"
post one
ok 'what was noted and not sent is sent' jq -e '.how == "sent"' out
posted 'length == 1' 'once'
sandbox_start --fault=403:path=history
mkdir -p "$XDG_STATE_HOME/kpipe"
echo '{"type":"slack_post","to":"U0DAY00001","key":"a","state":"sending","at":"2026-01-01T00:00:00Z"}' \
	>"$(ledger)"
post one
exits 1 'who cannot look sends nothing'
has err 'not known whether it was sent before: .*im:history' 'and says so'
posted 'length == 0' 'nothing is sent'
sandbox_start --fault=reset:path=postMessage:times=1
post one
exits 75 'an answer that does not come'
has err 'the next start looks' 'is told'
post one
exits 0 'the next start sends'
posted 'length == 1' 'once'

# one that fails
sandbox_start
{
	echo '{"type":"message","to":"U0NOBODY01","text":"x"}'
	echo '{"type":"message","to":"C0ARCHIVE1","text":"x"}'
	cat one
} >some
post some
exits 1 'two that are refused'
has err 'message 1, to U0NOBODY01: .*user_not_found' 'are told'
has err 'message 2, to C0ARCHIVE1: .*is_archived' 'each'
posted 'length == 1' 'the third is sent'
SLACK_BOT_TOKEN=wrong post --force one
exits 2 'a wrong token'
has err 'invalid_auth' 'is told'

# nothing of bad input is sent
for bad in '"to":"x","text":"x"' '"to":"U0DAY00001"' '"to":"U0DAY00001","text":""' \
	'"to":"U0DAY00001","text":"x","blocks":{}' \
	'"to":"U0DAY00001","text":"x","key":1'; do
	sed 's/"key":"a"/"key":"b"/' one >bad
	echo '{"type":"message",'"$bad"'}' >>bad
	post bad
	exits 2 "bad: $bad"
	has err '^slack-post: bad:2: ' 'with its line'
done
posted 'length == 1' 'nothing of it is sent'

# what Slack would not take
e=😀
long() { # long N: as many of them
	printf "%0$1d" 0 | sed "s/0/$e/g"
}
# told NAME WHY MEMBERS: a message with these is refused
told() {
	printf '{"type":"message","to":"U0DAY00001",%s}\n' "$3" >bad
	post bad
	exits 2 "$1"
	echo "slack-post: bad:1: $2" | same err 'is told before it is sent'
}
header() { # header TEXT
	printf '"text":"x","blocks":[{"type":"divider"},{"type":"header",'
	printf '"text":{"type":"plain_text","text":"%s"}}]' "$1"
}
section() { # section TEXT
	printf '{"type":"section","text":{"type":"mrkdwn","text":"%s"}}' "$1"
}
told 'a text of more than 40,000 characters' \
	"field 'text' has 40002 characters, and Slack takes 40000" \
	"\"text\":\"$(long 20001)\""
told 'also when they are what is escaped' \
	"field 'text' has 40004 characters, and Slack takes 40000" \
	"\"text\":\"$(printf '%010001d' 0 | sed 's/0/>/g')\""
told 'a header of more than 150' \
	'block 2: the header has 152 characters, and Slack takes 150' \
	"$(header "$(long 76)")"
told 'a section of more than 3,000' \
	'block 1: the text has 3002 characters, and Slack takes 3000' \
	"\"text\":\"x\",\"blocks\":[$(section "$(long 1501)")]"
three=$(section "$(long 1500)")
told 'blocks of more than 13,000 together' \
	'its blocks have 15000 characters, and Slack takes 13000' \
	"\"text\":\"x\",\"blocks\":[$three,$three,$three,$three,$three]"
many=$(yes "$(section x)," | head -n 50 | tr -d '\n')
told 'more than 50 blocks' 'it has 51 blocks, and Slack takes 50' \
	"\"text\":\"x\",\"blocks\":[$many$(section x)]"
told 'a block that is none' 'block 1: it has no type' \
	'"text":"x","blocks":[{}]'
told 'a context of too many' 'block 1: it has 11 elements, and Slack takes 10' \
	'"text":"x","blocks":[{"type":"context","elements":[1,2,3,4,5,6,7,8,9,10,11]}]'
{
	printf '{"type":"message","to":"U0DAY00001","text":"%s"}\n' \
		"$(long 20000)"
	printf '{"type":"message","to":"U0DAY00001",%s}\n' \
		"$(header "$(long 75)")"
	printf '{"type":"message","to":"U0NIGHT001","text":"x","blocks":[%s]}\n' \
		"$three,$three,$three,$three,$(section "$(long 500)")"
	printf '{"type":"message","to":"U0COO00001","text":"x","blocks":[%s]}\n' \
		"${many%,}"
} >most
post most
exits 0 'just as much as Slack takes'
posted 'length == 5' 'is sent'
run sh -c 'slack-post --force one >/dev/full'
exits 2 'a full disk is no success'
all_done
