#!/bin/sh
# the token goes to the vendor and nowhere else
. "${0%/*}/../lib.sh"

secret=pat-eu1-hush
KPIPE_SANDBOX_TOKEN=$secret
export KPIPE_SANDBOX_TOKEN
sandbox_start --as-of=2026-11-20T09:00:00Z --deals=100 --coaches=20 \
	--log="$PWD/requests"
HUBSPOT_PAT=$secret

# silent NAME: the token is in no file here
silent() {
	grep -r -l -e "$secret" -e hush . >"$lib_tmp/told"
	empty "$lib_tmp/told" "$1"
}

run hs-fetch --verbose --cache=cache --report=report owners deals
exits 0 'a fetch with this token succeeds'
ok 'it kept a cache' test -n "$(ls cache)"
ok 'the sandbox kept a log' test -s requests
silent 'neither output, messages, cache, report nor log has the token'

run hs-fetch --verbose --check
silent 'a check does not tell it'

for fault in 429 500 daily redirect:to=http://127.0.0.1:1 html reset cut badjson; do
	sandbox_start --deals=100 --coaches=20 --fault="$fault:every=2"
	HUBSPOT_PAT=$secret
	run timeout 10 hs-fetch --verbose --max-wait=1 owners
	silent "a vendor in trouble ($fault) does not bring it out"
done

sandbox_start --deals=100 --coaches=20
HUBSPOT_PAT=$secret-wrong
run hs-fetch --verbose owners
exits 2 'a wrong token is refused'
silent 'the message does not quote it'

HUBSPOT_PAT="$secret two"
run hs-fetch owners
exits 2 'so is one that cannot be a token'
silent 'nor does this message'

sandbox_stop
HUBSPOT_PAT=$secret
run timeout 4 hs-fetch --verbose --base-url=http://127.0.0.1:1 owners
silent 'a server that is not there does not bring it out'

printf 'HUBSPOT_PAT=%s\n' "$secret" >"$lib_tmp/env"
chmod 600 "$lib_tmp/env"
unset HUBSPOT_PAT
with-env "$lib_tmp/env" sh -c 'tr "\0" "\n" </proc/$$/cmdline' >arguments
silent 'with-env does not put it into the arguments'

# what is in the tree is invented and does not look like a real one
(cd "$top" && grep -r -n -E 'pat-[a-z]+[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-' cmd lib \
	man scripts tests examples README.md .env.example) >found 2>/dev/null
empty found 'the tree has nothing like a real token'
all_done
