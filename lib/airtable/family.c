#include "airtable/family.h"

#include <string.h>

static const struct family_key day_key[] = {
	{ "name", "Chatter", FORM_TEXT },
	{ "date", "Date", FORM_DAY },
	{ "team", "Team", FORM_TEXT },
	{ "sales", "Sales", FORM_MONEY },
	{ "sales_hr", "Sales/hr", FORM_MONEY },
	{ "cvr_pct", "CVR", FORM_PERCENT },
	{ "unlock_pct", "Unlock Rate", FORM_PERCENT },
	{ "golden_pct", "Golden Ratio", FORM_PERCENT },
	{ "msg_hr", "Msg/hr", FORM_MONEY },
	{ "reply_s", "Reply Time", FORM_REPLY },
	{ "fans", "Fans Chatted", FORM_COUNT },
	{ "tracked_s", "Hours Worked", FORM_HOURS },
	{ "messages_sent", "Messages Sent", FORM_COUNT },
	{ "ppvs_sent", "PPVs Sent", FORM_COUNT },
	{ "ppvs_unlocked", "PPVs Unlocked", FORM_COUNT },
	{ "fans_spent", NULL, FORM_COUNT },
	{ "fans_hr", NULL, FORM_MONEY },
	{ "status", NULL, FORM_TEXT },
	{ "id", NULL, FORM_TEXT },
	{ NULL, NULL, FORM_ANY },
};

static const struct family_key roster_key[] = {
	{ "name", "Full Name", FORM_TEXT },
	{ "team", "Team", FORM_TEXT },
	{ "status", "Status", FORM_TEXT },
	{ "role", "Role", FORM_TEXT },
	{ "hubstaff_user_id", NULL, FORM_TEXT },
	{ NULL, NULL, FORM_ANY },
};

static const struct family_key log_key[] = {
	{ "date", "Date", FORM_DAY },
	{ "name", "Chatter", FORM_TEXT },
	{ "team_leader", "Team Leader", FORM_TEXT },
	{ "notes", "Coaching Notes", FORM_TEXT },
	{ "focus_kpi", "Focus KPI", FORM_TEXT },
	{ "target_value", "Target Value", FORM_FIGURE },
	{ "baseline_value", "Baseline Value", FORM_FIGURE },
	{ NULL, NULL, FORM_ANY },
};

static const struct family_key report_key[] = {
	{ "date", "Date", FORM_DAY },
	{ "name", "Chatter", FORM_TEXT },
	{ "team_leader", "Team Leader", FORM_TEXT },
	{ "method", "Assistance Method", FORM_TEXT },
	{ "resolution", "Resolution", FORM_TEXT },
	{ "evidence", "Evidence", FORM_TEXT },
	{ NULL, NULL, FORM_ANY },
};

static const struct family_key no_key[] = { { NULL, NULL, FORM_ANY } };

static const struct family families[] = {
	{ "chatter_day", "record_id", day_key },
	{ "roster", "id", roster_key },
	{ "coaching_log", "id", log_key },
	{ "chatter_report", "id", report_key },
};

static const struct family other = { NULL, "id", no_key };

const struct family *
family_of(const char *type)
{
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (strcmp(families[i].type, type) == 0)
			return &families[i];
	return &other;
}

size_t
family_usual(const struct family *family, struct family_key *key)
{
	const struct family_key *k;
	size_t nr = 0;

	for (k = family->key; k->key != NULL; k++)
		if (k->field != NULL && nr < FAMILY_KEYS)
			key[nr++] = *k;
	return nr;
}

enum form
family_form(const struct family *family, const char *key)
{
	const struct family_key *k;

	for (k = family->key; k->key != NULL; k++)
		if (strcmp(k->key, key) == 0)
			return k->form;
	return FORM_ANY;
}

bool
family_is_figure(const struct family *family, const char *key)
{
	enum form form = family_form(family, key);

	return family->key == day_key &&
	       (form == FORM_MONEY || form == FORM_PERCENT ||
		   form == FORM_COUNT || form == FORM_REPLY);
}
