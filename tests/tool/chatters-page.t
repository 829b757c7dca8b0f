#!/bin/sh
# chatters-page(1), over the vendors of kpipe-sandbox
. "${0%/*}/../lib.sh"
# shellcheck source=tests/chatters-day.sh
. "$top/tests/chatters-day.sh"

page() {
	run timeout 60 chatters-page --as-of=$now "$@"
}

run chatters-page --generated-at=soon
exits 2 'an instant that is none'
sandbox_start
page
exits 2 'no history yet'
[ ! -e data/chatters.html ]
result 'is no page'
has err 'run chatters-ingest first' 'which is told'
chatters-ingest --as-of=$now >ingested 2>&1
page
exits 0 'a page'
echo data/chatters.html | same out 'whose path is told'
has data/chatters.html 'Lantern House' 'with its title'
has data/chatters.html 'Sunday 1 March 2026' 'of its day'
cp data/chatters.html before
page --output=again.html
same_file again.html before 'the same start gives the same bytes'
page --date=2026-01-05
exits 2 'a day that is not stored'
has err 'no day 2026-01-05 is stored' 'is told'
same_file data/chatters.html before 'and leaves the page'
sandbox_start --fault=404:path=Reports
page --generated-at=2026-03-02T16:00:00Z
exits 1 'a table that cannot be fetched'
[ -s data/chatters.html ] && ! cmp -s data/chatters.html before
result 'but a page is made'

git init -q --bare -b main site.git
PAGES_URL=$PWD/site.git
export PAGES_URL
sandbox_start
page --no-publish
[ -z "$(git -C site.git for-each-ref)" ]
result 'it is not published when that is not wanted'
page
exits 0 'it is published'
git -C site.git show main:index.html >published
same_file published before 'as it is'
git -C site.git log --format=%s main >commits
echo 'Dashboard 2026-03-01' | same commits 'with its day'
page
git -C site.git rev-list --count main >commits
echo 1 | same commits 'once'
PAGES_URL=$PWD/nowhere.git page
case $status in
2 | 75) true ;;
*) false ;;
esac
result 'a site that is not there'
same_file data/chatters.html before 'leaves the page'
all_done
