#!/bin/sh
# make install: what it puts where, and that it runs from there
. "${0%/*}/../lib.sh"

# the outer make's words are not for this one
unset MAKEFLAGS MFLAGS MAKELEVEL
ok 'make install succeeds' make -s -C "$top" B="$B" install \
	DESTDIR="$PWD/root" PREFIX=/opt/kpipe

ls "$B/bin" >expected
ls root/opt/kpipe/bin >found
same_file found expected 'each tool is there'
ls root/opt/kpipe/share/bash-completion/completions >found
same_file found expected 'each has its completion'
sed 's/$/.1/' expected >pages
ls root/opt/kpipe/share/man/man1 >found
same_file found pages 'each has its page'
(cd "$top/man" && ls ./*.[57]) | sed 's|^\./||' | sort >expected
(cd root/opt/kpipe/share/man && ls man5 man7) | grep '\.[57]$' | sort >found
same_file found expected 'the other pages are there'
find root ! -perm -u=r -o ! -perm -go=r >found
empty found 'everybody can read all of it'

# without the build: what is installed leans on nothing there
while read -r page; do
	tool=${page%.1}
	run env PATH="$PWD/root/opt/kpipe/bin:/usr/bin:/bin" "$tool" --version
	exits 0 "$tool runs from there"
	has out "^$tool \(kpipe\)" "$tool is the one that was asked for"
done <pages
all_done
