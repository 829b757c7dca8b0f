# chatters.bash - what the chatters' scripts do in the same way, besides what
# pipeline.bash has
# shellcheck shell=bash disable=SC2034,SC2154

data=data
config=()
[ ! -e chatters.json ] || config=(--config=chatters.json)

# or_default NAME TEXT: the setting, or else the text
or_default() {
	local text
	text=$(setting "$1")
	printf '%s' "${text:-$2}"
}

# read_tables: the tables of the base, which fields of theirs are what, if they
# are not the usual ones, and what linked records are called
read_tables() {
	with-env "$env_file" true
	roster_table=$(or_default AIRTABLE_ROSTER Chatters)
	days_table=$(or_default AIRTABLE_DAYS 'Daily Performance')
	coaching_table=$(or_default AIRTABLE_COACHING 'Coaching Log')
	reports_table=$(or_default AIRTABLE_REPORTS Reports)
	roster_fields=$(setting AIRTABLE_ROSTER_FIELDS)
	days_fields=$(setting AIRTABLE_DAYS_FIELDS)
	coaching_fields=$(setting AIRTABLE_COACHING_FIELDS)
	reports_fields=$(setting AIRTABLE_REPORTS_FIELDS)
	team_link=$(setting AIRTABLE_TEAM_LINK)
	person_link=$(or_default AIRTABLE_PERSON_LINK "$roster_table:Full Name")
	aliases=()
	[ ! -e "$data/aliases.csv" ] ||
	    aliases=("--aliases=$data/aliases.csv")
	history=()
	[ -n "$(setting HISTORY_URL)" ] ||
	    history=("--store=$data/history.sqlite")
}

# from_airtable TYPE TABLE FIELDS [RULE...]: the records of a table
from_airtable() {
	local rule links=()
	for rule in "${@:4}"; do
		links+=("--resolve=$rule")
	done
	with-env "$env_file" airtable-fetch "${verbose[@]}" --table="$2" \
	    --type="$1" ${3:+"--fields=$3"} "${links[@]}"
}

roster_from_airtable() {
	from_airtable roster "$roster_table" "$roster_fields" \
	    ${team_link:+"team=$team_link"}
}

# in_history COMMAND ARG...
in_history() {
	with-env "$env_file" kpipe-history "$1" "${history[@]}" "${@:2}"
}

# replace FILE WITH: in one step, on whatever disk it is
replace() {
	if ! cp -- "$2" "$1.$$" || ! mv -- "$1.$$" "$1"; then
		rm -f -- "$1.$$"
		return 2
	fi
}
