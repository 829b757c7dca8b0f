/*
 * Airtable: the base as it is at the first start
 */
#include <stdio.h>

#include "sandbox/airtable_impl.h"
#include "sandbox/crew.h"
#include "sandbox/draw.h"

#define STREAM_ROW 0x41490001u
#define FIRST_DAY  15 /* days ago */
#define LAST_DAY   2
#define FIELD_NR   100 /* ids of the fields of a table */

struct field {
	const char *name, *type;
};

static const struct field roster[] = { { "Full Name", "singleLineText" },
	{ "Status", "singleSelect" }, { "Role", "singleSelect" },
	{ "Team", "singleSelect" }, { "Team Leader", "multipleRecordLinks" },
	{ "Hubstaff user id", "singleLineText" }, { "Trained", "checkbox" },
	{ NULL, NULL } };
static const struct field daily[] = { { "Chatter", "singleLineText" },
	{ "Date", "date" }, { "Team", "singleLineText" }, { "Sales", "number" },
	{ "Sales/hr", "number" }, { "CVR", "number" },
	{ "Unlock Rate", "number" }, { "Golden Ratio", "number" },
	{ "Msg/hr", "number" }, { "Reply Time", "singleLineText" },
	{ "Fans Chatted", "number" }, { "Hours Worked", "number" },
	{ "Messages Sent", "number" }, { "PPVs Sent", "number" },
	{ "PPVs Unlocked", "number" }, { "Label", "formula" }, { NULL, NULL } };
static const char *const team_name[] = { "Day", "Evening", "Night" };

void
airtable_id(const char *prefix, uint64_t nr, char out[AIRTABLE_ID])
{
	snprintf(out, AIRTABLE_ID, "%s%014llu", prefix, (unsigned long long)nr);
}

static json_t *
choices(const char *field)
{
	if (field[0] == 'S')
		return json_pack(
		    "[ssss]", "Active", "Probation", "Dropped", "Fired");
	if (field[0] == 'R')
		return json_pack("[ss]", "Chatter", "Team Leader");
	return json_pack("[sss]", team_name[0], team_name[1], team_name[2]);
}

static json_t *
make_table(uint64_t nr, const char *name, const struct field *field)
{
	json_t *fields = json_array(), *f;
	char id[AIRTABLE_ID];
	size_t i;

	for (i = 0; field[i].name != NULL; i++) {
		airtable_id("fld", nr * FIELD_NR + i, id);
		f = json_pack("{s:s, s:s, s:s}", "id", id, "name",
		    field[i].name, "type", field[i].type);
		if (field[i].type[0] == 's' && field[i].type[6] == 'S')
			json_object_set_new(
			    f, "choices", choices(field[i].name));
		json_array_append_new(fields, f);
	}
	airtable_id("tbl", nr, id);
	return json_pack("{s:s, s:s, s:o, s:[]}", "id", id, "name", name,
	    "fields", fields, "records");
}

static void
add(json_t *base, size_t table, day_nr day, json_t *fields)
{
	json_int_t nr = json_integer_value(json_object_get(base, "next"));
	char id[AIRTABLE_ID], date[DAY_TEXT], at[INSTANT_TEXT];
	json_t *to = json_array_get(json_object_get(base, "tables"), table);

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
	    i < 2 ? "Team Leader" : "Chatter", "Team", team_name[i % 3],
	    "Hubstaff user id", user);
	if (i >= 2)
		json_object_set_new(
		    fields, "Team Leader", json_pack("[s]", leader));
	if (i % 4 == 0)
		json_object_set_new(fields, "Trained", json_true());
	add(base, 0, p->since, fields);
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
	    "Team", team_name[i % 3], "Hours Worked",
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
	add(base, 1, day, f);
}

static void
add_days(json_t *base, const struct crew *crew, uint64_t seed)
{
	const struct crew_person *p;
	size_t nr, i, org, project;
	uint64_t seconds;
	day_nr ago, day;

	p = crew_people(crew, &nr);
	for (ago = FIRST_DAY; ago >= LAST_DAY; ago--) {
		day = crew_today(crew) - ago;
		/* those who lead have no figures */
		for (i = 2; i < nr; i++) {
			seconds = 0;
			for (org = 0; org < CREW_ORGS; org++)
				for (project = 0; project < CREW_PROJECTS;
				     project++)
					seconds += crew_tracked(
					    crew, i, org, project, day);
			if (seconds > 0)
				add_day(base, &p[i], i, day, seconds,
				    draw(seed, STREAM_ROW, i, (uint32_t)day) >>
					8);
		}
	}
}

json_t *
airtable_seed(const struct sandbox_conf *conf)
{
	struct crew *crew =
	    crew_new(conf->crm.seed, conf->crm.as_of, conf->hubstaff.people);
	json_t *base = json_pack("{s:s, s:i, s:[o, o]}", "base", AIRTABLE_BASE,
	    "next", 1, "tables", make_table(1, "Chatters", roster),
	    make_table(2, "Daily Performance", daily));
	const struct crew_person *p;
	size_t nr, i;

	p = crew_people(crew, &nr);
	for (i = 0; i < nr; i++)
		add_person(base, crew, &p[i], i);
	add_days(base, crew, conf->crm.seed);
	crew_free(crew);
	return base;
}
