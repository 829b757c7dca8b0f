#!/bin/sh
# google-post(1)
. "${0%/*}/../lib.sh"

google_start --log="$PWD/log"
run google-post "$sandbox/pool-refresh"
exits 0 'a service that wants to know who calls'
jq -c . out >got
same got 'its reply is a record' <<!
{"type":"reply","url":"$sandbox/pool-refresh","status":200,"reply":{"entries":12,"issues":[]}}
!
ok 'on one line' test "$(wc -l <out)" -eq 1
empty err 'nothing is said'
jq -c 'select(.path == "/pool-refresh") |
    [.method, .status, .request_bytes, .authorization]' log >got
same got 'a POST without a body' <<'!'
["POST",200,0,true]
!
ok 'an ID token is not kept' test ! -e "$XDG_CACHE_HOME/kpipe"
run google-post "$sandbox/nowhere"
exits 2 'a service that is none'
for url in http://example.org/x ftp://127.0.0.1/ example.org '' \
	http://127.0.0.1.example.org/ http://127.0.0.1@example.org/; do
	run google-post "$url"
	exits 2 "no https: '$url'"
done
run google-post
exits 2 'no URL'
run google-post "$sandbox/a" "$sandbox/b"
exits 2 'two of them'
run google-post --timeout=0 "$sandbox/a"
exits 2 'no time'
for how in issues bare; do
	google_start --pool-refresh=$how
	run google-post "$sandbox/pool-refresh"
	exits 0 "$how is a reply"
	jq -c '[.reply | has("entries", "issues")]' out >>got.all
done
same got.all 'whatever it has to say' <<'!'
[true,true]
[false,false]
!
google_start --pool-refresh=fails
run google-post "$sandbox/pool-refresh"
exits 75 'a service that fails'
has err "^google-post: POST $sandbox/pool-refresh: " 'is told'
google_start --fault=stall:path=pool:ms=20000
run timeout 15 google-post --timeout=1 "$sandbox/pool-refresh"
exits 75 'one that does not answer in time'
google_start --fault=html:path=pool
run google-post "$sandbox/pool-refresh"
exits 2 'a page in place of a reply'
google_start --clock-offset=-3600
run google-post "$sandbox/pool-refresh"
exits 0 'a clock that is off'
has err 'the clock of this machine is 3[56][0-9]* s ahead' 'is told'
all_done
