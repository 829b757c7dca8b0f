#!/bin/sh
# the chatter figures against another implementation, on random days; and the
# example lines of chatters(5)
. "${0%/*}/../lib.sh"

reference() {
	"$top/tests/reference/chatters.py" "$@"
}

# agrees NAME: what the tool wrote last is what the reference wrote
agrees() {
	ok "$1: there are records" test -s expected
	reference compare out expected >differ 2>&1
	empty differ "$1"
}

for seed in 1 2 3 4 5 6; do
	ok "seed $seed: people are made up" reference generate "$seed"

	reference days roster.ndjson sources.ndjson >expected
	run chatter-day roster.ndjson sources.ndjson
	agrees "seed $seed: the days"
	mv out days

	date=2026-02-$((28 - seed % 3))
	reference figures "$date" 2026-03-01 settings.json roster.ndjson days \
		log.ndjson >expected
	run metrics chatters --date="$date" --as-of=2026-03-01 \
		--config=settings.json days log.ndjson roster.ndjson
	agrees "seed $seed: the figures"
done
echo '{"type":"chatter_day","id":"x"}' >out
reference compare out expected >differ
ok 'what differs would be told' test -s differ

# a page's example is what the tools write today
cd "$examples/chatters" || exit
{
	cat roster.ndjson coaching.ndjson reports.ndjson
	chatter-day roster.ndjson matched.ndjson
	chatter-day roster.ndjson matched.ndjson |
		metrics chatters --as-of=2026-02-11 roster.ndjson \
			coaching.ndjson -
} >"$OLDPWD/made"
cd "$OLDPWD" || exit
for type in roster coaching_log chatter_report chatter_day operations_note chatter_summary \
	chatter_team coaching_candidate chatter_week chatter_team_week; do
	grep "^{\"type\":\"$type\"," "$top/man/chatters.5" >line
	ok "chatters(5): there is a $type" test -s line
	ok "chatters(5): the $type is one of the examples" \
		grep -q -x -F -f line made
done
all_done
