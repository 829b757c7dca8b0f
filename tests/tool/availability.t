#!/bin/sh
# availability(1)
. "${0%/*}/../lib.sh"

now='2026-03-04 09:30:00'

coach() { # coach ID NAME
	printf '{"type":"coach","coach_id":"%s","coach_name":"%s"}\n' "$1" "$2"
}
row() { # row ID [MEMBERS]
	printf '{"type":"row","coach_id":"%s","Coachnaam":"Old"%s}\n' "$1" \
		"${2:+,$2}"
}
rows() {
	jq -r 'select(.type == "availability") | [.coach_id, .coach_name,
		.status] | join(" ")' out
}
# status EXPECTED NAME MEMBERS: of one row
status_is() {
	row 1 "$3" >in
	run availability --now="$now" in
	jq -r 'select(.type == "availability").status' out >found
	echo "$1" | same found "$2"
}
free='🟢 Beschikbaar'
away='🟡 Afwezig'
off='🔴 NA leads uit'

status_is "$free" 'nothing but an id' ''
for yes in true 1 '"TRUE"' '"ja"' '"1"' '""' '" "' null; do
	status_is "$free" "$yes is yes" "\"na_leads_aan\":$yes"
done
for no in false 0 '"False"' '"NEE"' '"0"' '" nee "'; do
	status_is "$off" "$no is no" "\"na_leads_aan\":$no"
done
days() {
	echo "\"afwezig_van\":$1,\"afwezig_tot\":$2"
}
status_is "$away" 'today is between the days' \
	"$(days '"2026-03-01"' '"2026-03-09"')"
status_is "$away" 'today is the only day' \
	"$(days '"2026-03-04"' '"2026-03-04"')"
status_is "$free" 'it was over yesterday' \
	"$(days '"2026-03-01"' '"2026-03-03"')"
status_is "$free" 'it starts tomorrow' "$(days '"2026-03-05"' '"2026-03-09"')"
status_is "$free" 'the last day before the first' \
	"$(days '"2026-03-09"' '"2026-03-01"')"
status_is "$free" 'one day alone' "$(days '"2026-03-01"' null)"
status_is "$free" 'a day in another form' "$(days '"1-3-2026"' '"2026-03-09"')"
status_is "$free" 'a day that is not in the calendar' \
	"$(days '"2026-02-30"' '"2026-03-09"')"
status_is "$off" 'off comes first' \
	"\"na_leads_aan\":false,$(days '"2026-03-01"' '"2026-03-09"')"

# the join
{
	row 5 '"notitie":"x","na_leads_aan":"NEE"'
	coach 2 Bram
	coach 5 Cas
	row 9 '"notitie":"gone"'
	coach 2 Bram
	coach 7 'De nabellers'
	echo '{"type":"row","coach_id":2,"Coachnaam":"B.","extra":1}'
	echo '{"type":"coach_owner","coach_id":"8","coach_name":"D"}'
} >in
run availability --now="$now" in
exits 0 'coaches and rows are joined'
rows >found
same found 'by id alone, also a number; nobody is lost or left out' <<'!'
2 Bram 🟢 Beschikbaar
5 Cas 🔴 NA leads uit
7 De nabellers 🟢 Beschikbaar
9 Old 🟢 Beschikbaar
!
tail -n 1 out >found
same found 'the counts' <<'!'
{"type":"availability_summary","available":3,"away":0,"off":1,"coaches":4}
!
sed -n 2p out >found
same found 'a record has the columns of the tab' <<'!'
{"type":"availability","coach_id":"5","coach_name":"Cas","na_leads_aan":false,"afwezig_van":null,"afwezig_tot":null,"notitie":"x","laatst_gewijzigd":null,"status":"🔴 NA leads uit"}
!
coach 2 Bram >run
run availability --now="$now" run
rows >found
echo "2 Bram $free" | same found 'a run without a tab'
row 2 >tab
run availability --now="$now" tab
rows >found
echo "2 Old $free" | same found 'a tab without a run'
{
	row 2 '"notitie":"first"'
	row 2 '"notitie":"second"'
} >twice
run availability --now="$now" twice
exits 1 'a row that stands twice is left out'
same err 'and told' <<'!'
availability: coach '2' stands in the tab a second time; that row is left out
!
jq -r .notitie out >found
has found '^first$' 'the first counts'

# changes
edit() {
	run availability --now="$now" "$@" in
	jq -c 'select(.coach_id == "5" and .type == "availability") |
		[.na_leads_aan, .afwezig_van, .afwezig_tot, .notitie,
		.laatst_gewijzigd, .status]' out >found
}
edit --coach=5 --leads=on
same found 'a switch; the rest stays' <<'!'
[true,null,null,"x","2026-03-04 09:30:00","🟢 Beschikbaar"]
!
jq -c 'select(.type == "availability" and .coach_id != "5" and
	.laatst_gewijzigd != null)' out >others
empty others 'the others are not stamped'
edit --coach=5 --leads=off --note=x
same found 'what is as before is not stamped' <<'!'
[false,null,null,"x",null,"🔴 NA leads uit"]
!
edit --coach=5 --leads=on --from=2026-03-04 --until=2026-03-06
same found 'absent; the note stays when none is given' <<'!'
[true,"2026-03-04","2026-03-06","x","2026-03-04 09:30:00","🟡 Afwezig"]
!
edit --coach=5 --note=
same found 'empty text removes' <<'!'
[false,null,null,null,"2026-03-04 09:30:00","🔴 NA leads uit"]
!
edit --coach=7 --leads=off
tail -n 1 out >found
has found '"off":2,"coaches":4' 'a coach without a row, and the counts after it'
row 5 '"afwezig_van":"2026-01-02","afwezig_tot":"2026-01-05"' >in
edit --coach=5 --from=2026-03-04
exits 2 'a first day behind the last that stands there'
has err '^availability: the first day away would be after the last; give both' \
	'is told'
edit --coach=5 --from=2026-03-04 --until=2026-03-05
exits 0 'both days are given'
edit --coach=1 --leads=off
exits 2 'nobody by that id'
same err 'is told' <<'!'
availability: no coach '1' in the run nor in the tab
!
empty out 'and nothing is written'

# to the sheet and back
google_start
export sheet
tab() {
	sheets-fetch --spreadsheet="$sheet" --tab=Beschikbaarheid
}
columns=coach_id,Coachnaam=coach_name,na_leads_aan,afwezig_van,afwezig_tot
columns=$columns,notitie,laatst_gewijzigd
push() {
	run sheets-push --spreadsheet="$sheet" --tab=Beschikbaarheid \
		--type=availability --columns="$columns" "$@"
}
tab >before
availability --now="$now" before >same
push same
exits 0 'what was read is written back'
tab >again
jq -c '.coach_id |= tostring' before >expected
same_file again expected 'and is as it was; ids are text'
coach 900000002 Nieuw >run
availability --now="$now" run before >grown
push grown
tab | head -n 1 >found
same found 'a new coach has a row' <<'!'
{"type":"row","coach_id":"900000002","Coachnaam":"Nieuw","na_leads_aan":true,"afwezig_van":null,"afwezig_tot":null,"notitie":null,"laatst_gewijzigd":null}
!
tab | tail -n +2 >found
same_file found expected 'and nobody lost one'
sandbox_stop

# what is wrong
refused() { # refused NAME PATTERN ARG...
	name=$1
	pattern=$2
	shift 2
	run availability "$@" in
	exits 2 "$name"
	has err "^availability: $pattern" "$name: it is said"
}
refused 'nothing to change' '--coach needs what to change' --coach=5
refused 'nobody to change' '--note needs --coach' --note=x
refused 'a word' '--leads is on or off' --coach=5 --leads=uit
refused 'a day' '--from is a day as' --coach=5 --from=1-3-2026
refused 'days the wrong way round' '--from is after --until' --coach=5 \
	--from=2026-03-02 --until=2026-03-01
for bad in 2026-03-01 '2026-03-01T09:30:00' '2026-02-30 09:30:00' now; do
	refused "a time of the form $bad" '--now is a local time' --now="$bad"
done
row 1 '"na_leads_aan":"misschien"' >in
refused 'neither yes nor no' "in:1: na_leads_aan is 'misschien'; write"
row '' '"notitie":"x"' >in
refused 'a row of nobody' 'in:1: a row of the tab has no coach_id'
echo '{"type":"owner","id":"1"}' >in
refused 'nothing at all' 'no coach and no row'
run sh -c 'availability run >/dev/full'
exits 2 'a full disk is not success'
all_done
