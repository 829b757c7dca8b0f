#!/bin/sh
# stage-mapping(1)
. "${0%/*}/../lib.sh"

# stage PIPELINE STAGE METADATA [OBJECT]
stage() {
	printf '{"type":"stage","object":"%s","pipeline_id":"%s","id":"%s",' \
		"${4:-deals}" "$1" "$2"
	printf '"label":"L","displayOrder":0,"metadata":%s}\n' "$3"
}

# classes: pipeline, stage and class of what was written
classes() {
	jq -r '[.pipeline_id, .dealstage_id, .class] | join(" ")' out >classes
}

won='{"isClosed":"true","probability":"1.0"}'
lost='{"isClosed":"TRUE","probability":"0"}'
open='{"isClosed":"false","probability":"0.5"}'
{
	stage 15413220 w "$won"
	stage 15413220 l "$lost"
	stage 15413220 o "$open"
	stage 15413220 15413630 "$won"
	stage 38341389 w "$won"
	stage 38341389 l "$lost"
	stage 38341389 o "$open"
	stage 38341389 15413630 "$won"
} >crm
run stage-mapping crm
exits 0 'stages become a mapping'
classes
same classes 'the class depends on the pipeline, the closing and the chance' <<'!'
15413220 15413630 LOST
15413220 w WON
15413220 o OPEN
15413220 l LOST
38341389 15413630 NABELLER_HANDOFF
38341389 w NABELLER_HANDOFF
38341389 o OPEN
38341389 l LOST
!
run sh -c 'head -n 1 crm | stage-mapping'
same out 'a row has the columns of the workbook' <<'!'
{"type":"stage_mapping","pipeline_id":"15413220","dealstage_id":"w","stage_label":"L","is_closed":true,"probability":1,"class":"WON"}
!

{
	stage p a '{"isClosed":"true","probability":"0.5"}'
	stage p b '{"isClosed":"false","probability":"1.0"}'
	stage p bb '{"isClosed":"true","probability":"0.01"}'
	stage p c '{"isClosed":"true","probability":""}'
	stage p d '{"isClosed":"true","probability":"often"}'
	stage p e '{"isClosed":"true","probability":" 1 "}'
	stage p f '{"isClosed":true,"probability":1.0}'
	stage p g '{}'
	stage p h null
	stage p i '"none"'
	stage p j '{"probability":"0.0"}'
	stage p k '{"isClosed":"yes","probability":"0.0"}'
} >crm
run stage-mapping crm
jq -r '[.dealstage_id, .is_closed, .probability, .class] |
	map(tostring) | join(" ")' out >rows
same rows 'metadata of any kind, and none' <<'!'
b false 1 OPEN
e true 1 WON
f true 1 WON
a true 0.5 OPEN
bb true 0.01 OPEN
j false 0 OPEN
k false 0 OPEN
c true null OPEN
d true null OPEN
g null null OPEN
h null null OPEN
i null null OPEN
!

{
	stage 9 10 "$open"
	stage 10 10 "$open"
	stage 10 9 "$open"
	stage 10 é "$won"
	stage 10 x null
	stage 10 Z "$open"
	stage 10 t "$open" tickets
	echo '{"type":"deal","id":"1"}'
	echo '{"type":"stage","pipeline_id":9.0,"id":1.1e1,"metadata":null}'
} >crm
run stage-mapping crm
classes
same classes 'ids sort as text, other objects are left out' <<'!'
10 é WON
10 10 OPEN
10 9 OPEN
10 Z OPEN
10 x OPEN
9 10 OPEN
9 11 OPEN
!

{
	stage p a "$open"
	stage p a "$won"
} >crm
run stage-mapping crm
classes
same classes 'of a stage that comes twice the last one counts' <<'!'
p a WON
!

stage 77 a "$won" >crm
run stage-mapping --pipeline-nabeller=77 crm
has out NABELLER_HANDOFF 'an option names the Nabeller pipeline'
PIPELINE_NABELLER=77 run stage-mapping crm
has out NABELLER_HANDOFF 'so does the environment'
PIPELINE_NABELLER=78 run stage-mapping --pipeline-nabeller=77 crm
has out NABELLER_HANDOFF 'the option wins'
PIPELINE_NABELLER=' ' run stage-mapping crm
has out WON 'a blank variable is none'
run stage-mapping --stopped-stages=b,a crm
has out LOST 'an option names the stages that are lost'
run stage-mapping --stopped-stages=b,,a crm
exits 2 'an empty id is refused'
has err "^stage-mapping: --stopped-stages takes ids .*'b,,a'" 'and quoted'

echo '{"type":"owner","id":"1"}' >crm
run stage-mapping crm
exits 2 'no stage is a failure: the mapping would stay empty'
same err 'which says what to do' <<'!'
stage-mapping: no stage of deals in the input; fetch them with 'hs-fetch pipelines/deals'
!
empty out 'nothing is written'

stage '' a null >crm
run stage-mapping crm
exits 2 'a stage without its pipeline is bad input'
same err 'the message has the file, the line and the field' <<'!'
stage-mapping: crm:1: field 'pipeline_id' is empty
!
run sh -c 'stage-mapping "$0" >/dev/full' "$examples/crm.ndjson"
exits 2 'a full disk is not success'
all_done
