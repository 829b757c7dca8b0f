#!/bin/sh
# pages-deploy(1) by HTTPS: the token goes to one place, and waiting has an end
# slow: it waits for servers that say nothing
. "${0%/*}/../lib.sh"

for program in git python3 openssl jq; do
	command -v $program >/dev/null || skip_all "no $program here"
done
# shellcheck source=tests/git.sh
. "$top/tests/git.sh"

mkdir srv
# mbed TLS knows a number for a host by the common name alone
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem \
	-days 2 -subj /CN=127.0.0.1 -addext basicConstraints=critical,CA:TRUE \
	2>/dev/null
PAGES_TOKEN=planted-$(od -A n -N 8 -t x8 /dev/urandom | tr -d ' ')
export PAGES_TOKEN
echo "$PAGES_TOKEN" >srv/token
git init -q --bare srv/site.git
serve srv cert.pem key.pem
url=https://127.0.0.1:$port/site.git
deploy --url="$url" one
exits 2 'a certificate of nobody known'
has err 'not of an authority that is known.*SSL_CERT_FILE' 'is told'
[ ! -e srv/log ]
result 'and nothing is asked of that server'
SSL_CERT_FILE=$PWD/cert.pem
export SSL_CERT_FILE
deploy --url="https://localhost:$port/site.git" one
[ "$status" -ne 0 ] && [ ! -e srv/log ]
result 'nor when the certificate is for another name'
cat >srv/site.git/hooks/pre-receive <<'!'
#!/bin/sh
# whoever pushes is there now
grep -l -a -F -f ../token /proc/[0-9]*/cmdline >shown 2>/dev/null
echo looked >>shown
!
chmod +x srv/site.git/hooks/pre-receive
deploy --url="$url" one
exits 0 'a page by HTTPS'
empty err 'without a word'
how pushed 'is pushed'
shows srv/site.git index.html one 'and there'
same srv/site.git/shown 'no command line has the token' <<'!'
looked
!
deploy --url="$url" one
how 'nothing to publish' 'once'
deploy --verbose --url="$url" two
exits 0 'and another'
PAGES_TOKEN=planted-and-wrong deploy --url="$url" three
exits 2 'a token that is refused'
has err 'refuses the token of PAGES_TOKEN' 'is told'
grep -c 'planted-and-wrong' srv/log >found
same found 'it is tried once' <<'!'
1
!
run env -u PAGES_TOKEN pages-deploy --url="$url" three
exits 2 'no token'
has err 'put a token into PAGES_TOKEN' 'is told'
while read -r want most mode; do
	echo "$mode" >srv/mode
	deploy --max-wait="$most" --url="$url" three
	exits "$want" "$mode"
	has err "^pages-deploy: .*127.0.0.1" 'is told, with the host'
done <<'!'
2 60 status 403
2 60 status 404
75 60 status 429
75 60 status 500
75 60 status 503
2 60 redirect http://127.0.0.1:9
75 60 cut
75 60 html
75 2 hang
!
echo 'status 403' >srv/mode
deploy --url="$url" three
has err '403: the token of PAGES_TOKEN may not do this.*Contents: read and write' \
	'403 has its remedy'
echo 'status 404' >srv/mode
deploy --url="$url" three
has err '404: .*the token of PAGES_TOKEN may not see it' '404 has its remedy'
[ "$(commits srv/site.git gh-pages)" = 2 ]
result 'nothing of it is pushed'

# to another host, which would ask for the token

mkdir other plain
cp srv/token other
git init -q --bare other/site.git
serve other
echo "redirect http://localhost:$port" >srv/mode
cp srv/mode srv/token plain
deploy --url="$url" three
exits 2 'a redirect to another host'
git init -q --bare plain/site.git
serve plain
plain=http://127.0.0.1:$port
deploy --url="$plain/site.git" three
exits 2 'also without encryption, on this machine'
[ ! -e other/log ]
result 'is not followed'
rm plain/mode srv/mode
deploy --url="$plain/site.git" three
exits 0 'which is where the token may go without it'

# hooks, and somebody who is faster

cat >srv/site.git/hooks/pre-receive <<'!'
#!/bin/sh
echo 'no pages on Fridays' >&2
exit 1
!
deploy --url="$url" three
exits 2 'a hook that refuses'
has err 'pre-receive hook declined.*it says: no pages on Fridays$' 'is told'
rm srv/site.git/hooks/pre-receive
echo "moved [ -e once ] || ./move '$PWD/srv/site.git' gh-pages; touch once" \
	>srv/mode
deploy --url="$url" three
exits 0 'case 96: a remote that moves on'
git -C srv/site.git log -2 --format=%s gh-pages >found
same found 'case 96: is fetched again' <<'!'
Dashboard
by somebody else
!
echo "moved ./move '$PWD/srv/site.git' gh-pages" >srv/mode
deploy --url="$url" one
exits 75 'one that does it each time'
rm srv/mode

# servers that take a connection and say nothing

"$python" -c 'import socket, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(50)
open("mute", "w").write(str(s.getsockname()[1]))
time.sleep(3000)' &
pids="$pids $!"
wait_until test -s mute
for scheme in http https ssh; do
	deploy --max-wait=2 --url="$scheme://127.0.0.1:$(cat mute)/site.git" one
	exits 75 "$scheme: a server that says nothing"
	has err 'nothing came for 2 seconds: try again later$' 'is told'
	deploy --max-wait=2 --url="$scheme://127.0.0.1:$(cat mute)/site.git" one
	exits 75 'the next time too'
done

# who can read it

mkdir -p plain/team plain/repos/team/site
git init -q --bare plain/team/site.git
guarded() { # guarded REPOSITORY-JSON SITE-JSON
	rm -f plain/repos/team/site.json plain/repos/team/site/pages.json
	[ -z "$1" ] || echo "$1" >plain/repos/team/site.json
	[ -z "$2" ] || echo "$2" >plain/repos/team/site/pages.json
	page "$1 $2" >guarded
	: >plain/log
	deploy --base-url="$plain" --url="$plain/team/site.git" guarded
}
guarded '{"private":false}' ''
exits 2 'a public repository'
has err 'is public: everybody could read the page; --public-ok' 'is refused'
lacks plain/log upload-pack 'before anything is sent'
has plain/log "^GET /repos/team/site \\[Bearer$PAGES_TOKEN" 'GitHub is asked'
deploy --public-ok --base-url="$plain" --url="$plain/team/site.git" one
exits 0 'unless that is right'
guarded '{"private":true,"has_pages":false}' ''
exits 0 'a private one is fine'
guarded '{"private":true,"has_pages":true}' '{"public":false}'
exits 0 'with a private site'
guarded '{"private":true,"has_pages":true}' '{"public":true}'
exits 2 'a private one with a public site'
has err 'private, but its site is public' 'is refused'
guarded '{"private":true,"has_pages":true}' ''
exits 2 'one whose site cannot be seen'
has err 'does not say who can read the site.*404.*--public-ok' 'too'
guarded '' ''
exits 2 'one that cannot be seen'
has err 'does not say who can read the repository.*404' 'too'
guarded '{"name":"x"}' ''
exits 2 'and an answer that does not say it'
guarded '[' ''
exits 2 'or is none'
echo '{"private":false}' >plain/repos/team/site.json
for address in https://github.com/team/site.git git@github.com:team/site \
	https://GitHub.com/team/site ssh://git@ssh.github.com:443/team/site.git; do
	deploy --base-url="$plain" --url="$address" one
	exits 2 "$address"
	has err 'is public' 'is asked for'
done
deploy --base-url="http://127.0.0.1:$(cat mute)" --max-wait=1 \
	--url=https://github.com/team one
exits 2 'what is no repository of GitHub'
for address in https://git.example.org/x.git git@git.example.org:x.git; do
	deploy --url="$address" one
	exits 2 "$address"
	has err 'not GitHub, and cannot be asked.*--public-ok' 'is refused'
done

# whether the site shows it

mkdir -p plain/site
cp two plain/site/index.html
(
	sleep 2
	cp three plain/site/new
	mv plain/site/new plain/site/index.html
) &
deploy --url="$plain/site.git" --verify="$plain/site/index.html" \
	--max-wait=60 three
exits 0 'a site that shows the page after some time'
deploy --url="$plain/site.git" --verify="$plain/site/index.html" \
	--max-wait=1 one
exits 75 'one that does not'
has err 'was pushed, but does not show after 1 seconds' 'is told'

grep -r -l -a -F -e planted- "$XDG_CACHE_HOME" "$HOME" "$lib_tmp/told" >found
empty found 'no token is in a file or in a message'
all_done
