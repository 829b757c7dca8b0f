/*
 * The direct message with the export: each morning the operations user shares
 * that of the day before, among words, pictures and files that are not it
 */
#include <stdio.h>
#include <string.h>

#include "base/csv_out.h"
#include "base/num.h"
#include "sandbox/crew.h"
#include "sandbox/draw.h"
#include "sandbox/slack_impl.h"

#define DAYS	   10
#define CSV_MAX	   ((size_t)4 << 20)
#define STREAM	   0x534c4b01u
#define CENTS	   100.0
#define MINUTE_US  INT64_C(60000000)
#define HOUR_S	   3600
#define EIGHT_AM   (8 * 60)
#define SALES_MOST 90000 /* cents */

static const char *const column[] = { "Date/Time UTC", "Group", "Employees",
	"Sales", "Direct messages sent", "Direct PPVs sent", "Golden ratio",
	"PPVs unlocked", "Unlock rate", "Fans chatted", "Fans who spent money",
	"Fan CVR", "Response time (based on clocked hours)", "Clocked hours" };

static void
put(struct csv_out *csv, const char *text)
{
	csv_field(csv, text_of(text), false);
}

static void
put_count(struct csv_out *csv, unsigned x)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", x);
	put(csv, text);
}

static void
put_share(struct csv_out *csv, unsigned part, unsigned whole)
{
	char share[NUM_FIXED], text[NUM_FIXED + 1];

	num_fixed(whole == 0 ? 0 : num_percent(part, whole), 1, share);
	snprintf(text, sizeof(text), "%s%%", share);
	put(csv, text);
}

static void
put_money(struct csv_out *csv, uint32_t cents)
{
	char text[40];

	if (cents >= 100000)
		snprintf(text, sizeof(text), "$%u,%03u.%02u", cents / 100000,
		    cents / 100 % 1000, cents % 100);
	else
		snprintf(
		    text, sizeof(text), "$%u.%02u", cents / 100, cents % 100);
	put(csv, text);
}

static void
put_row(const struct crm_conf *conf, struct csv_out *csv,
    const struct crew_person *p, size_t i, day_nr day, unsigned tracked)
{
	uint64_t at = (uint64_t)day * CREW_MAX + i;
	char date[DAY_TEXT], text[120];
	unsigned salt, x[6];

	for (salt = 0; salt < 6; salt++)
		x[salt] = draw_below(draw(conf->seed, STREAM, at, salt), 1000);
	day_format(day, date);
	snprintf(text, sizeof(text), "%s 00:00:00 - %s 23:59:59", date, date);
	put(csv, text);
	snprintf(text, sizeof(text), "Team %s", crew_team[i % CREW_TEAMS]);
	put(csv, text);
	snprintf(text, sizeof(text), "%s %s", p->first, p->last);
	csv_field(csv, text_of(text), true);
	put_money(csv, x[0] * (SALES_MOST / 1000) * (tracked / HOUR_S + 1) / 4);
	put_count(csv, 200 + x[1]);
	put_count(csv, 5 + x[2] / 20);
	put_share(csv, 5 + x[2] / 20, 200 + x[1]);
	put_count(csv, (5 + x[2] / 20) * x[3] / 2000);
	put_share(csv, (5 + x[2] / 20) * x[3] / 2000, 5 + x[2] / 20);
	put_count(csv, 20 + x[4] / 10);
	put_count(csv, (20 + x[4] / 10) * x[3] / 5000);
	put_share(csv, (20 + x[4] / 10) * x[3] / 5000, 20 + x[4] / 10);
	snprintf(text, sizeof(text), "%um %us", 1 + x[5] / 400, x[5] % 60);
	put(csv, text);
	snprintf(text, sizeof(text), "%uh %umin", tracked / HOUR_S,
	    tracked % HOUR_S / 60);
	put(csv, text);
	csv_row(csv);
}

/* What those who tracked time sold and sent on a day. */
static void
put_export(const struct sandbox_conf *conf, struct crew *crew, day_nr day,
    struct buf *b)
{
	struct csv_out csv = { .to = b, .delimiter = ',' };
	const struct crew_person *p;
	unsigned tracked;
	size_t i, nr;

	for (i = 0; i < sizeof(column) / sizeof(column[0]); i++)
		put(&csv, column[i]);
	csv_row(&csv);
	p = crew_people(crew, &nr);
	for (i = 0; i < nr; i++) {
		tracked = crew_tracked_all(crew, i, day);
		if (tracked > 0)
			put_row(&conf->crm, &csv, &p[i], i, day, tracked);
	}
}

static json_t *
message(const char *user, instant_us at, const char *text)
{
	json_t *m = json_object();
	char ts[SLACK_TS];

	slack_format_ts(at, ts);
	json_object_set_new(m, "type", json_string("message"));
	json_object_set_new(m, "user", json_string(user));
	json_object_set_new(m, "ts", json_string(ts));
	json_object_set_new(m, "text", json_string(text));
	return m;
}

/* A file and the message that shares it. */
static json_t *
shared(const char *user, instant_us at, const char *id, const char *name,
    const char *filetype, const char *mimetype, struct text content)
{
	json_t *m = message(user, at, ""), *file = json_object();
	json_t *files = json_array();

	json_object_set_new(file, "id", json_string(id));
	json_object_set_new(file, "created", json_integer(at / 1000000));
	json_object_set_new(file, "name", json_string(name));
	json_object_set_new(file, "title", json_string(name));
	json_object_set_new(file, "mimetype", json_string(mimetype));
	json_object_set_new(file, "filetype", json_string(filetype));
	json_object_set_new(file, "user", json_string(user));
	json_object_set_new(file, "mode", json_string("hosted"));
	json_object_set_new(file, "is_external", json_false());
	json_object_set_new(file, "file_access", json_string("visible"));
	json_object_set_new(
	    file, "content", json_stringn(content.p, content.len));
	json_array_append_new(files, file);
	json_object_set_new(m, "files", files);
	return m;
}

static json_t *
gone(instant_us at)
{
	json_t *m = message(SLACK_OPS, at, "");

	json_object_set_new(m, "files",
	    json_pack("[{s:s, s:s}]", "id", "F0GONE0001", "mode", "tombstone"));
	return m;
}

static void
add_day(const struct sandbox_conf *conf, struct crew *crew, day_nr day,
    instant_us until, json_t *list)
{
	instant_us at = instant_of_day(day) + EIGHT_AM * MINUTE_US;
	char id[24], name[40], date[DAY_TEXT];
	json_t *m[4] = { NULL };
	struct buf csv;
	size_t i;

	buf_init(&csv, CSV_MAX);
	put_export(conf, crew, day - 1, &csv);
	day_format(day - 1, date);
	snprintf(id, sizeof(id), "F0CSV%05d", (int)day % 100000);
	snprintf(name, sizeof(name), "inflow-%s.csv", date);
	m[0] = message(SLACK_OPS, at, "Good morning, yesterday's file follows");
	m[1] = shared(SLACK_OPS, at + 5 * MINUTE_US, id, name, "csv",
	    "text/csv", buf_view(&csv));
	m[2] = message(SLACK_OWNER, at + 20 * MINUTE_US, "Thanks!");
	id[1] = '1';
	m[3] = shared(SLACK_OPS, at + 30 * MINUTE_US, id, "board.png", "png",
	    "image/png", text_of("not the export"));
	for (i = 0; i < 4; i++)
		if (at + 30 * MINUTE_US <= until)
			json_array_append_new(list, m[i]);
		else
			json_decref(m[i]);
	buf_free(&csv);
}

json_t *
slack_story(const struct sandbox_conf *conf)
{
	struct crew *crew =
	    crew_new(conf->crm.seed, conf->crm.as_of, conf->hubstaff.people);
	day_nr today = instant_day(conf->crm.as_of), day;
	instant_us until = conf->crm.as_of;
	json_t *list = json_array();

	for (day = today - DAYS; day <= today; day++)
		add_day(conf, crew, day, until, list);
	/* newer than the export, and not it */
	json_array_append_new(
	    list, shared(SLACK_OWNER, until - 3 * MINUTE_US, "F0OTHER001",
		      "targets.csv", "csv", "text/csv", text_of("a,b\n1,2\n")));
	json_array_append_new(list, gone(until - 2 * MINUTE_US));
	crew_free(crew);
	return list;
}
