# chatters-day.sh - what the tests of the chatters' scripts share, behind lib.sh
#
# chatters.json here names the leads and others of kpipe-sandbox, whose exports
# are found; git is nobody's.
# shellcheck shell=sh disable=SC2034,SC2154

# a Monday afternoon
now=2026-03-02T15:30:00Z
cat >chatters.json <<'!'
{
 "teams": [
  {"key": "night", "name": "Team N", "aliases": ["night", "n"],
   "lead_slack_id": "U0NIGHT001", "color": "#f97316",
   "shift_start": "00:00", "shift_end": "08:00"},
  {"key": "day", "name": "Team D", "aliases": ["day", "d"],
   "lead_slack_id": "U0DAY00001", "color": "#3b82f6",
   "shift_start": "08:00", "shift_end": "16:00"},
  {"key": "evening", "name": "Team E", "aliases": ["evening", "e"],
   "lead_slack_id": "U0EVENING1", "color": "#a855f7",
   "shift_start": "16:00", "shift_end": "00:00"}],
 "page": {"title": "Lantern House", "link": "https://lantern.example.org/"},
 "slack": {"management": "U0COO00001", "operations": "U0OPS00001"}
}
!
SLACK_EXPORTS=U0OPS00001 SLACK_EXPORTS_FROM=U0OPS00001 PAGES_BRANCH=main
export SLACK_EXPORTS SLACK_EXPORTS_FROM PAGES_BRANCH
unset SLACK_EXPORTS_MATCH PAGES_URL PAGES_FILE PAGES_AUTHOR PAGES_PUBLIC_OK
unset HISTORY_URL AIRTABLE_ROSTER AIRTABLE_DAYS AIRTABLE_COACHING
unset AIRTABLE_REPORTS AIRTABLE_TEAM_LINK AIRTABLE_PERSON_LINK
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM

# posted 'JQ FILTER': of the messages that were sent
posted() {
	curl -s "$sandbox/sandbox/slack" | jq -c ".posted | $1"
}

# stored 'JQ FILTER': of the fields in the table of days, of the days stored here
stored() {
	curl -s "$sandbox/sandbox/airtable" | jq -c '.tables[] |
	    select(.name == "Daily Performance") | [.records[].fields |
	    select(.Date >= "2026-02-27")] | '"$1"
}
