#!/bin/sh
# lib.sh: a check that does not hold fails its test
. "${0%/*}/../lib.sh"

# tap: run a test of the lines on standard input, keep what it says but for
# comments
mkdir -p tree/tests/tool
cp "$top/tests/lib.sh" tree/tests
tap() {
	{
		echo '. "${0%/*}/../lib.sh"'
		cat
		echo all_done
	} >tree/tests/tool/x.t
	run sh tree/tests/tool/x.t
	grep -v '^#' out >said
}

tap <<'!'
run sh -c 'echo one; echo two >&2; exit 3'
exits 3 a
same out b <<'?'
one
?
same_file out out c
has err '^t.o$' d
lacks err one e
: >f
empty f f
ok g true
not_ok h false
echo one | same out i
skip why j
!
exits 0 'checks that hold'
same said 'are told' <<'!'
ok 1 - a
ok 2 - b
ok 3 - c
ok 4 - d
ok 5 - e
ok 6 - f
ok 7 - g
ok 8 - h
ok 9 - i
ok 10 - j # SKIP why
1..10
!

tap <<'!'
run sh -c 'echo one; echo two >&2; exit 3'
exits 2 a
same out b <<'?'
two
?
same_file out err c
has err one d
has missing one d
lacks err two e
lacks missing two e
empty out f
empty missing f
ok g false
not_ok h true
echo two | same out i
!
exits 1 'checks that do not hold'
same said 'are told' <<'!'
not ok 1 - a
not ok 2 - b
not ok 3 - c
not ok 4 - d
not ok 5 - d
not ok 6 - e
not ok 7 - e
not ok 8 - f
not ok 9 - f
not ok 10 - g
not ok 11 - h
not ok 12 - i
1..12
!
has out '^#   exit status 3, not 2' 'with the status that was'
has out '^#   -two$' 'with the difference'

for check in 'exits 1 a' 'echo x | same out a' 'ok a false' 'empty out a'; do
	printf 'run echo one\nok a true\n%s\nok a true\n' "$check" | tap
	exits 1 "one of three fails the test: $check"
done

echo 'pwd >"$top/where"; touch made; ls' | tap
ok 'a test works in a folder that is gone when it ends' \
	sh -c 'test -s tree/where && ! test -e "$(cat tree/where)"'

echo 'skip_all "no reason"' | tap
same said 'a test that is left out says so' <<'!'
1..0 # SKIP no reason
!
all_done
