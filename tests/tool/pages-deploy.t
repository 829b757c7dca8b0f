#!/bin/sh
# pages-deploy(1): a page goes to where the site is, and nothing else changes
# slow: it waits for servers that say nothing
. "${0%/*}/../lib.sh"

for program in git python3 openssl jq; do
	command -v $program >/dev/null || skip_all "no $program here"
done
# shellcheck source=tests/git.sh
. "$top/tests/git.sh"

# an empty repository, by its path

remote site
deploy --url="$url" --date=2026-02-10 one
exits 0 'a first page'
empty err 'without a word'
how pushed 'is pushed'
git -C site.git ls-tree -r gh-pages | cut -c 1-12,54- >found
same found 'the branch has the page and what serves it as it is' <<'!'
100644 blob .nojekyll
100644 blob index.html
!
shows site.git index.html one 'the page is what was given'
git -C site.git log --format='%s|%an|%ae|%P' gh-pages >found
same found 'the commit tells the date and has no parent' <<'!'
Dashboard 2026-02-10|kpipe|pages-deploy@kpipe.invalid|
!
[ "$(jq -r .commit out)" = "$(git -C site.git rev-parse gh-pages)" ]
result 'the record tells the commit'
deploy --url="$url" --date=2026-02-11 one
exits 0 'case 95: the same page again'
how 'nothing to publish' 'case 95: is told'
[ "$(commits site.git gh-pages)" = 1 ]
result 'case 95: no commit'
printf '[url "/nowhere"]\n\tinsteadOf = file:\n' >"$HOME/.gitconfig"
deploy --url="file://$url" two
how pushed 'a changed page, whatever a person has for settings'
rm "$HOME/.gitconfig"
git -C site.git log -1 --format='%s' gh-pages >found
same found 'without a date has none in its message' <<'!'
Dashboard
!
printf '<html><head><meta name="data-date" content="2026-03-01"></head></html>' \
	>dated
run sh -c 'pages-deploy --url="$0" --author="Eve Ng <eve@example.org>" <dated' \
	"$url"
exits 0 'a page on standard input'
git -C site.git log -1 --format='%s|%an|%cn|%ce' gh-pages >found
same found 'that tells its date itself, by another author' <<'!'
Dashboard 2026-03-01|Eve Ng|Eve Ng|eve@example.org
!
find "$XDG_CACHE_HOME/kpipe/pages" -maxdepth 1 -name '*.git' >clones
[ "$(wc -l <clones)" -eq 1 ]
result 'one repository is kept for a URL'
ok 'it is whole' git -C "$(cat clones)" fsck --strict
run sh -c 'pages-deploy --url="$0" one >/dev/full' "$url"
exits 2 'a full disk is no success'
deploy --url="$url" one
how 'nothing to publish' 'though it was pushed'

# what others have there

remote others
git clone -q "$url" work 2>/dev/null
mkdir -p work/docs work/folder
echo 'a: b' >work/CNAME
echo theme >work/.nojekyll
echo x >work/folder/x
echo y >work/docs/index.html
ln -s CNAME work/link.html
git -C work add .
git -C work commit -q -m start
git -C work push -q origin HEAD:main
deploy --url="$url" --branch=main one
exits 0 'a branch with other files'
git -C others.git diff --name-status main~ main | tr '\t' ' ' >found
same found 'keeps them' <<'!'
A index.html
!
deploy --url="$url" --branch=main --file=docs/index.html one
git -C others.git diff --name-status main~ main | tr '\t' ' ' >found
same found 'a site in docs/ is served as it is' <<'!'
A docs/.nojekyll
M docs/index.html
!
deploy --url="$url" --branch=main --file=folder one
exits 2 'a folder in the place of the page'
has err "has 'folder', which is no file" 'is told'
deploy --url="$url" --branch=main --file=CNAME/index.html one
exits 2 'a file in the place of the folder'
has err "has 'CNAME', which is no folder" 'is told'
deploy --url="$url" --branch=main --file=link.html one
exits 0 'a link in the place of the page'
[ "$(git -C others.git show main:CNAME)" = 'a: b' ]
result 'is not followed'
before=$(git -C others.git for-each-ref)
deploy --url="$url" --branch=main --dry-run two
how 'would be pushed' 'a dry run'
deploy --url="$url" --dry-run two
how 'would be pushed' 'of a new branch'
[ "$(git -C others.git for-each-ref)" = "$before" ]
result 'changes nothing there'
deploy --url="$url" two
exits 0 'a new branch of a repository with others'
[ "$(git -C others.git ls-tree -r --name-only gh-pages | wc -l)" -eq 2 ] &&
	[ "$(commits others.git gh-pages)" = 1 ]
result 'begins with the page alone'

# pages that are none

: >nothing
printf ' \n' >blank
printf '<html><body>cut' >short
{
	head -c 90000001 /dev/zero | tr '\0' ' '
	echo '</html>'
} >large
while read -r file pattern; do
	deploy --url="$url" "$file"
	exits 2 "a page that is $file"
	has err "^pages-deploy: $file: .*$pattern" 'is told'
done <<'!'
nothing is empty
blank is empty
short end with </html>
large more than 90 MB
!
{
	head -c 89999000 /dev/zero | tr '\0' ' '
	echo '</HTML>'
} >large
deploy --url="$url" --branch=large --dry-run large
exits 0 'a page of nearly 90 MB'
rm -f large
deploy --url="$url" missing
exits 2 'a page that is not there'
[ "$(commits others.git gh-pages)" = 1 ]
result 'nothing of it is pushed'

# wrong usage

while read -r options; do
	# shellcheck disable=SC2086 # words
	deploy $options one
	exits 2 "wrong: ${options:-nothing}"
	lacks err 'planted' 'shows no secret'
done <<'!'

--url=
--url=/no/such/place
--url=ftp://example.org/x
--url=git://example.org/x
--url=http://example.org/x.git
--url=https://planted@github.com/team/site.git
--url=https://ada:planted@github.com/team/site.git
--url=HTTPS://ada:planted@github.com/team/site.git
--url=ssh://git:planted@github.com/team/site.git
--url=git:planted@github.com:team/site.git
--url=https://github.com/team/site.git?token=planted
--url=https://github.com/
--url=ssh://-oProxyCommand=x/y
--url=. --branch=a..b
--url=. --branch=--x
--url=. --branch=refs/heads/a.lock
--url=. --file=/index.html
--url=. --file=../index.html
--url=. --file=a/.git/config
--url=. --file=.nojekyll
--url=. --file=
--url=. --date=2026-02-30
--url=. --author=Ada
--url=. --author=<ada@example.org>
--repository=nowhere
!
deploy --url=https://ada:planted@github.com/team/site.git one
has err 'put the token into PAGES_TOKEN' 'a URL with a password names the remedy'
[ ! -e nowhere ]
result 'no repository is made without a URL'
mkdir things
echo mine >things/mine
deploy --url="$url" --repository=things one
exits 2 'a folder with other things'
has err 'no repository and has other files' 'is left alone'
deploy --url="$url" --repository=own/deep/one one
exits 0 'a folder of ones own is made'
deploy --repository=own/deep/one two
exits 0 'and knows the URL the next time'
deploy --url="$PWD/site.git" --repository=own/deep/one two
exits 2 'it is for one URL'
has err 'belongs to another URL' 'is told'
deploy --url="$PWD" one
exits 2 'a path that is no repository'
has err 'not appear to be a git repository' 'is told in the words of git'
run env PATH="$B/bin" pages-deploy --url="$url" one
exits 2 'a path without git'
has err 'must be installed' 'is told'

# the repository of a person

remote person
deploy --url="$url" one
git clone -q -b gh-pages "$url" mine
echo draft >mine/index.html
echo new >mine/new
echo staged >mine/staged
git -C mine add staged
look() {
	git -C mine status --porcelain
	git -C mine for-each-ref | grep -v refs/kpipe
	cat mine/index.html mine/.git/HEAD mine/.git/config
	cksum <mine/.git/index
}
look >before
deploy --repository=mine two
exits 0 'a repository that a person works in'
look >after
same_file after before 'is left as it is'
ok 'it is whole' git -C mine fsck --strict
git -C mine stash -q -u
git -C mine pull -q
echo own >mine/own
git -C mine add own
git -C mine commit -q -m own
deploy --repository=mine three
exits 75 'commits that are not at the remote'
has err '1 commit that the remote has not.*--reset' 'are told'
own=$(git -C mine rev-parse HEAD)
deploy --repository=mine --reset three
exits 0 'with --reset'
git -C person.git ls-tree --name-only gh-pages >found
[ "$(git -C mine rev-parse gh-pages)" = "$own" ] && [ -e mine/own ] &&
	! grep -q own found
result 'they stay here and do not go there'
git -C mine remote set-url origin https://ada:planted@github.com/team/site.git
deploy --repository=mine three
exits 2 'a secret in the URL of a repository'
lacks err planted 'is not shown'
git -C mine remote set-url origin "$url"
git -C mine remote set-url --push origin "$PWD/site.git"
deploy --repository=mine three
exits 2 'a remote with two URLs'

# the remote is not what it was

remote old
deploy --url="$url" one
deploy --url="$url" two
git -C old.git update-ref refs/heads/gh-pages gh-pages~
deploy --url="$url" three
exits 75 'a branch that was rewritten'
has err 'was rewritten at the remote, which lacks 1 commit ' 'is told'
deploy --url="$url" three
exits 75 'each time'
deploy --url="$url" --reset three
exits 0 'unless --reset says that it is right'
[ "$(commits old.git gh-pages)" = 2 ]
result 'it goes on from what is there'
git -C old.git update-ref -d refs/heads/gh-pages
deploy --url="$url" one
exits 75 'a branch that is gone'
has err 'is gone from the remote' 'is told'
deploy --url="$url" --reset one
exits 0 'and made anew with --reset'
[ "$(commits old.git gh-pages)" = 1 ]
result 'without a parent'

# hooks

remote hook
deploy --url="$url" one
cat >hook.git/hooks/pre-receive <<'!'
#!/bin/sh
env >"$PWD/environment"
printf 'Size limit\033[31m of the team: \007 ask Eve\n' >&2
exit 1
!
chmod +x hook.git/hooks/pre-receive
PAGES_TOKEN=planted-for-nobody deploy --url="$url" two
exits 2 'a hook that refuses'
has err 'pre-receive hook declined.*Size limit.x1b\[31m of the team: .x07 ask' \
	'is told in its words, without what drives a terminal'
has hook.git/environment '^PATH=' 'the hook has an environment'
lacks hook.git/environment planted 'without the token'
[ "$(commits hook.git gh-pages)" = 1 ]
result 'nothing changes'
rm hook.git/hooks/pre-receive
deploy --url="$url" two
exits 0 'it goes well when none refuses'
# a branch that somebody has checked out
git init -q --initial-branch=gh-pages checked
git -C checked commit -q --allow-empty -m start
deploy --url="$PWD/checked" one
exits 2 'a branch that is checked out there'
has err 'refuses: branch is currently checked out' 'is told'

# somebody else is faster

mkdir fake
cat >fake/git <<'!'
#!/bin/sh
# the real one; after a fetch somebody else pushes, as often as $moves says
if [ "$1" != upload-pack ]; then
	exec "$real" "$@"
fi
"$real" "$@"
nr=$(cat "$moves")
[ "$nr" -gt 0 ] || exit 0
echo $((nr - 1)) >"$moves"
PATH=${PATH#*:}
exec "${moves%/*}/move" "$2" gh-pages >&2
!
chmod +x fake/git
moves=$PWD/moves
export real moves
racing() { # racing MOVES PAGE
	echo "$1" >moves
	PATH=$PWD/fake:$PATH
	deploy --url="$url" "$2"
	PATH=${PATH#*:}
}
remote race
deploy --url="$url" one
racing 1 two
exits 0 'case 96: the remote moved on'
how pushed 'case 96: it is fetched, done once more and pushed'
shows race.git index.html two 'case 96: the page is there'
[ "$(commits race.git gh-pages)" = 3 ] &&
	git -C race.git cat-file -e gh-pages:other
result 'case 96: so is what somebody else did'
racing 2 three
exits 75 'a remote that moves on twice'
has err 'moved on while .* twice: try again later' 'is told'
[ "$(commits race.git gh-pages)" = 5 ]
result 'and keeps what others did'
racing 0 three
exits 0 'and later it goes well'
remote race
cat >race.git/hooks/later <<'!'
#!/bin/sh
[ ! -e once ] || exit 0
touch once
unset GIT_QUARANTINE_PATH
git update-ref refs/heads/gh-pages "$(cat other)"
!
deploy --url="$url" one
./move "$url" gh-pages
git -C race.git rev-parse gh-pages >race.git/other
git -C race.git update-ref refs/heads/gh-pages gh-pages~
mv race.git/hooks/later race.git/hooks/pre-receive
chmod +x race.git/hooks/pre-receive
deploy --url="$url" two
exits 0 'one that moves on while it takes the push'
[ "$(commits race.git gh-pages)" = 3 ]
result 'loses nothing either'

# killed

remote kill
deploy --url="$url" one
clone=$(find "$XDG_CACHE_HOME/kpipe/pages" -maxdepth 1 -name '*.git')
for nr in 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 45; do
	page "kill $nr" >killed
	pages-deploy --url="$url" killed >/dev/null 2>&1 &
	sleep "0.0$nr"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
done
deploy --url="$url" two
exits 0 'after many that were killed'
shows kill.git index.html two 'the page is there'
ok 'the remote is whole' git -C kill.git fsck --strict
ok 'and so is the repository here' git -C "$clone" fsck --strict
# what they may leave, at its worst
for name in refs/kpipe/next refs/kpipe/pages/gh-pages; do
	touch "$clone/$name.lock"
done
touch -d '2 hours ago' "$clone/objects/pack/pack_git2_abcdef"
deploy --url="$url" three
exits 0 'locks of a process that was killed'
[ ! -e "$clone/objects/pack/pack_git2_abcdef" ]
result 'and its half of a pack are no hindrance'
rm -rf "${clone:?}"
mkdir -p "$clone/objects" "$clone/refs"
touch "$clone/kpipe-pages.lock" "$clone/config.lock"
deploy --url="$url" one
exits 0 'nor is half of a repository'
rm -rf "${clone:?}"
git init -q --bare "$clone"
touch "$clone/kpipe-pages.lock" "$clone/config.lock"
deploy --url="$url" --repository="$clone" two
exits 0 'nor one without its remote'
deploy --repository="$clone" three
exits 0 'which is noted'

# two at once

"$python" -c 'import fcntl, sys, time
f = open(sys.argv[1], "w")
fcntl.flock(f, fcntl.LOCK_EX)
open("held", "w").close()
time.sleep(60)' "$clone/kpipe-pages.lock" &
holder=$!
pids="$pids $holder"
wait_until test -e held
deploy --url="$url" --repository="$clone" --max-wait=1 one
exits 75 'one that has to wait too long for another'
has err 'another process holds the lock' 'says so'
kill $holder
wait $holder 2>/dev/null
for nr in 1 2 3 4; do
	page "at once $nr" >"once.$nr"
	(
		pages-deploy --url="$url" --repository="$clone" "once.$nr" \
			>/dev/null
		echo $? >"once.$nr.status"
	) &
	once="${once-} $!"
done
# shellcheck disable=SC2086 # words
wait $once
cat once.?.status >found
same found 'four at once wait for each other' <<'!'
0
0
0
0
!
git -C kill.git log -5 --format=%s gh-pages | sort | uniq -c >found
same found 'and all are pushed' <<'!'
      5 Dashboard
!
all_done
