/*
 * Airtable: the base as it is at the first start
 */
#include <stdio.h>

#include "sandbox/airtable_impl.h"
#include "sandbox/crew.h"
#include "sandbox/draw.h"

#define STREAM_ROW    0x41490001u
#define STREAM_LOG    0x41490002u
#define STREAM_REPORT 0x41490003u
#define FIRST_DAY     15 /* days ago */
#define LAST_DAY      2
#define FIELD_NR      100 /* ids of the fields of a table */

#define FIRST_PERSON 1 /* record of the table of people */
#define LINK	     "Team Record"

struct field {
	const char *name, *type;
	const char *const *choice; /* of a singleSelect; ends with NULL */
};

static const char *const status_choice[] = { "Active", "Probation", "Dropped",
	"Fired", NULL };
static const char *const role_choice[] = { "Chatter", "Team Leader", NULL };
static const char *const team_choice[] = { "Day", "Evening", "Night", NULL };
static const char *const method_choice[] = { "Call", "Chat review",
	"Side by side", NULL };
static const char *const kpi_choice[] = { "Sales/hr", "CVR", "Unlock Rate",
	"Golden Ratio", "Msg/hr", NULL };

enum {
	ROSTER,
	DAILY,
	TEAMS,
	LOGS,
	REPORTS,
	TABLES
};

static const struct field roster[] = { { "Full Name", "singleLineText", NULL },
	{ "Status", "singleSelect", status_choice },
	{ "Role", "singleSelect", role_choice },
	{ "Team", "singleSelect", team_choice },
	{ "Team Leader", "multipleRecordLinks", NULL },
	{ "Hubstaff user id", "singleLineText", NULL },
	{ "Trained", "checkbox", NULL }, { LINK, "multipleRecordLinks", NULL },
	{ NULL, NULL, NULL } };
static const struct field daily[] = { { "Chatter", "singleLineText", NULL },
	{ "Date", "date", NULL }, { "Team", "singleLineText", NULL },
	{ "Sales", "number", NULL }, { "Sales/hr", "number", NULL },
	{ "CVR", "number", NULL }, { "Unlock Rate", "number", NULL },
	{ "Golden Ratio", "number", NULL }, { "Msg/hr", "number", NULL },
	{ "Reply Time", "singleLineText", NULL },
	{ "Fans Chatted", "number", NULL }, { "Hours Worked", "number", NULL },
	{ "Messages Sent", "number", NULL }, { "PPVs Sent", "number", NULL },
	{ "PPVs Unlocked", "number", NULL }, { "Label", "formula", NULL },
	{ NULL, NULL, NULL } };
static const struct field teams[] = { { "Name", "singleLineText", NULL },
	{ "Chatters", "multipleRecordLinks", NULL }, { NULL, NULL, NULL } };
static const struct field logs[] = { { "Date", "date", NULL },
	{ "Team Leader", "singleLineText", NULL },
	{ "Chatter", "singleLineText", NULL },
	{ "Team", "singleLineText", NULL },
	{ "Coaching Notes", "singleLineText", NULL },
	{ "KPI Issues", "singleLineText", NULL },
	{ "Observations", "singleLineText", NULL },
	{ "Action Items", "singleLineText", NULL },
	{ "Method", "singleSelect", method_choice },
	{ "Engagement", "number", NULL }, { "Duration (min)", "number", NULL },
	{ "Focus KPI", "singleSelect", kpi_choice },
	{ "Target Value", "number", NULL },
	{ "Baseline Value", "number", NULL }, { NULL, NULL, NULL } };
static const struct field reports[] = { { "Date", "date", NULL },
	{ "Team Leader", "singleLineText", NULL },
	{ "Chatter", "multipleRecordLinks", NULL },
	{ "Assistance Method", "singleSelect", method_choice },
	{ "Resolution", "singleLineText", NULL },
	{ "Evidence", "multipleAttachments", NULL }, { NULL, NULL, NULL } };

static const struct {
	const char *name;
	const struct field *field;
} table[TABLES] = {
	[ROSTER] = { "Chatters", roster },
	[DAILY] = { "Daily Performance", daily },
	[TEAMS] = { "Teams", teams },
	[LOGS] = { "Coaching Log", logs },
	[REPORTS] = { "Reports", reports },
};

void
airtable_id(const char *prefix, uint64_t nr, char out[AIRTABLE_ID])
{
	snprintf(out, AIRTABLE_ID, "%s%014llu", prefix, (unsigned long long)nr);
}

static json_t *
make_table(uint64_t nr, const char *name, const struct field *field)
{
	json_t *fields = json_array(), *f, *choices;
	const char *const *choice;
	char id[AIRTABLE_ID];
	size_t i;

	for (i = 0; field[i].name != NULL; i++) {
		airtable_id("fld", nr * FIELD_NR + i, id);
		f = json_pack("{s:s, s:s, s:s}", "id", id, "name",
		    field[i].name, "type", field[i].type);
		choice = field[i].choice;
		if (choice != NULL) {
			choices = json_array();
			for (; *choice != NULL; choice++)
				json_array_append_new(
				    choices, json_string(*choice));
			json_object_set_new(f, "choices", choices);
		}
		json_array_append_new(fields, f);
	}
	airtable_id("tbl", nr, id);
	return json_pack("{s:s, s:s, s:o, s:[]}", "id", id, "name", name,
	    "fields", fields, "records");
}

static void
add(json_t *base, size_t index, day_nr day, json_t *fields)
{
	json_int_t nr = json_integer_value(json_object_get(base, "next"));
	char id[AIRTABLE_ID], date[DAY_TEXT], at[INSTANT_TEXT];
	json_t *to = json_array_get(json_object_get(base, "tables"), index);

	airtable_id("rec", (uint64_t)nr, id);
	day_format(day + 1, date);
	snprintf(at, sizeof(at), "%sT07:40:00.000Z", date);
	json_array_append_new(json_object_get(to, "records"),
	    json_pack("{s:s, s:s, s:o}", "id", id, "createdTime", at, "fields",
		fields));
	json_object_set_new(base, "next", json_integer(nr + 1));
}

static void
put_name(const struct crew_person *p, char out[120])
{
	snprintf(out, 120, "%s %s", p->first, p->last);
}

static void
add_person(json_t *base, const struct crew *crew, const struct crew_person *p,
    size_t i)
{
	char name[120], user[24], leader[AIRTABLE_ID];
	json_t *fields;

	put_name(p, name);
	snprintf(user, sizeof(user), "%llu", (unsigned long long)p->id);
	airtable_id("rec", 2, leader);
	fields = json_pack("{s:s, s:s, s:s, s:s, s:s}", "Full Name", name,
	    "Status", crew_is_member(crew, p) ? "Active" : "Dropped", "Role",
	    i < 2 ? "Team Leader" : "Chatter", "Team",
	    crew_team[i % CREW_TEAMS], "Hubstaff user id", user);
	if (i >= 2)
		json_object_set_new(
		    fields, "Team Leader", json_pack("[s]", leader));
	if (i % 4 == 0)
		json_object_set_new(fields, "Trained", json_true());
	add(base, ROSTER, p->since, fields);
}

/* x with so many hundredths. */
static json_t *
hundredths(uint64_t x)
{
	return x % 100 == 0 ? json_integer((json_int_t)(x / 100))
			    : json_real((double)x / 100);
}

static void
add_day(json_t *base, const struct crew_person *p, size_t i, day_nr day,
    uint64_t seconds, uint64_t x)
{
	uint64_t sales = x % 60000, fans = 20 + x / 7 % 60;
	uint64_t sent = 10 + x / 11 % 40, messages = 200 + x / 13 % 600;
	uint64_t open = sent * (20 + x / 17 % 30) / 100;
	char name[120], date[DAY_TEXT], reply[24];
	json_t *f;

	put_name(p, name);
	day_format(day, date);
	snprintf(reply, sizeof(reply), "%um %02us", (unsigned)(1 + x / 19 % 3),
	    (unsigned)(x / 23 % 60));
	f = json_pack("{s:s, s:s, s:s, s:o}", "Chatter", name, "Date", date,
	    "Team", crew_team[i % CREW_TEAMS], "Hours Worked",
	    hundredths(seconds * 100 / 3600));
	if (seconds >= 3600) {
		json_object_set_new(f, "Sales", hundredths(sales));
		json_object_set_new(
		    f, "Sales/hr", hundredths(sales * 3600 / seconds));
		json_object_set_new(f, "CVR", hundredths(x / 29 % 15 * 100));
		json_object_set_new(
		    f, "Unlock Rate", hundredths(open * 1000 / sent * 10));
		json_object_set_new(
		    f, "Golden Ratio", hundredths(sent * 1000 / messages * 10));
		json_object_set_new(
		    f, "Msg/hr", hundredths(messages * 360000 / seconds));
		json_object_set_new(f, "Reply Time", json_string(reply));
		json_object_set_new(
		    f, "Fans Chatted", json_integer((json_int_t)fans));
		json_object_set_new(
		    f, "Messages Sent", json_integer((json_int_t)messages));
		json_object_set_new(
		    f, "PPVs Sent", json_integer((json_int_t)sent));
		json_object_set_new(
		    f, "PPVs Unlocked", json_integer((json_int_t)open));
	}
	add(base, DAILY, day, f);
}

static void
add_days(json_t *base, const struct crew *crew, uint64_t seed)
{
	const struct crew_person *p;
	size_t nr, i;
	unsigned seconds;
	day_nr ago, day;

	p = crew_people(crew, &nr);
	for (ago = FIRST_DAY; ago >= LAST_DAY; ago--) {
		day = crew_today(crew) - ago;
		/* those who lead have no figures */
		for (i = 2; i < nr; i++) {
			seconds = crew_tracked_all(crew, i, day);
			if (seconds > 0)
				add_day(base, &p[i], i, day, seconds,
				    draw(seed, STREAM_ROW, i, (uint32_t)day) >>
					8);
		}
	}
}

static json_t *
links(size_t person)
{
	char id[AIRTABLE_ID];

	airtable_id("rec", FIRST_PERSON + person, id);
	return json_pack("[s]", id);
}

/* The teams, which list their people, who are linked to them. */
static void
add_teams(json_t *base, const struct crew *crew)
{
	json_t *people = json_object_get(
	    json_array_get(json_object_get(base, "tables"), ROSTER), "records");
	size_t nr, i, team;
	char id[AIRTABLE_ID];
	json_t *list, *mine, *person;

	(void)crew_people(crew, &nr);
	for (team = 0; team < CREW_TEAMS; team++) {
		list = json_array();
		airtable_id("rec",
		    (uint64_t)json_integer_value(json_object_get(base, "next")),
		    id);
		for (i = team; i < nr; i += CREW_TEAMS) {
			mine = links(i);
			json_array_extend(list, mine);
			json_decref(mine);
			person = json_array_get(people, i);
			json_object_set_new(json_object_get(person, "fields"),
			    LINK, json_pack("[s]", id));
		}
		add(base, TEAMS, crew_today(crew) - 400,
		    json_pack("{s:s, s:o}", "Name", crew_team[team], "Chatters",
			list));
	}
}

/* A session of somebody with who leads. */
static void
add_log(
    json_t *base, const struct crew_person *p, size_t i, day_nr day, uint64_t x)
{
	static const char *const note[] = { "Walked through three chats",
		"Slow first answers after the break",
		"Good offers, too late in the chat",
		"Price ladder explained once more" };
	static const int target[] = { 60, 12, 45, 4, 100 };
	size_t kpi = x / 5 % 5;
	char name[120], lead[120], date[DAY_TEXT];
	json_t *f;

	put_name(&p[i], name);
	put_name(&p[i % 2], lead);
	day_format(day, date);
	f = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i}", "Date", date,
	    "Team Leader", lead, "Chatter", name, "Team",
	    crew_team[i % CREW_TEAMS], "Coaching Notes", note[x / 7 % 4],
	    "Method", method_choice[x / 11 % 3], "Engagement",
	    (int)(3 + x / 13 % 3), "Duration (min)",
	    (int)(10 + x / 17 % 4 * 5));
	if (x / 19 % 3 > 0) {
		json_object_set_new(
		    f, "Focus KPI", json_string(kpi_choice[kpi]));
		json_object_set_new(
		    f, "Target Value", json_integer(target[kpi]));
		json_object_set_new(f, "Baseline Value",
		    json_integer(
			target[kpi] * (50 + (int)(x / 23 % 40)) / 100));
	}
	add(base, LOGS, day, f);
}

/* Something with somebody that who leads tells of. */
static void
add_report(
    json_t *base, const struct crew_person *p, size_t i, day_nr day, uint64_t x)
{
	static const char *const resolution[] = { "Solved in the shift",
		"Will be watched for a week", "Passed on to operations" };
	char lead[120], date[DAY_TEXT];
	json_t *f;

	put_name(&p[i % 2], lead);
	day_format(day, date);
	f = json_pack("{s:s, s:s, s:o, s:s, s:s}", "Date", date, "Team Leader",
	    lead, "Chatter", links(i), "Assistance Method",
	    method_choice[x / 5 % 3], "Resolution", resolution[x / 7 % 3]);
	if (x / 11 % 2 == 0)
		json_object_set_new(f, "Evidence",
		    json_pack("[{s:s, s:s, s:s, s:i, s:s}]", "id",
			"attPicture0000001", "url",
			"https://attachments.example.org/chat.png", "filename",
			"chat.png", "size", 18231, "type", "image/png"));
	add(base, REPORTS, day, f);
}

static void
add_sessions(json_t *base, const struct crew *crew, uint64_t seed, int which)
{
	const struct crew_person *p;
	size_t nr, i;
	day_nr ago, day;
	uint64_t x;

	p = crew_people(crew, &nr);
	for (ago = FIRST_DAY; ago >= 1; ago--) {
		day = crew_today(crew) - ago;
		for (i = 2; i < nr; i++) {
			x = draw(seed,
				which == LOGS ? STREAM_LOG : STREAM_REPORT, i,
				(uint32_t)day) >>
			    8;
			if (crew_tracked_all(crew, i, day) < 3600)
				continue;
			if (which == LOGS && x % 6 == 0)
				add_log(base, p, i, day, x);
			else if (which == REPORTS && x % 25 == 0)
				add_report(base, p, i, day, x);
		}
	}
}

json_t *
airtable_seed(const struct sandbox_conf *conf)
{
	struct crew *crew =
	    crew_new(conf->crm.seed, conf->crm.as_of, conf->hubstaff.people);
	json_t *base = json_pack("{s:s, s:i, s:[]}", "base", AIRTABLE_BASE,
	    "next", FIRST_PERSON, "tables");
	const struct crew_person *p;
	size_t nr, i;

	for (i = 0; i < TABLES; i++)
		json_array_append_new(json_object_get(base, "tables"),
		    make_table(i + 1, table[i].name, table[i].field));
	p = crew_people(crew, &nr);
	for (i = 0; i < nr; i++)
		add_person(base, crew, &p[i], i);
	add_days(base, crew, conf->crm.seed);
	add_teams(base, crew);
	add_sessions(base, crew, conf->crm.seed, LOGS);
	add_sessions(base, crew, conf->crm.seed, REPORTS);
	crew_free(crew);
	return base;
}
