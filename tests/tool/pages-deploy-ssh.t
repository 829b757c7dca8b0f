#!/bin/sh
# pages-deploy(1) by ssh: which host it is, and who we are
. "${0%/*}/../lib.sh"

sshd=/usr/sbin/sshd
for program in git python3 jq ssh ssh-keygen $sshd; do
	command -v "$program" >/dev/null || skip_all "no $program here"
done
# shellcheck source=tests/git.sh
. "$top/tests/git.sh"

if [ "$(id -u)" -eq 0 ]; then
	mkdir -p /run/sshd || skip_all 'no place for sshd'
fi
ssh-keygen -q -t ed25519 -N '' -f host_ed
ssh-keygen -q -t ecdsa -N '' -f host_ec
ssh-keygen -q -t ed25519 -N '' -f key
ssh-keygen -q -t ed25519 -N '' -f stranger
cp key.pub authorized
chmod 600 authorized
port=$("$python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
cat >sshd.conf <<!
Port $port
ListenAddress 127.0.0.1
HostKey $PWD/host_ed
HostKey $PWD/host_ec
AuthorizedKeysFile $PWD/authorized
StrictModes no
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
!
$sshd -D -e -f "$PWD/sshd.conf" 2>sshd.err &
pids="$pids $!"
wait_until grep -q listening sshd.err ||
	skip_all "sshd does not start: $(head -n 1 sshd.err)"

known=$HOME/.ssh/known_hosts
for host in host_ed host_ec; do
	printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d ' ' -f 1,2 $host.pub)"
done >hosts
ssh -n -F none -i key -p "$port" -o BatchMode=yes -o IdentitiesOnly=yes \
	-o UserKnownHostsFile="$PWD/hosts" "$(id -un)@127.0.0.1" true \
	2>ssh.err || skip_all "sshd lets nobody in: $(head -n 1 ssh.err)"

# libgit2 1.5 does not free what it reads of known_hosts, nor an agent's keys
ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0
export ASAN_OPTIONS

remote shell
url=ssh://$(id -un)@127.0.0.1:$port$PWD/shell.git
PAGES_SSH_KEY_FILE=$PWD/key
export PAGES_SSH_KEY_FILE
deploy --url="$url" one
exits 2 'a host that is not known'
has err '127.0.0.1 is not known: it shows SHA256:.*known_hosts' 'is told'
[ ! -e "$known" ]
result 'and does not get known by that'
sed "s,AAAA.*,$(cut -d ' ' -f 2 stranger.pub)," hosts |
	grep ed25519 >"$known"
deploy --url="$url" one
exits 2 'a host that is known by another key'
has err 'IS KNOWN BY ANOTHER KEY' 'is told'
sed 's/^/@revoked /' hosts | cat hosts - >"$known"
deploy --url="$url" one
exits 2 'a key that was revoked'
has err 'shows a key that was revoked: SHA256:[^;]*$' 'is told'
cp hosts "$known"
deploy --url="$url" one
exits 0 'a page by ssh'
empty err 'without a word'
shows shell.git index.html one 'is there'
ssh-keygen -q -H -f "$known" >/dev/null 2>&1
lacks "$known" 127.0.0.1 'a file of hashed names'
deploy --url="$url" two
exits 0 'knows the host too'
: >"$known"
digest() {
	ssh-keygen -l -f "$1.pub" | cut -d ' ' -f 2
}
PAGES_SSH_HOST_KEY="SHA256:x $(digest host_ec) $(digest host_ed)"
export PAGES_SSH_HOST_KEY
deploy --url="$url" three
exits 0 'so do digests in the environment'
cp hosts "$known"
PAGES_SSH_HOST_KEY=SHA256:x
deploy --url="$url" one
exits 2 'which alone count'
has err 'shows the key SHA256:.*not in PAGES_SSH_HOST_KEY' 'is told'
unset PAGES_SSH_HOST_KEY

PAGES_SSH_KEY_FILE=$PWD/stranger deploy --url="$url" one
exits 2 'a key that is not let in'
has err 'takes none of the keys' 'is told'
chmod 644 key
deploy --url="$url" one
exits 2 'a key that others can read'
chmod 600 key
unset PAGES_SSH_KEY_FILE
deploy --url="$url" one
exits 2 'no key'
has err 'asks for a key: name its file in PAGES_SSH_KEY_FILE' 'is told'
cp stranger "$HOME/.ssh/id_ed25519"
cp key "$HOME/.ssh/id_rsa"
deploy --url="$url" one
exits 0 'the usual files are tried one after the other'
rm "$HOME/.ssh/id_ed25519" "$HOME/.ssh/id_rsa"
if ssh-agent -a "$PWD/agent" >agent.out 2>&1; then
	pids="$pids $(sed -n 's/.*pid \([0-9]*\);.*/\1/p' agent.out)"
	SSH_AUTH_SOCK=$PWD/agent
	export SSH_AUTH_SOCK
	deploy --url="$url" two
	exits 2 'an agent that has no key'
	ssh-add -q key
	deploy --url="$url" two
	exits 0 'and one that has'
fi
SSH_AUTH_SOCK=$PWD/no-agent
export SSH_AUTH_SOCK
deploy --url="$url" two
exits 2 'an agent that is gone is none'
PAGES_SSH_KEY_FILE=$PWD/key
export PAGES_SSH_KEY_FILE
deploy --url="${url}x" two
exits 2 'a repository that is not there'
has err "does not appear to be a git repository\$" 'is told in its words'
printf '#!/bin/sh\necho by a rule >&2\nexit 1\n' >shell.git/hooks/update
chmod +x shell.git/hooks/update
page 'refused' >refused
deploy --url="$url" refused
exits 2 'a hook that refuses'
has err 'refuses: hook declined; it says: by a rule' 'is told'
all_done
