#!/bin/sh
# kpipe-sandbox(1): Google's tokens and spreadsheets. Assertions are made with
# openssl(1), so that our own signatures are not checked by themselves.
. "${0%/*}/../lib.sh"

command -v openssl >/dev/null || skip_all 'there is no openssl here'

shared=1kpipeSandboxCoachSheetSharedWithTheAccount0
read_only=1kpipeSandboxSheetTheAccountMayOnlyRead00000
not_shared=1kpipeSandboxSheetNotSharedWithTheAccount000
scope=https://www.googleapis.com/auth/spreadsheets
token=

# ask PATH [CURL OPTION...]: the body to body, the head to head, and $code
ask() {
	path=$1
	shift
	code=$(curl -g -s -o body -D head -w '%{http_code}' --max-time 60 \
		-H "Authorization: Bearer $token" "$@" "$sandbox$path")
}

# send METHOD PATH JSON
send() {
	printf '%s' "$3" >request
	ask "$2" -X "$1" -H 'Content-Type: application/json; charset=utf-8' \
		--data-binary @request
}

answers() {
	[ "$code" = "$1" ]
	result "$2" || {
		echo "status $code, not $1"
		head -c 1000 body 2>&1
	} | comment
}

# gives 'JQ FILTER' NAME: it holds for the body
gives() {
	jq -e "$1" body >"$lib_tmp/jq" 2>&1
	result "$2" || {
		echo "not so: $1"
		cat "$lib_tmp/jq"
		head -c 1000 body
	} | comment
}

# refuses CODE STATUS PATTERN NAME: an error in Google's shape
refuses() {
	answers "$1" "$4"
	jq -e --argjson c "$1" --arg s "$2" --arg p "$3" '.error | .code == $c
	    and .status == $s and (.message | test($p))' body \
		>"$lib_tmp/jq" 2>&1
	result "$4: it says why" || head -c 1000 body | comment
}

base64url() {
	openssl base64 -A | tr '+/' '-_' | tr -d '='
}

# jwt CLAIMS [HEADER]: signed by the account's key in the file pem
jwt() {
	kid=$(jq -r .private_key_id key.json)
	head=${2:-'{"alg":"RS256","typ":"JWT","kid":"'$kid'"}'}
	part=$(printf '%s' "$head" | base64url).$(printf '%s' "$1" | base64url)
	printf '%s.%s' "$part" "$(printf '%s' "$part" |
		openssl dgst -sha256 -sign pem | base64url)"
}

# claims [MEMBERS]: good ones, those given instead
claims() {
	jq -c -n --arg iss "$(jq -r .client_email key.json)" \
		--arg scope "$scope" --argjson now "$(date +%s)" "{iss: \$iss,
	    scope: \$scope, aud: \"https://oauth2.googleapis.com/token\",
	    iat: (\$now - 10), exp: (\$now + 3590)} + (${1:-{\}})"
}

# trade ASSERTION: for a token, the answer to body
trade() {
	code=$(curl -s -o body -D head -w '%{http_code}' \
		--data-urlencode \
		grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer \
		--data-urlencode "assertion=$1" "$sandbox/token")
}

# denies ERROR PATTERN NAME: an error of the token endpoint
denies() {
	jq -e --arg e "$1" --arg p "$2" '.error == $e and
	    (.error_description | test($p))' body >"$lib_tmp/jq" 2>&1 &&
		[ "$code" -ge 400 ]
	result "$3" || {
		echo "status $code"
		head -c 1000 body
	} | comment
}

# start [OPTION...]: a sandbox, and a token for it
start() {
	sandbox_start --google-key=key.json --log="$PWD/log" \
		--sheets-user-quota=0 --sheets-project-quota=0 "$@"
	jq -r .private_key key.json >pem
	trade "$(jwt "$(claims)")"
	token=$(jq -r .access_token body)
}

values=/v4/spreadsheets/$shared/values

# put RANGE VALUES [QUERY]
put() {
	send PUT "$values/$1?valueInputOption=RAW${3:-}" "{\"values\":$2}"
}

# batch REQUESTS: changes to the spreadsheet
batch() {
	send POST "/v4/spreadsheets/$shared:batchUpdate" "{\"requests\":[$1]}"
}

# reads RANGE JSON NAME [QUERY]: these are its values
reads() {
	ask "$values/$1?valueRenderOption=UNFORMATTED_VALUE${4:-}"
	jq -c .values body >got
	printf '%s\n' "$2" >expected
	same_file got expected "$3"
}

#
# the key file
#
start
ok 'the key file is for its owner only' sh -c \
	'[ "$(stat -c %a key.json)" = 600 ]'
ok 'it has what such files have' jq -e --arg u "$sandbox/token" \
	'.type == "service_account" and .token_uri == $u and
	    (.client_email | test("@.*gserviceaccount.com$")) and
	    (.private_key_id | test("^[0-9a-f]{40}$")) and
	    (.private_key | startswith("-----BEGIN PRIVATE "))' key.json
ok 'openssl takes the key' openssl pkey -in pem -noout

#
# tokens
#
trade "$(jwt "$(claims)")"
answers 200 'a good assertion is traded for a token'
gives '.token_type == "Bearer" and .expires_in == 3599 and
    (.access_token | startswith("ya29.")) and (has("id_token") | not)' \
	'which is good for an hour'
trade "$(jwt "$(claims "{aud: \"$sandbox/token\"}")")"
answers 200 'the address of the endpoint will do as the audience'
trade "$(jwt "$(claims '{aud: "https://example.org/token"}')")"
denies invalid_grant 'audience' 'another audience will not'
trade "$(jwt "$(claims '{iss: "nobody@kpipe.iam.gserviceaccount.com"}')")"
denies invalid_grant 'account not found' 'nor an account that is none'
trade "$(jwt "$(claims '{exp: ($now + 3700)}')")"
denies invalid_grant 'short-lived token' 'nor one for more than an hour'
trade "$(jwt "$(claims '{iat: ($now + 3590), exp: ($now + 7190)}')")"
denies invalid_grant 'reasonable timeframe' 'nor one from an hour ahead'
trade "$(jwt "$(claims '{iat: ($now - 3610), exp: ($now - 10)}')")"
denies invalid_grant 'reasonable timeframe' 'nor one of an hour ago'
trade "$(jwt "$(claims '{iat: "now"}')")"
denies invalid_grant 'reasonable timeframe' 'nor times that are text'
trade "$(jwt "$(claims '{scope: ""}')")"
denies invalid_scope 'Empty or missing scope' 'nor one for nothing'
trade "$(jwt "$(claims '{scope: "spreadsheets"}')")"
denies invalid_scope 'Invalid OAuth scope' 'nor a scope that is none'
trade "$(jwt "$(claims '{sub: "someone@example.org"}')")"
denies unauthorized_client 'unauthorized' 'nor one in the name of another'
good=$(jwt "$(claims)")
case $good in
*A) trade "${good%?}Q" ;;
*) trade "${good%?}A" ;;
esac
denies invalid_grant 'Invalid JWT Signature' 'nor a signature with a bit off'
other=$(jwt "$(claims '{aud: "x"}')")
trade "${good%.*}.${other##*.}"
denies invalid_grant 'Invalid JWT Signature' 'nor that of another assertion'
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other \
	2>/dev/null
mv pem ours && mv other pem
trade "$(jwt "$(claims)")"
denies invalid_grant 'Invalid JWT Signature' 'nor that of another key'
mv ours pem
trade "$(jwt "$(claims)" '{"alg":"RS256","kid":"0123"}')"
denies invalid_grant 'Invalid JWT Signature' 'nor another key id'
trade "$(jwt "$(claims)" '{"alg":"none"}')"
denies invalid_grant RS256 'nor another algorithm'
trade "$(printf '%s' "$(claims)" | base64url)"
denies invalid_grant malformed 'nor what is no JWT'
code=$(curl -s -o body -w '%{http_code}' -d grant_type=password \
	"$sandbox/token")
denies unsupported_grant_type 'grant_type' 'nor another grant'
code=$(curl -s -o body -w '%{http_code}' -H 'Content-Type: application/json' \
	-d '{}' "$sandbox/token")
denies invalid_request 'form' 'nor a body that is no form'
ask /token
answers 404 'a token is not to be had by GET'

#
# who may do what
#
code=$(curl -s -o body -w '%{http_code}' "$sandbox$values/A1")
refuses 403 PERMISSION_DENIED unregistered 'without a token nobody comes in'
saved=$token
token=ya29.other
ask "$values/A1"
refuses 401 UNAUTHENTICATED 'invalid authentication' 'nor with another token'
token=$saved
ask "/v4/spreadsheets/$not_shared"
refuses 403 PERMISSION_DENIED 'does not have permission' \
	'a spreadsheet that is not shared'
ask /v4/spreadsheets/1nothing
refuses 404 NOT_FOUND 'not found' 'one that is none'
ask "/v4/spreadsheets/$read_only/values/A1"
answers 200 'one that may be read'
send PUT "/v4/spreadsheets/$read_only/values/A1?valueInputOption=RAW" \
	'{"values":[[1]]}'
refuses 403 PERMISSION_DENIED permission 'and not written'
trade "$(jwt "$(claims "{scope: \"$scope.readonly\"}")")"
token=$(jq -r .access_token body)
ask "$values/NA_Pool!A1"
answers 200 'a token for reading reads'
put NA_Pool!A1 '[["x"]]'
refuses 403 PERMISSION_DENIED scopes 'and does not write'
token=$saved
ask "/v4/spreadsheets/$shared/values"
answers 404 'a path that is none'
ask "$values/A1" -X DELETE
answers 404 'a method that is none'

#
# what a spreadsheet is
#
ask "/v4/spreadsheets/$shared"
gives '.spreadsheetId == "'"$shared"'" and
    .properties.timeZone == "Europe/Amsterdam" and
    ([.sheets[].properties | .title] ==
	["NA_Pool", "Beschikbaarheid", "Uitleg & '"'tips'"'"]) and
    .sheets[0].properties.gridProperties ==
	{"rowCount": 1000, "columnCount": 26, "frozenRowCount": 1}' \
	'a spreadsheet has tabs'
ask "/v4/spreadsheets/$shared?fields=properties(timeZone,locale),sheets.properties(sheetId,title,gridProperties/rowCount)"
gives '. == {"properties": {"locale": "en_US",
    "timeZone": "Europe/Amsterdam"}, "sheets": [.sheets[] | {"properties":
    (.properties | {sheetId, title, gridProperties:
	{rowCount: .gridProperties.rowCount}})}]} and (.sheets | length == 3)' \
	'a mask leaves what was asked for'
ask "/v4/spreadsheets/$shared?fields=sheets.properties.title,sheets.properties"
gives '.sheets[0].properties.sheetType == "GRID"' 'the wider of two counts'
ask "/v4/spreadsheets/$shared?fields=sheets.name"
refuses 400 INVALID_ARGUMENT "paths? 'name'" 'a field that is none'
for mask in '' 'a(' 'a(b' 'a)' ',' 'a..b' '()'; do
	ask "/v4/spreadsheets/$shared?fields=$mask"
	answers 400 "no mask: '$mask'"
done
ask "/v4/spreadsheets/$shared?limit=3"
refuses 400 INVALID_ARGUMENT 'Unknown name "limit": Cannot bind query' \
	'a parameter that is none'

#
# reading
#
ask "$values/NA_Pool"
gives '.range == "NA_Pool!A1:Z1000" and .majorDimension == "ROWS" and
    .values[0] == ["owner_id", "coach_naam", "eligible", "weight", "cap_dag",
	"cap_week", "exclude_manual", "laatst_bijgewerkt", "note"]' \
	'a tab is read whole, and named in full'
gives '.values | length == 13 and .[4][6] == "x" and
    (.[1] | .[0] | type == "string") and .[1][3] == "1"' \
	'shown values are text'
ask "$values/NA_Pool!A2:I?valueRenderOption=UNFORMATTED_VALUE"
gives '.range == "NA_Pool!A2:I1000" and (.values[0][3] == 1)' \
	'values as they are keep their type'
ask "$values/NA_Pool!A2:I3?majorDimension=COLUMNS"
gives '.majorDimension == "COLUMNS" and (.values | length == 9) and
    (.values[2] == ["JA", "JA"]) and (.values[6] == [])' 'or by column'
ask "$values/'Uitleg%20%26%20''tips'''!A1:B2"
gives '.range == "'"'Uitleg & ''tips'''"'!A1:B2" and (.values | length == 1)' \
	'a title in quotes, and encoded'
ask "$values/%27na_pool%27%21a1"
gives '.range == "NA_Pool!A1" and .values == [["owner_id"]]' 'case is nothing'
ask "$values/B1"
gives '.range == "NA_Pool!B1"' 'without a tab it is the first'
ask "$values/NA_Pool!K5:M9"
gives '. == {"range": "NA_Pool!K5:M9", "majorDimension": "ROWS"}' \
	'where nothing is there are no values'
ask "$values/NA_Pool!A1:AB2000"
gives '.range == "NA_Pool!A1:Z1000"' 'an end outside is moved in'
ask "$values/NA_Pool!A1001"
refuses 400 INVALID_ARGUMENT \
	'^Range .NA_Pool!A1001. exceeds grid limits. Max rows: 1000, max columns: 26$' \
	'a start outside'
ask "$values/NA_Pool!AA1"
refuses 400 INVALID_ARGUMENT 'exceeds grid limits' 'to the right, too'
for range in Nergens Nergens!A1 "NA_Pool!" "NA_Pool!A0" "NA_Pool!A1:" \
	"'NA_Pool" "''!A1" "NA_Pool!A1:B2:C3" "NA_Pool!A:2" "!A1" \
	"NA_Pool!ABCD1"; do
	ask "$values/$range"
	refuses 400 INVALID_ARGUMENT '^Unable to parse range: ' \
		"no range: $range"
done
ask "$values/A1?valueRenderOption=PLAIN"
refuses 400 INVALID_ARGUMENT "'value_render_option'.*ValueRenderOption.*PLAIN" \
	'an option that is none'
ask "$values:batchGet?ranges=NA_Pool!A1:B1&ranges=Beschikbaarheid!1:1"
gives '.spreadsheetId == "'"$shared"'" and (.valueRanges | length == 2 and
    .[0].values == [["owner_id", "coach_naam"]] and
    .[1].range == "Beschikbaarheid!A1:Z1" and
    .[1].values == [["coach_id", "Coachnaam", "na_leads_aan", "afwezig_van",
	"afwezig_tot", "notitie", "laatst_gewijzigd"]])' 'several at once'
ask "$values:batchGet?ranges=NA_Pool!A1&ranges=Nergens!A1"
refuses 400 INVALID_ARGUMENT 'Unable to parse range: Nergens!A1' \
	'one of which is none'
ask "$values/Beschikbaarheid!A7:E7?valueRenderOption=UNFORMATTED_VALUE"
gives '.values[0] | .[0] > 1000 and .[2] == true and
    .[3:] == [46081, 46086]' 'real dates are days since 1899-12-30'
ask "$values/Beschikbaarheid!A7:E7?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING"
gives '.values[0] | .[0] > 1000 and .[3:] == ["2026-02-28", "2026-03-05"]' \
	'or text'
ask "$values/Beschikbaarheid!C2:C3"
gives '.values == [["TRUE"], ["FALSE"]]' 'true is shown as TRUE'

#
# writing
#
batch '{"addSheet":{"properties":{"title":"T","gridProperties":
    {"rowCount":10,"columnCount":5}}}}'
gives '.replies == [{"addSheet": {"properties": (.replies[0].addSheet.properties
    | {sheetId, title: "T", index: 3, sheetType: "GRID", gridProperties:
	{"rowCount": 10, "columnCount": 5}})}}] and
    .replies[0].addSheet.properties.sheetId > 0' 'a tab is added'
sheet=$(jq .replies[0].addSheet.properties.sheetId body)
put 'T!A1:C2' '[["00123",1.5,true],["=1+1",null,""]]'
gives '. == {"spreadsheetId": "'"$shared"'", "updatedRange": "T!A1:C2",
    "updatedRows": 2, "updatedColumns": 3, "updatedCells": 5}' \
	'values are written'
reads T '[["00123",1.5,true],["=1+1"]]' 'and stay what they were'
put 'T!A1:C2' '[[null,null,"x"],["",7]]'
reads T '[["00123",1.5,"x"],["",7]]' 'null leaves a cell, "" empties it'
put T!B4 '[["a"],["b","c"]]'
gives '.updatedRange == "T!B4:C5" and .updatedCells == 3' \
	'one cell is where they start'
reads T!A4:E '[["","a"],["","b","c"]]' 'there they are'
put 'T!A1:B1' '[[1,2,3]]'
refuses 400 INVALID_ARGUMENT \
	'^Requested writing within range .T!A1:B1., but tried writing to column .C.$' \
	'values wider than the range'
put 'T!A1:B1' '[[1],[2]]'
refuses 400 INVALID_ARGUMENT 'tried writing to row .2.' 'or longer'
put 'T!A11:B11' '[[1,2]]'
refuses 400 INVALID_ARGUMENT \
	'Range .T!A11:B11. exceeds grid limits. Max rows: 10, max columns: 5' \
	'below the grid'
put 'T!A9:B12' '[[1,2]]'
refuses 400 INVALID_ARGUMENT 'exceeds grid limits' 'in part below the grid'
put 'T!A10' '[[1],[2]]'
refuses 400 INVALID_ARGUMENT 'exceeds grid limits' 'values that go below it'
put T '[[1,2,3,4,5,6]]'
refuses 400 INVALID_ARGUMENT 'exceeds grid|column .F.' 'or to its right'
put 'T!A1' '[[{"a":1}]]'
refuses 400 INVALID_ARGUMENT 'Invalid data.values.0..0.: struct_value' \
	'an object is no value'
put 'T!A1' '["a"]'
refuses 400 INVALID_ARGUMENT "'data.values.0.'.*ListValue" 'a row is a list'
send PUT "$values/T!A1" '{"values":[[1]]}'
refuses 400 INVALID_ARGUMENT "'valueInputOption' is required" \
	'nobody says how to take the input'
send PUT "$values/T!A1?valueInputOption=RAW" '{"value":[[1]]}'
refuses 400 INVALID_ARGUMENT \
	"^Invalid JSON payload received. Unknown name \"value\" at 'data': Cannot find field.$" \
	'a member that is none'
gives '.error.details[0].fieldViolations[0].field == "data"' 'and where'
send PUT "$values/T!A1?valueInputOption=RAW" '{"values":[[1]'
refuses 400 INVALID_ARGUMENT 'Invalid JSON payload' 'half a body'
send PUT "$values/T!A1?valueInputOption=RAW" '[]'
refuses 400 INVALID_ARGUMENT 'Root element' 'a list as the body'
ask "$values/T!A1?valueInputOption=RAW" -X PUT -d '{"values":[[1]]}'
refuses 400 INVALID_ARGUMENT 'Unknown name' 'a body that is told to be a form'
send PUT "$values/T!A1?valueInputOption=RAW" '{"range":"T!B1","values":[[1]]}'
refuses 400 INVALID_ARGUMENT 'does not match' 'two ranges that differ'
long=$(printf '%050000d' 0)
put T!E1 "[[\"$long\"]]"
answers 200 '50,000 characters in a cell'
put T!E1 "[[\"${long}0\"]]"
refuses 400 INVALID_ARGUMENT 'maximum of 50000 characters' 'one more'
put T!E1 '[[""]]'
put T!A1:B1 '[["1"],["2"]]' '&fields=updatedRange'
answers 400 'errors are not masked'
put T!A8:B8 '[[1,2]]' '&fields=updatedCells&includeValuesInResponse=true'
gives '. == {"updatedCells": 2}' 'answers are'
put T!A8:B8 '[[3,null]]' \
	'&includeValuesInResponse=true&responseValueRenderOption=UNFORMATTED_VALUE'
gives '.updatedData.values == [[3, 2]]' 'what is there now is told'
send PUT "$values/T!D1:E2?valueInputOption=RAW" \
	'{"majorDimension":"COLUMNS","values":[["a","b"],["c"]]}'
reads T!D1:E2 '[["a","c"],["b"]]' 'values by column'
head -c 2600000 /dev/zero | tr '\0' x | fold -w 40000 |
	jq -R . | jq -s -c '{values: [.[0:10][] as $x | [$x, $x, $x, $x, $x]]}' \
	>large
ask "$values/T!A1:E10?valueInputOption=RAW" -X PUT \
	-H 'Content-Type: application/json' --data-binary @large
ok 'a body of about 2 MB' sh -c '[ "$(wc -c <large)" -gt 2000000 ]'
answers 200 'is taken'
send POST "$values/T:clear" '{}'
gives '. == {"spreadsheetId": "'"$shared"'", "clearedRange": "T!A1:E10"}' \
	'a tab is cleared'
reads T null 'and is empty'

# typed NUMBER TEXT VALUE: what a person types, and what is then there
typed() {
	send PUT "$values/T!A1?valueInputOption=USER_ENTERED" \
		"$(jq -n -c --arg x "$1" '{values: [[$x]]}')"
	ask "$values/T!A1?valueRenderOption=UNFORMATTED_VALUE"
	jq -c '.values[0][0]' body >got
	printf '%s\n' "$2" >expected
	same_file got expected "typed: $1"
	send POST "/v4/spreadsheets/$shared:batchUpdate" \
		'{"requests":[{"deleteDimension":{"range":{"sheetId":'"$sheet"',
		    "dimension":"ROWS","startIndex":0,"endIndex":1}}},
		{"appendDimension":{"sheetId":'"$sheet"',"dimension":"ROWS",
		    "length":1}}]}'
}

typed 00123 123
typed -1,234.50 -1234.5
typed 12,34 '"12,34"'
typed 1e3 1000
typed .5 0.5
typed 50% 0.5
typed true true
typed '=1+1' 2
typed '=(1+2)*-3/2' -4.5
typed '=1/0' '"#DIV/0!"'
typed '=SUM(A1)' '"#NAME?"'
typed "'0031" '"0031"'
typed 2026-03-02 46083
typed 3/4/2026 46085
typed '2026-03-02 12:00' 46083.5
typed 2026-02-30 '"2026-02-30"'
typed "Anna O'Neil" "\"Anna O'Neil\""
typed 1.2.3 '"1.2.3"'
typed - '"-"'
send PUT "$values/T!A1:C1?valueInputOption=USER_ENTERED" \
	'{"values":[["=1+2","2026-03-02","1e21"]]}'
ask "$values/T!A1:C1?valueRenderOption=FORMULA"
gives '.values == [["=1+2", 46083, 1e21]]' 'a formula is told when asked'
ask "$values/T!A1:C1"
gives '.values == [["3", "2026-03-02", "1E+21"]]' 'and shown by its value'
put T!B1 '[[46084]]'
ask "$values/T!B1"
gives '.values == [["2026-03-03"]]' 'a date stays one when it is written over'
send POST "$values/T:clear" '{}'

#
# several at once
#
send POST "$values:batchUpdate" '{"valueInputOption":"RAW","data":[
    {"range":"T!A1:B1","values":[["a","b"]]},
    {"range":"T!A2","majorDimension":"COLUMNS","values":[["c","d"]]}]}'
gives '.totalUpdatedCells == 4 and .totalUpdatedSheets == 1 and
    .totalUpdatedRows == 3 and
    ([.responses[].updatedRange] == ["T!A1:B1", "T!A2:A3"])' 'two writes'
send POST "$values:batchUpdate" '{"valueInputOption":"RAW","data":[
    {"range":"T!A1","values":[["z"]]},{"range":"T!A99","values":[["z"]]}]}'
refuses 400 INVALID_ARGUMENT 'exceeds grid' 'one of two is wrong'
reads T '[["a","b"],["c"],["d"]]' 'then none is written'
send POST "$values:batchUpdate" '{"data":[]}'
refuses 400 INVALID_ARGUMENT "'valueInputOption'" 'without an input option'
send POST "$values:batchUpdate" \
	'{"valueInputOption":"RAW","data":[{"range":"T!A1","rows":[]}]}'
refuses 400 INVALID_ARGUMENT "\"rows\" at 'data.0.'" \
	'a member inside that is none'
send POST "$values:batchClear" '{"ranges":["T!A2:A","T!B1"]}'
gives '.clearedRanges == ["T!A2:A10", "T!B1"]' 'two are cleared'
reads T '[["a"]]' 'and nothing else'
send POST "$values:batchClear" '{"ranges":["T!A1","T!A11:B12"]}'
refuses 400 INVALID_ARGUMENT 'exceeds grid' 'one that is outside'
reads T '[["a"]]' 'then none is cleared'
send POST "$values/T:clear" '{"range":"T"}'
refuses 400 INVALID_ARGUMENT 'Unknown name "range"' 'clear takes nothing'

#
# appending: the tables of Google's own example
#
send POST "$values/T:clear" '{}'
put T!A1:C2 '[["x","y","z"],["x","y","z"]]'
put T!B4:D6 '[["x","y","z"],["x","y","z"],["x","y","z"]]'
added() { # added RANGE TABLE UPDATED
	send POST "$values/$1:append?valueInputOption=RAW" '{"values":[["n"]]}'
	gives ".tableRange == \"$2\" and .updates.updatedRange == \"$3\" and
	    .updates.updatedCells == 1" "appended to $1"
	send POST "$values/$3:clear" ''
}
added T T!B4:D6 T!B7
added T!B4 T!B4:D6 T!B7
added T!C5:D5 T!B4:D6 T!B7
added T!B2:D4 T!B4:D6 T!B7
added T!A3:E10 T!B4:D6 T!B7
added T!A1 T!A1:C2 T!A3
send POST "$values/T!E9:append?valueInputOption=RAW" '{"values":[["n"]]}'
gives '(has("tableRange") | not) and .updates.updatedRange == "T!E9"' \
	'where no table is it begins at the range'
send POST "$values/T!E9:clear" ''
send POST "$values/T:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS" \
	'{"values":[["a","b"],["c"],["d"],["e"],["f"]]}'
gives '.updates.updatedRange == "T!B7:C11"' 'rows are inserted'
ask "/v4/spreadsheets/$shared?fields=sheets.properties"
gives '.sheets[3].properties.gridProperties.rowCount == 15' \
	'and the grid grows by them'
send POST "$values/T:append?valueInputOption=RAW" \
	'{"values":[[1],[2],[3],[4],[5],[6]]}'
gives '.updates.updatedRange == "T!B12:B17"' 'or are added at the end'
ask "/v4/spreadsheets/$shared?fields=sheets.properties"
gives '.sheets[3].properties.gridProperties.rowCount == 17' 'when they must'

#
# tabs
#
batch '{"addSheet":{"properties":{"title":"na_pool"}}}'
refuses 400 INVALID_ARGUMENT \
	'Invalid requests.0..addSheet: A sheet with the name "na_pool" already exists' \
	'a title that is taken'
batch '{"addSheet":{"properties":{"title":"U"}}},{"addSheet":{"properties":
    {"title":"U"}}}'
refuses 400 INVALID_ARGUMENT 'requests.1..addSheet' 'the second of two is wrong'
ask "/v4/spreadsheets/$shared?fields=sheets.properties.title"
gives '[.sheets[].properties.title] | index("U") == null' 'then none is made'
batch '{"duplicateSheet":{"sourceSheetId":'"$sheet"',"newSheetName":"T2",
    "newSheetId":77}},{"deleteSheet":{"sheetId":'"$sheet"'}},
    {"updateSheetProperties":{"properties":{"sheetId":77,"title":"T",
	"index":4},"fields":"title,index"}}'
gives '.replies | length == 3 and .[1:] == [{}, {}] and
    .[0].duplicateSheet.properties.title == "T2"' 'a tab is swapped for another'
reads T!A1:B2 '[["x","y"],["x","y"]]' 'which has its values'
sheet=77
grid() { # grid ROWS COLUMNS NAME
	ask "/v4/spreadsheets/$shared?fields=sheets.properties"
	gives "[.sheets[].properties | select(.sheetId == $sheet)][0].gridProperties
	    | [.rowCount, .columnCount] == [$1, $2]" "$3"
}
batch '{"appendDimension":{"sheetId":77,"dimension":"ROWS","length":3}}'
grid 20 5 'rows are appended'
batch '{"updateSheetProperties":{"properties":{"sheetId":77,"gridProperties":
    {"rowCount":5,"columnCount":6}},"fields":"gridProperties(rowCount,columnCount)"}}'
answers 400 'a mask in another form is not known'
batch '{"updateSheetProperties":{"properties":{"sheetId":77,"gridProperties":
    {"rowCount":5,"columnCount":6}},
    "fields":"gridProperties.rowCount,gridProperties.columnCount"}}'
grid 5 6 'a tab has another size'
reads T '[["x","y","z"],["x","y","z"],[],["","x","y","z"],["","x","y","z"]]' \
	'what is outside is gone'
batch '{"deleteDimension":{"range":{"sheetId":77,"dimension":"ROWS",
    "startIndex":1,"endIndex":3}}}'
reads T '[["x","y","z"],["","x","y","z"],["","x","y","z"]]' 'rows are deleted'
batch '{"insertDimension":{"range":{"sheetId":77,"dimension":"COLUMNS",
    "startIndex":1,"endIndex":3}}}'
reads T '[["x","","","y","z"],["","","","x","y","z"],["","","","x","y","z"]]' \
	'columns are inserted'
grid 3 8 'the grid has them'
batch '{"deleteDimension":{"range":{"sheetId":77,"dimension":"ROWS"}}}'
refuses 400 INVALID_ARGUMENT "can't delete all the rows" 'all rows'
batch '{"deleteDimension":{"range":{"sheetId":77,"dimension":"ROWS",
    "startIndex":2,"endIndex":9}}}'
refuses 400 INVALID_ARGUMENT 'grid' 'rows that are not there'
batch '{"deleteSheet":{"sheetId":5}}'
refuses 400 INVALID_ARGUMENT 'No grid with id: 5' 'a tab that is none'
batch '{"updateSheetProperties":{"properties":{"sheetId":77,"title":"V"}}}'
refuses 400 INVALID_ARGUMENT 'At least one field' 'nothing to change'
batch '{"updateSheetProperties":{"properties":{"sheetId":77,"name":"V"},
    "fields":"name"}}'
refuses 400 INVALID_ARGUMENT 'Unknown name "name"' 'a property that is none'
batch '{"addTab":{}}'
refuses 400 INVALID_ARGUMENT "Unknown name \"addTab\" at 'requests.0.'" \
	'a request that is none'
batch '{"sortRange":{}}'
refuses 501 UNIMPLEMENTED sortRange 'one that is not played'
batch ''
refuses 400 INVALID_ARGUMENT 'at least one request' 'no request'
batch '{"addSheet":{"properties":{"gridProperties":{"rowCount":400000,
    "columnCount":26}}}}'
refuses 400 INVALID_ARGUMENT 'above the limit of 10000000 cells' \
	'more than 10 million cells'

#
# the log
#
ok 'the log is a record a line' jq -e \
	'.type == "sandbox_request" and .vendor == "google"' log
jq -r '[.call, .object] | map(. // "-") | join(" ")' log | sort -u >calls
same calls 'it names the calls' <<'EOF'
- -
append values
batchClear values
batchGet values
batchUpdate values
clear values
get spreadsheet
get values
token -
update spreadsheet
update values
EOF
lacks log 'ya29|eyJ|assertion|private|Bearer' 'and holds no secret'
lacks "$lib_tmp/sandbox.err" . 'nothing was said on standard error'

#
# ID tokens, and the service that wants one
#
start
identity() { # identity AUDIENCE: in $id
	trade "$(jwt "$(claims "{target_audience: \"$1\"}")")"
	id=$(jq -r .id_token body)
}
pool() { # pool TOKEN
	code=$(curl -s -o body -w '%{http_code}' -X POST \
		-H "Authorization: Bearer $1" "$sandbox/pool-refresh")
}
identity "$sandbox/pool-refresh"
answers 200 'an assertion is traded for an ID token'
gives 'keys == ["id_token"]' 'and nothing else'
middle=${id#*.}
printf '%s==' "${middle%.*}" | tr '_-' '/+' | base64 -d 2>/dev/null |
	jq -c '[.iss, .aud, .exp - .iat]' >got
printf '["https://accounts.google.com","%s/pool-refresh",3600]\n' "$sandbox" \
	>expected
same_file got expected 'it says whose and for whom it is'
pool "$id"
gives '. == {"entries": 12, "issues": []}' 'the service takes it'
code=$(curl -s -o body -w '%{http_code}' -X POST "$sandbox/pool-refresh")
answers 403 'and nobody without one'
pool "$token"
answers 401 'an access token is none'
case $id in
*A) pool "${id%?}Q" ;;
*) pool "${id%?}A" ;;
esac
answers 401 'nor one with a bit off'
pool "$(jwt "$(claims "{aud: \"$sandbox/pool-refresh\"}")")"
answers 401 'nor one of the account itself'
identity "$sandbox/other"
pool "$id"
answers 401 'nor one for another service'
for how in issues bare fails; do
	start --pool-refresh=$how
	identity "$sandbox/pool-refresh"
	pool "$id"
	case $how in
	issues) gives '.entries == 12 and (.issues | length == 2)' 'issues' ;;
	bare) gives '. == {}' 'an answer that says nothing' ;;
	fails) answers 500 'a service that fails' ;;
	esac
done

#
# clocks, quotas, faults
#
now=$(date +%s)
start --clock-offset=3600 --token-seconds=6
denies invalid_grant 'reasonable timeframe' 'the clock of the server is ahead'
ask /token
date=$(sed -n 's/\r$//; s/^Date: //p' head)
ahead=$(($(date -d "$date" +%s) - now))
ok 'its Date says how far' test "$ahead" -ge 3600 -a "$ahead" -lt 3660
ok 'and stands there once' sh -c '[ "$(grep -c -i ^date: head)" -eq 1 ]'
trade "$(jwt "$(claims '{iat: ($now + 3590), exp: ($now + 7190)}')")"
answers 200 'who goes by it comes in'
gives '.expires_in == 6' 'for as long as was said'
token=$(jq -r .access_token body)
ask "$values/A1"
answers 200 'the token is good'
sleep 6
ask "$values/A1"
refuses 401 UNAUTHENTICATED . 'and then no more'
gives '.error.details[0].reason == "ACCESS_TOKEN_EXPIRED"' 'it has expired'

sandbox_start --google-key=key.json --sheets-user-quota=2 \
	--sheets-project-quota=3
jq -r .private_key key.json >pem
trade "$(jwt "$(claims)")"
token=$(jq -r .access_token body)
ask "$values/A1"
put A1 '[["owner_id"]]'
ask "$values/A1"
answers 200 'reads and writes are counted apart'
ask "$values/A1"
refuses 429 RESOURCE_EXHAUSTED \
	"^Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service" \
	'a read too many'
gives '.error.details[0] | .reason == "RATE_LIMIT_EXCEEDED" and
    .metadata.quota_limit == "ReadRequestsPerMinutePerUser" and
    .metadata.quota_limit_value == "2"' 'the details say which quota'
send POST "$values:batchUpdate" '{"valueInputOption":"RAW","data":[
    {"range":"A1","values":[[1]]},{"range":"A2","values":[[1]]}]}'
answers 200 'a batch counts once'
put A1 '[["owner_id"]]'
refuses 429 RESOURCE_EXHAUSTED "'Write requests'" 'a write too many'
curl -s "$sandbox/sandbox/stats" | jq -c '[.limits[] |
    select(.name | test("User")) | [.name, .counted, .refused]]' >got
same got 'the sandbox tells what was counted' <<'EOF'
[["ReadRequestsPerMinutePerUser",2,1],["WriteRequestsPerMinutePerUser",2,1]]
EOF
start --fault=503:path=batchClear:times=1,429:method=PUT:at=2,cut:path=append
send POST "$values:batchClear" '{"ranges":["NA_Pool!A2"]}'
answers 503 'a fault between two calls'
ask "$values/NA_Pool!A2"
gives '.values' 'then nothing was cleared'
put NA_Pool!K1 '[[1]]'
put NA_Pool!K1 '[[2]]'
refuses 429 RESOURCE_EXHAUSTED "'Write requests'" 'a quota that is reached'
send POST "$values/Uitleg:append" '{}'
rm -f body
curl -s -o body -X POST -H "Authorization: Bearer $token" \
	-H 'Content-Type: application/json' -d '{"values":[["n"]]}' \
	"$sandbox$values/NA_Pool!A1:append?valueInputOption=RAW"
ask "$values/NA_Pool!A14"
gives '.values == [["n"]]' 'an answer that is lost is done all the same'

#
# kept from one start to the next
#
run curl -s "$sandbox/sandbox/sheets"
jq -c '.spreadsheets[0].tabs[0].values[13]' out >got
same got 'the spreadsheets can be looked at' <<'EOF'
["n"]
EOF
start --sheets-state=state.json
ok 'there is no file yet' test ! -e state.json
send PUT "$values/NA_Pool!K1:N1?valueInputOption=USER_ENTERED" \
	'{"values":[["=2*3","2026-03-02","50%","é\"\n"]]}'
curl -s "$sandbox/sandbox/sheets" >before
sandbox_stop
same_file state.json before 'the end writes what there was'
start --sheets-state=state.json
reads NA_Pool!K1:N1 '[[6,46083,0.5,"é\"\n"]]' 'the next start has it'
curl -s "$sandbox/sandbox/sheets" >after
same_file after before 'all of it'
jq -c '.spreadsheets[0].tabs[0].values[1][6] = "x"' before >marked
run curl -s -f -X PUT --data-binary @marked "$sandbox/sandbox/sheets"
exits 0 'a person may write in between'
reads NA_Pool!G2 '[["x"]]' 'and is read'
echo '{"spreadsheets":[{"id":"s"}]}' >bad
run curl -s -f -X PUT --data-binary @bad "$sandbox/sandbox/sheets"
exits 22 'but not anything'
reads NA_Pool!G2 '[["x"]]' 'then all stays as it was'
sandbox_stop
run kpipe-sandbox --port=0 --sheets-state=bad
exits 2 'spreadsheets that are none'
same err 'it says why' <<'EOF'
kpipe-sandbox: the spreadsheets: a spreadsheet has no tabs
EOF
run kpipe-sandbox --port=0 --pool-refresh=often
exits 2 'an answer that is none'
run kpipe-sandbox --port=0 --google-key=/nowhere/key.json
exits 2 'a key file that cannot be written'
all_done
