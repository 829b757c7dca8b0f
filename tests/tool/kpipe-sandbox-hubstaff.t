#!/bin/sh
# kpipe-sandbox(1): Hubstaff's tokens, organisations, members and time
. "${0%/*}/../lib.sh"

token=

# ask PATH [CURL OPTION...]: the body to body, the head to head, and $code
ask() {
	path=$1
	shift
	code=$(curl -g -s -o body -D head -w '%{http_code}' --max-time 60 \
		-H "Authorization: Bearer $token" "$@" "$sandbox$path")
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

# refuses STATUS CODE PATTERN NAME: an error in Hubstaff's shape
refuses() {
	answers "$1" "$4"
	jq -e --arg c "$2" --arg p "$3" '.code == $c and
	    (.error | test($p)) and .error_code >= 10000' body \
		>"$lib_tmp/jq" 2>&1
	result "$4: it says why" || head -c 1000 body | comment
}

# trade TOKEN: for new ones, which are in body
trade() {
	code=$(curl -s -o body -D head -w '%{http_code}' \
		--data-urlencode grant_type=refresh_token \
		--data-urlencode "refresh_token=$1" "$sandbox/access_tokens")
}

# denies STATUS ERROR NAME: an error of the token endpoint
denies() {
	[ "$code" = "$1" ] && jq -e --arg e "$2" '.error == $e and
	    (.error_description | length > 0)' body >"$lib_tmp/jq" 2>&1
	result "$3" || {
		echo "status $code"
		head -c 1000 body
	} | comment
}

# start [OPTION...]: a sandbox, and a token for it
start() {
	sandbox_start --log="$PWD/log" "$@"
	trade kpipe-sandbox-token
	token=$(jq -r .access_token body)
	refresh=$(jq -r .refresh_token body)
}

daily='/v2/organizations/4201/activities/daily'
# day ORG FROM TO [QUERY]
days() {
	ask "/v2/organizations/$1/activities/daily?date[start]=$2&date[stop]=$3${4:-}"
}

#
# tokens
#
start
gives '.token_type == "bearer" and .expires_in == 86400 and
    .scope == "openid hubstaff:read" and (.access_token | length > 30) and
    (.refresh_token | length > 30)' 'a personal token is traded for two'
trade kpipe-sandbox-token
denies 400 invalid_grant 'once'
trade "$refresh"
answers 200 'the new one takes its place'
gives '.refresh_token != "'"$refresh"'" and .access_token != "'"$token"'"' \
	'for others again'
trade "$refresh"
denies 400 invalid_grant 'and is used up, too'
ask /v2/users/me
answers 200 'an access token lasts when there are newer ones'
code=$(curl -s -o body -w '%{http_code}' -d grant_type=password \
	"$sandbox/access_tokens")
denies 400 unsupported_grant_type 'another grant'
trade "$refresh"
answers 429 'the sixth exchange of an hour is one too many'
gives '.code == "rate_limited" and .error_code == 13000' 'it says so'
has head '^Retry-After: (3[0-9]{3}|36[0-9]{2})' 'and how long to wait'
start --hubstaff-exchanges=0
code=$(curl -s -o body -w '%{http_code}' -H 'Content-Type: application/json' \
	-d '{}' "$sandbox/access_tokens")
denies 400 invalid_request 'a body that is no form'
code=$(curl -s -o body -w '%{http_code}' -d grant_type=refresh_token \
	"$sandbox/access_tokens")
denies 400 invalid_request 'no token'
code=$(curl -s -o body -w '%{http_code}' "$sandbox/v2/users/me")
refuses 401 unauthorized authenticated 'without an access token nobody comes in'
saved=$token
token=$refresh
ask /v2/users/me
denies 401 invalid_token 'a refresh token is none'
token=hsoat_kpipe-sandbox-token
ask /v2/users/me
answers 200 'that of an organisation is'
token=$saved
code=$(curl -s -o body -w '%{http_code}' -A '' \
	-H "Authorization: Bearer $token" "$sandbox/v2/users/me")
answers 403 'a client that does not say who it is is blocked'
has body '<title>Access denied' 'by a page for people'

#
# organisations, members, users
#
ask /v2/organizations
gives '[.organizations[] | [.id, .name, .status]] ==
    [[4201, "Lantern House", "active"], [4202, "Lantern House Nights", "active"]]
    and (has("pagination") | not)' 'there are two organisations'
ask '/v2/organizations?page_limit=1'
gives '(.organizations | length == 1) and
    .pagination.next_page_start_id == 4202' 'in pages'
ask /v2/organizations/4202
gives '.organization.name == "Lantern House Nights"' 'one alone'
ask /v2/organizations/4203/members
refuses 404 not_found 'Could not find' 'one that is none'
ask /v2/nothing
refuses 404 not_found 'Could not find' 'a path that is none'
ask '/v2/organizations/4201/members?include=users'
gives '(.members | length) == (.users | length) and
    ([.members[].user_id] == [.users[].id]) and
    .members[0].membership_role == "owner" and
    .members[1].membership_role == "manager" and
    all(.members[]; .membership_status == "active")' \
	'members, and who they are beside them'
gives '[.users[] | select(.id == 7008)][0] | has("email") | not' \
	'an address that is not told'
gives 'all(.members[]; .user_id != 7024)' 'who left is not there'
ask '/v2/organizations/4201/members?include_removed=true'
gives '[.members[] | select(.user_id == 7024)][0] |
    .membership_status == "removed" and .removed_at == "2026-02-10T00:00:00Z"' \
	'but when asked for'
gives 'has("users") | not' 'nobody is beside them unasked'
ask '/v2/organizations/4201/members?include=teams'
refuses 400 invalid_params include 'something else beside them'
ask /v2/users/me
gives '.user.id == 7001' 'whose token it is'
ask /v2/users/7003
gives '.user.name == (.user.first_name + " " + .user.last_name)' 'a user'
ask /v2/users/9999
refuses 404 not_found 'Could not find' 'nobody'

#
# time
#
days 4201 2026-02-10 2026-02-10 '&include=users'
gives '(.daily_activities | length) > 5 and
    all(.daily_activities[]; .date == "2026-02-10" and .tracked > 0 and
	.project_id == 31 or .project_id == 32)' 'the rows of a day'
gives '([.daily_activities[].user_id] | unique) == [.users[].id]' \
	'beside them those who are in them'
cp body whole
days 4201 2026-02-10 2026-02-10 '&page_limit=3'
next=$(jq .pagination.next_page_start_id body)
gives '.daily_activities | length == 3' 'a page'
jq -c '.daily_activities[]' body >paged
while [ "$next" != null ]; do
	days 4201 2026-02-10 2026-02-10 "&page_limit=3&page_start_id=$next"
	jq -c '.daily_activities[]' body >>paged
	next=$(jq .pagination.next_page_start_id body)
done
jq -c '.daily_activities[]' whole >expected
same_file paged expected 'all pages are the whole'
gives 'has("pagination") | not' 'the last one leads nowhere'
days 4201 2026-01-31 2026-03-02
answers 200 '31 days'
days 4201 2026-01-31 2026-03-03
refuses 400 invalid_params '31 days' 'and no more'
days 4201 2026-02-10 2026-02-09
refuses 400 invalid_params 'date.stop.' 'an end before the start'
days 4201 2023-02-10 2023-02-10
refuses 400 invalid_params '3 years' 'a day of long ago'
ask "$daily?date[start]=2026-02-10"
refuses 400 invalid_params 'date.stop. is missing' 'no end'
ask "$daily?date[start]=10-02-2026&date[stop]=2026-02-10"
refuses 400 invalid_params 'date.start. is invalid' 'a day that is none'
days 4201 2026-02-10 2026-02-10 '&page_limit=501'
refuses 400 invalid_params page_limit 'a page that is too long'
days 4201 2026-02-10 2026-02-10 '&include=users,projects'
gives 'has("users")' 'a list of what comes beside'
days 4201 2026-02-10 2026-02-10 '&include[]=users'
gives 'has("users")' 'in the other form'
days 4201 2026-02-10 2026-02-10 '&user_ids=7004,7005'
gives '[.daily_activities[].user_id] | unique == [7004, 7005]' 'of some users'
days 4201 2026-03-03 2026-03-03
gives '.daily_activities == []' 'nothing of what is still to come'
cp whole first
start --chatters=200 --seed=7
days 4201 2026-02-10 2026-02-10 '&include=users'
ok 'another seed has other people' sh -c '! cmp -s body first'
start
days 4201 2026-02-10 2026-02-10 '&include=users'
same_file body first 'the same one the same'

#
# edits, and what is kept
#
curl -s "$sandbox/sandbox/hubstaff" | jq -c '.edits = [
    {organization_id: 4201, project_id: 31, user_id: 7003, date: "2026-02-10",
     tracked: 3599},
    {organization_id: 4201, project_id: 31, user_id: 7004, date: "2026-02-10",
     tracked: 0}]' >state
lacks state 'hsrt|hsat|kpipe-sandbox-token' 'what is kept has no token'
run curl -s -f -X PUT --data-binary @state "$sandbox/sandbox/hubstaff"
exits 0 'time is edited'
days 4201 2026-02-10 2026-02-10 '&user_ids=7003,7004'
gives '[.daily_activities[] | [.user_id, .tracked]] == [[7003, 3599]]' \
	'then that is what was tracked'
echo '{"edits":[{"user_id":1}]}' >bad
run curl -s -f -X PUT --data-binary @bad "$sandbox/sandbox/hubstaff"
exits 22 'but not anything'
start --hubstaff-state=state.json
curl -s -X PUT --data-binary @state "$sandbox/sandbox/hubstaff" >/dev/null
sandbox_stop
ok 'the end writes what there was' test -s state.json
sandbox_start --hubstaff-state=state.json
trade kpipe-sandbox-token
denies 400 invalid_grant 'the next start knows what was used up'
trade "$refresh"
answers 200 'and what was not'
days 4201 2026-02-10 2026-02-10 '&user_ids=7003'
gives '.daily_activities[0].tracked == 3599' 'and the edits'
run kpipe-sandbox --port=0 --hubstaff-state=bad
exits 2 'a state that is none'
has err '^kpipe-sandbox: edit 0 has no organization_id' 'it says why'

#
# limits, faults, bad days
#
start --hubstaff-minute=3
ask /v2/users/me
has head '^X-Rate-Limit-Limit: 3' 'answers tell the limit'
has head '^X-Rate-Limit-Remaining: 2' 'and what is left'
ask /v2/users/me
ask /v2/users/me
ask /v2/users/me
refuses 429 rate_limited 'Rate limit' 'one too many in a minute'
has head '^Retry-After: (60|59)' 'and when to come again'
start --hubstaff-hour=1
ask /v2/users/me
ask /v2/users/me
answers 429 'or in an hour'
has head '^Retry-After: 3[56]' 'which is longer'
start --hubstaff-token-seconds=1
sleep 1.1
ask /v2/users/me
denies 401 invalid_token 'a token that has ended'
gives '.error_description | test("expired")' 'it says so'
start --hubstaff-role=user
ask '/v2/organizations/4201/members?include=users'
gives '[.members[] | [.user_id, .membership_role]] == [[7001, "user"]]' \
	'who is no manager sees nobody else'
days 4201 2026-02-10 2026-02-10
gives '.daily_activities == []' 'and nobody else at work'
start --hubstaff-bare
days 4201 2026-02-10 2026-02-10 '&include=users'
gives 'has("users") | not' 'users may not come beside'
start --hubstaff-lapsed
ask /v2/organizations
gives '.organizations | length == 3' 'an organisation that does not pay'
ask /v2/organizations/4209/members
refuses 403 not_authorized 'only for organizations on an active plan' \
	'is not to be read'
start --fault=401:path=daily:at=1,404:path=users/me:times=1,cut:path=access_tokens:at=2
days 4201 2026-02-10 2026-02-10
denies 401 invalid_token 'a fault that is a refusal'
ask /v2/users/me
refuses 404 not_found 'Could not' 'and another'
trade "$refresh"
trade "$refresh"
denies 400 invalid_grant 'an exchange whose answer is lost is made all the same'
jq -r '[.call, .object] | map(. // "-") | join(" ")' log | sort -u >calls
same calls 'the log names the calls' <<'!'
- -
exchange token
get me
get organization
get user
list activities
list members
list organizations
!
lacks log 'hsrt|hsat|kpipe-sandbox-token' 'and holds no token'
run kpipe-sandbox --port=0 --hubstaff-role=boss
exits 2 'a role that is none'
has err "takes owner, manager or user, not 'boss'" 'it says which there are'
all_done
