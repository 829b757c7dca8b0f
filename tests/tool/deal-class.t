#!/bin/sh
# deal-class(1)
. "${0%/*}/../lib.sh"

workbook() { # workbook FILE: of the tab-separated cells on standard input
	python3 "$top/tests/reference/coach.py" workbook "$1"
}

# deal PIPELINE STAGE WON LOST: values are JSON
deal() {
	printf '{"type":"deal","id":"1","properties":{"pipeline":%s,' "$1"
	printf '"dealstage":%s,"hs_is_closed_won":%s,' "$2" "$3"
	printf '"hs_is_closed_lost":%s,"hubspot_owner_id":null,' "$4"
	printf '"createdate":"2026-02-01T10:00:00.000Z"}}\n'
}

# dated JSON...: a deal for each value of createdate
dated() {
	for date; do
		printf '{"type":"deal","properties":{"createdate":%s,' "$date"
		printf '"pipeline":null,"dealstage":null,'
		printf '"hs_is_closed_won":null,"hs_is_closed_lost":null,'
		printf '"hubspot_owner_id":null}}\n'
	done
}

classes() {
	jq -r 'select(.class).class' out >classes
}

workbook mapping.xlsx <<'!'
class	pipeline_id	dealstage_id	note
 won 	p	a	text ids
Lost	#77	#15413220	numbers
open	#77.0	#1.5413221E7	numbers as some programs write them
WON	15413220	#15413630	the stage that stops
	p	blank	no class
gewonnen	p	odd	another word
WON		a	no pipeline
OPEN	p	twice	first
WON	p	twice	last
			
!
{
	echo '{"type":"owner","id":"1","firstName":"Anna","lastName":"Vos"}'
	deal '"p"' '"a"' null null
	deal '"77"' '"15413220"' null null
	deal 77 15413220.0 null null
	deal '"77"' 1.5413221e7 null null
	deal '"15413220"' '"15413630"' null null
	deal '"p"' '"blank"' '"true"' null
	deal '"p"' '"odd"' null null
	deal '"p"' '"twice"' null null
	deal null '"a"' null '"true"'
} >in
run deal-class --mapping=mapping.xlsx in
exits 0 'deals get the class of their stage'
classes
same classes 'by the workbook, and by the flags where it says nothing' <<'!'
WON
LOST
LOST
OPEN
LOST
WON
GEWONNEN
WON
LOST
!
same err 'what is odd about the workbook is told' <<'!'
deal-class: mapping.xlsx: row 6: the class is blank; the stage counts as not mapped
deal-class: mapping.xlsx: row 7: the class is none of WON, LOST, OPEN, NABELLER_HANDOFF; it counts in the total only
deal-class: mapping.xlsx: row 8: an id is blank; the row counts for nothing
deal-class: mapping.xlsx: row 10: the stage had another class above; this one counts
deal-class: mapping.xlsx: no row for stage 'a' (without a label) of pipeline ''; deals classed by their flags: 1
!

# the cases of the rule for a stage that is not mapped
{
	deal '"38341389"' '"s"' '"true"' null
	deal '"38341389"' '"s"' '"true"' '"true"'
	deal '"p"' '"s"' '"true"' '"true"'
	deal '"p"' '"s"' '"Yes"' null
	deal '"p"' '"s"' null null
	deal '"38341389"' '"s"' '"false"' '"true"'
	deal '"38341389"' '"s"' null '"no"'
	deal '"38341389"' '"15413630"' '"true"' null
	deal '"p"' '"s"' '" TRUE "' null
	deal '"p"' '"s"' '"Y"' null
	deal '"p"' '"s"' '"1"' null
	deal '"p"' '"s"' true null
	deal '"p"' '"s"' 1.0 null
	deal '"p"' '"s"' '"waar"' '"0"'
	deal '"p"' '"s"' '""' '"on"'
} >in
run deal-class in
classes
same classes 'without a workbook the flags decide' <<'!'
NABELLER_HANDOFF
NABELLER_HANDOFF
LOST
WON
OPEN
LOST
OPEN
LOST
WON
WON
WON
WON
WON
OPEN
OPEN
!
same err 'without owners that is told' <<'!'
deal-class: no owner in the input; every coach_name is UNKNOWN
!
run deal-class --pipeline-nabeller=p in
has out '"class":"NABELLER_HANDOFF"' 'an option names the Nabeller pipeline'
PIPELINE_NABELLER=p run deal-class in
has out '"class":"NABELLER_HANDOFF","coach' 'so does the environment'
run deal-class --stopped-stages=s,t in
lacks out '"class":"WON"' 'an option names the stages that are lost'

# the coach
{
	cat <<'!'
{"type":"owner","id":"1","firstName":"Anna","lastName":"Vos"}
{"type":"owner","id":2.0,"firstName":" ","lastName":null}
{"type":"owner","id":"","ownerId":"3","firstname":"Zoë","lastname":"\"Z\""}
{"type":"owner","id":"4","firstName":"Gone","lastName":"By","archived":true}
{"type":"owner","id":"1","firstName":"Anna","lastName":"Vos-Bos"}
!
	for owner in '"1"' '2' '"3"' '"4"' '"5"' 'null' '""'; do
		printf '{"type":"deal","id":"1","properties":{"pipeline":null,'
		printf '"dealstage":null,"hs_is_closed_won":null,'
		printf '"hs_is_closed_lost":null,'
		printf '"hubspot_owner_id":%s,"createdate":"2026-02-01"}}\n' \
			"$owner"
	done
} >in
run deal-class in
exits 0 'owners give names'
jq -r 'select(.class) | [.coach_id, .coach_name] | join("|")' out >coaches
same coaches 'by first and last name, else the id; unknown when not active' <<'!'
1|Anna Vos-Bos
2|2
3|Zoë "Z"
4|UNKNOWN
5|UNKNOWN
UNKNOWN|UNKNOWN
UNKNOWN|UNKNOWN
!

# the instant
dated '"2026-01-30T12:00:00.000Z"' '"2026-01-30T13:30:00+01:00"' \
	'"2026-02-01 10:00"' '"2026-02-01"' '"2026-02-01T10:00:00.1234567Z"' \
	null '"garbage"' 1767225600000 '"1767225600000"' '"2026-02-29"' >in
echo '{"type":"deal","id":"7"}' >>in
echo '{"type":"deal","id":"8","properties":null}' >>in
run deal-class in
exits 0 'deals without a date are left out'
jq -r .created_at out >dates
same dates 'the others get an instant in UTC' <<'!'
2026-01-30T12:00:00+00:00
2026-01-30T12:30:00+00:00
2026-02-01T10:00:00+00:00
2026-02-01T00:00:00+00:00
2026-02-01T10:00:00.123456+00:00
!
has err '^deal-class: deals left out, without a readable createdate: 7$' \
	'their number is told'
dated null >in
run deal-class in
exits 2 'when no deal is left that is a failure'
has err '^deal-class: no deal with a readable createdate in the input$' 'told'
run deal-class /dev/null
exits 2 'so is no deal at all'

# bytes
cat >in <<'!'
{"type":"owner","id":"1","firstName":"A"}
{"type":"pipeline","object":"deals","id":"15413220"}
 { "type" : "deal","n":12345678901234567890, "x":1.10,"y":-0,"é":"é\/", "properties":{"createdate":"2026-02-01"} } 
{"properties":{"dealstage":"s","createdate":"2026-02-01","pipeline":null,"hubspot_owner_id":null,"hs_is_closed_won":null,"hs_is_closed_lost":null},"id":9}
{"type":"other","n":1.0e400}
!
run deal-class in
same out 'the bytes of a record stay, members come behind' <<'!'
{"type":"owner","id":"1","firstName":"A"}
{"type":"pipeline","object":"deals","id":"15413220"}
{ "type" : "deal","n":12345678901234567890, "x":1.10,"y":-0,"é":"é\/", "properties":{"createdate":"2026-02-01"} ,"class":"OPEN","coach_id":"UNKNOWN","coach_name":"UNKNOWN","created_at":"2026-02-01T00:00:00+00:00"}
{"properties":{"dealstage":"s","createdate":"2026-02-01","pipeline":null,"hubspot_owner_id":null,"hs_is_closed_won":null,"hs_is_closed_lost":null},"id":9,"type":"deal","class":"OPEN","coach_id":"UNKNOWN","coach_name":"UNKNOWN","created_at":"2026-02-01T00:00:00+00:00"}
{"type":"other","n":1.0e400}
!
same err 'a pipeline that is not there is told' <<'!'
deal-class: the Nabeller pipeline is not among the pipelines; set PIPELINE_NABELLER
!
run deal-class --pipeline-nabeller=15413220 --pipeline-begeleiding=2 in
same err 'so is the other one' <<'!'
deal-class: the pipeline Status begeleiding is not among the pipelines; set PIPELINE_STATUS_BEGELEIDING
!
PIPELINE_NABELLER=15413220 run deal-class in
empty err 'both may be one; the environment names them'
PIPELINE_STATUS_BEGELEIDING=2 PIPELINE_NABELLER=15413220 run deal-class in
has err 'set PIPELINE_STATUS_BEGELEIDING$' 'each'

# what was not fetched
echo '{"properties":{"dealstage":"s","createdate":"2026-02-01"}}' >bare
run deal-class bare
exits 2 'deals that nobody has the owner of are refused'
same err 'with what to fetch' <<'!'
deal-class: no deal has the property hubspot_owner_id; fetch them with --properties=createdate,dealstage,hs_is_closed_lost,hs_is_closed_won,hubspot_owner_id,pipeline
!
grep -v '"owner"' in >deals
run deal-class bare deals
exits 0 'one deal that has it, be it null, is enough'

# stages that the workbook lacks
workbook mapping.xlsx <<'!'
pipeline_id	dealstage_id	class
15413220	a	OPEN
!
{
	echo '{"type":"owner","id":"1","firstName":"A"}'
	for s in a b c; do
		printf '{"type":"stage","object":"deals","pipeline_id":"15413220",'
		printf '"id":"%s","label":"Stage %s"}\n' "$s" "$s"
	done
	deal '"15413220"' '"b"' null null
	deal '"15413220"' '"b"' '"true"' null
	deal '"15413220"' '"d"' null null
} >in
run deal-class --mapping=mapping.xlsx in
exits 0 'a stage that the workbook lacks is no failure'
same err 'but told, once' <<'!'
deal-class: mapping.xlsx: no row for stage 'b' (Stage b) of pipeline '15413220'; deals classed by their flags: 2
deal-class: mapping.xlsx: no row for stage 'c' (Stage c) of pipeline '15413220'; deals classed by their flags: 0
deal-class: mapping.xlsx: no row for stage 'd' (without a label) of pipeline '15413220'; deals classed by their flags: 1
!

# bad workbooks
printf 'pipeline_id\tclass\n' | workbook short.xlsx
run deal-class --mapping=short.xlsx in
exits 2 'a workbook without a column is refused'
same err 'which is named' <<'!'
deal-class: short.xlsx: no column 'dealstage_id' in the first row
!
empty out 'before anything is written'
printf 'pipeline_id\tdealstage_id\tclass\n' | workbook empty.xlsx
run deal-class --mapping=empty.xlsx in
exits 0 'one without rows is not'
has err '^deal-class: empty.xlsx: no rows; every stage counts as not mapped$' \
	'but told'
run deal-class --mapping=empty.xlsx --sheet=other in
exits 2 'a sheet that is not there is refused'
has err "stage_mapping" 'and the sheets named'
run deal-class --mapping=missing.xlsx in
exits 2 'a workbook that is not there is refused'
echo text >text.xlsx
run deal-class --mapping=text.xlsx in
exits 2 'a file that is no workbook is refused'
has err 'text\.xlsx' 'by its name'

# order and bad records
{
	deal '"p"' '"s"' null null
	echo '{"type":"owner","id":"1"}'
} >in
run deal-class in
exits 2 'an owner behind the first deal is refused'
same err 'the message says how it should be' <<'!'
deal-class: in:2: an owner behind the first deal; put the file with the owners before the deals
!
deal '"p"' '"s"' null null | deal-class >classed 2>/dev/null
run deal-class classed
exits 2 'a deal that has its class is refused'
same err 'the message says what to give' <<'!'
deal-class: classed:1: the deal has a class already; give the deals as they were fetched
!
echo '{"type":"deal","properties":{"pipeline":{"id":"1"}}}' >in
run deal-class in
exits 2 'an object for an id is refused'
same err 'by the name of the field' <<'!'
deal-class: in:1: field 'properties.pipeline' is an object, not text
!
echo '{"type":"owner","firstName":"A"}' >in
run deal-class in
exits 2 'an owner without an id is refused'
same err 'which is told' <<'!'
deal-class: in:1: an owner without an id
!
run sh -c 'deal-class "$0" >/dev/full' "$examples/deals.ndjson"
exits 2 'a full disk is not success'
run sh -c 'cat "$0/crm.ndjson" "$0/deals.ndjson" | deal-class - | wc -l' \
	"$examples"
same out 'a pipe is read like a file' <<'!'
42
!
all_done
