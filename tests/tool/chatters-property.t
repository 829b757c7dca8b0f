#!/bin/sh
# nobody's figures land on somebody else: rows of names as people write them,
# through name-match(1) and chatter-day(1), on rosters made to confuse them
# slow: many rosters
. "${0%/*}/../lib.sh"

misspelt() {
	run python3 "$top/tests/reference/misspelt.py" "$@"
}

[ -n "$asan" ] && times=6 || times=30
# never the same twice; printed, so that it can be had again
random=$(od -A n -N 3 -t u4 /dev/urandom | tr -d ' ')
for seed in 1 2 1011 "$random"; do
	misspelt wrong "$seed" "$times"
	exits 0 "no row on somebody else, seed $seed"
	has out 'right [0-9]{2,}; wrong 0; missed [0-9]+; .*; untold 0;' \
		"all that found nobody are reported, seed $seed"
	comment <out
done
for seed in 3 "$random"; do
	misspelt same "$seed" "$((times / 3))"
	exits 0 "neither order nor names change what comes out, seed $seed"
	comment <out
done

# the check can fail
mkdir bin
cat >bin/name-match <<'!'
#!/bin/sh
# moves the first row that was matched to somebody else
set -e
PATH=${PATH#*:} name-match "$@" | awk '
	!done && /"id":"rec0000"/ { sub(/"id":"rec0000"/, "\"id\":\"rec0001\""); done = 1 }
	{ print }'
!
chmod +x bin/name-match
PATH=$PWD/bin:$PATH
misspelt wrong 1 5
exits 1 'a row on somebody else would be seen'
has err '^wrong: ' 'and told'
all_done
