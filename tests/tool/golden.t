#!/bin/sh
# golden outputs: each file of tests/golden.list is what its command gives
. "${0%/*}/../lib.sh"

run "$top/scripts/golden"
exits 0 'each golden file is what its command gives now'
same out 'no difference is shown' </dev/null

# a difference is shown, and taken when told
mkdir -p tree/scripts tree/tests/data tree/examples
cp "$top/scripts/golden" tree/scripts
echo input >tree/examples/in
echo old >tree/tests/data/one
cat >tree/tests/golden.list <<'!'
# two files
tests/data/one: cat in
tests/data/new/two: echo two
!
run tree/scripts/golden
exits 1 'a difference is a failure'
has out '^-old$' 'what was is shown'
has out '^[+]input$' 'what would be is shown'
ok 'nothing is written' grep -q old tree/tests/data/one
run tree/scripts/golden --take
exits 0 'it can be taken'
same tree/tests/data/one 'the file is what the command gives' <<'!'
input
!
same tree/tests/data/new/two 'a new file is made' <<'!'
two
!
run tree/scripts/golden
exits 0 'then there is no difference'
empty out 'and none is shown'
echo 'tests/data/one: cat nothing' >tree/tests/golden.list
run tree/scripts/golden --take
exits 2 'a command that fails is a failure'
ok 'and its output is not taken' grep -q input tree/tests/data/one
all_done
