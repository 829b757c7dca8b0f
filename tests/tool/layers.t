#!/bin/sh
# the layers: what a source includes and what a tool links
. "${0%/*}/../lib.sh"

# the only tools that may link a library, and why others may not: curl starts in
# 5 ms and reaches the network, the rest is weight
may_link() {
	case $1 in
	libcurl*) echo airtable-fetch airtable-upsert hs-fetch hubstaff-hours pages-deploy sheets-fetch sheets-push google-post slack-file slack-post | tr ' ' '\n' ;;
	libmicrohttpd*) echo kpipe-sandbox ;;
	libcrypto*) echo kpipe-sandbox pages-deploy sheets-fetch sheets-push google-post | tr ' ' '\n' ;;
	libminizip* | libexpat*) echo xlsx-read to-xlsx deal-class runs | tr ' ' '\n' ;;
	libcsv*) echo csv-read inflow-parse name-match | tr ' ' '\n' ;;
	libuchardet*) echo inflow-parse ;;
	libxlsxwriter*) echo to-xlsx ;;
	libutf8proc*) echo airtable-upsert briefing chatter-day inflow-parse metrics name-match render-html schedule | tr ' ' '\n' ;;
	libpq* | libsqlite3*) echo kpipe-history ;;
	libgit2*) echo pages-deploy ;;
	*) ls "$B/bin" ;;
	esac
}

run "$top/scripts/check-layers"
exits 0 'includes point down and the code has no smell'
empty out 'nothing is found'

for path in "$B"/bin/*; do
	tool=${path##*/}
	readelf -d "$path" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
		while read -r library; do
			may_link "$library" | grep -q -x -e "$tool" ||
				echo "$library"
		done >found
	empty found "$tool links nothing that is not its own business"
done

# check-layers finds what it is there for
mkdir -p tree/scripts tree/cmd tree/lib/base tree/lib/record tree/lib/coach \
	tree/lib/hubspot tree/lib/page
cp "$top/scripts/check-layers" tree/scripts
: >tree/lib/base/text.h
: >tree/lib/base/tool.h
: >tree/lib/record/deal.h
: >tree/lib/hubspot/page.h
: >tree/lib/page/coach.h

# finds NAME WHAT: it complains of lib/coach/x.c on standard input
finds() {
	cat >tree/lib/coach/x.c
	run tree/scripts/check-layers
	has out "^lib/coach/x.c:[0-9]+: $2\$" "$1"
}

finds 'a domain that includes another' 'domain coach includes domain hubspot' \
	<<'!'
#include "hubspot/page.h"
!
finds 'a domain that includes a page' 'domain coach includes domain page' \
	<<'!'
#include "page/coach.h"
!
finds "a third party's header in a domain" '<expat.h> outside lib/base' <<'!'
#include <expat.h>
!
finds 'a domain that talks' 'printf\(\) prints: .*' <<'!'
void f(void) { printf("x"); }
!
finds 'a domain that reads the clock' 'time\(\) is not pure: .*' <<'!'
long f(void) { return time(0); }
!
finds 'a number by atoi' 'atoi\(\) tells no error' <<'!'
int f(const char *s) { return atoi(s); }
!
finds 'a line comment' 'block comments only' <<'!'
int x; // y
!
cat >tree/lib/coach/x.c <<'!'
#include <string.h>
#include "base/text.h"
#include "record/deal.h"
/*
 * printf() and atoi() may stand in a comment // so
 */
const char *x = "printf(\"\") // exit(1)";
int f(struct s *s) { return s->read(1) + s->time(2) + my_exit(3); }
!
run tree/scripts/check-layers
exits 0 'words in comments and strings are no code'
empty out 'and nothing is found there'

cat >tree/lib/base/a.c <<'!'
#include <expat.h>
#include "record/deal.h"
!
cp tree/lib/base/a.c tree/lib/base/b.c
run tree/scripts/check-layers
same out 'base includes nothing above it, a library has one module' <<'!'
lib/base/a.c:2: lib/base includes "record/deal.h"
lib/base/b.c:1: <expat.h> is included by lib/base/a too
lib/base/b.c:2: lib/base includes "record/deal.h"
!
# a linker takes either
nm "$B"/lib*.a | awk '$2 ~ /^[TDBR]$/ { print $3 }' | sort | uniq -d >twice
empty twice 'no two modules define one name'
all_done
