#include <stdlib.h>

#include <jansson.h>

#include "base/xalloc.h"
#include "chatters/settings.h"
#include "record/message.h"

#define DAYS_MAX  366
#define TEAMS_MAX 256
#define NUMBER	  1e9

/* Where a setting stands, for messages, and what is done with it. */
struct reader {
	struct chatters_settings *set;
	const json_t *at; /* the section; NULL: not in the file */
	const char *name;
	struct fault *f;
	int status;
};

/* The first fault is the one that is told. */
static void
refuse(struct reader *r, const char *key, const char *what)
{
	if (r->status == 0)
		r->status = fault_set(
		    r->f, FAULT_USAGE, "%s.%s %s", r->name, key, what);
}

static void
refuse_range(struct reader *r, const char *key, double min, double max)
{
	if (r->status == 0)
		r->status = fault_set(r->f, FAULT_USAGE,
		    "%s.%s is no number from %g to %g", r->name, key, min, max);
}

/* keys ends with NULL: what else stands in the section is mistyped. */
static void
check_keys(struct reader *r, const json_t *in, const char *const *keys)
{
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach ((json_t *)in, key, value) {
		for (i = 0; keys[i] != NULL && strcmp(key, keys[i]) != 0; i++)
			;
		if (keys[i] == NULL)
			refuse(r, key, "is no setting");
	}
}

/* The section becomes where the reader is; false when it is not there. */
static bool
enter(struct reader *r, const json_t *above, const char *section,
    const char *const *keys)
{
	r->at = json_object_get(above, section);
	r->name = section;
	if (r->at == NULL || r->status != 0)
		return false;
	if (!json_is_object(r->at)) {
		r->status =
		    fault_set(r->f, FAULT_USAGE, "%s is no object", section);
		return false;
	}
	check_keys(r, r->at, keys);
	return r->status == 0;
}

static void
number(struct reader *r, const char *key, double min, double max, double *x)
{
	const json_t *value = json_object_get(r->at, key);
	double given = json_number_value(value);

	if (value == NULL)
		return;
	if (!json_is_number(value) || !(given >= min && given <= max))
		refuse_range(r, key, min, max);
	else
		*x = given;
}

static void
count(struct reader *r, const char *key, int min, int max, int *x)
{
	const json_t *value = json_object_get(r->at, key);
	json_int_t given = json_integer_value(value);

	if (value == NULL)
		return;
	if (!json_is_integer(value) || given < min || given > max)
		refuse_range(r, key, min, max);
	else
		*x = (int)given;
}

/* The index of the word that stands there; -1 for none. */
static int
word(struct reader *r, const char *key, const char *const *words, int nr,
    const char *what)
{
	const json_t *value = json_object_get(r->at, key);
	int i;

	if (value == NULL)
		return -1;
	for (i = 0; i < nr; i++)
		if (json_is_string(value) &&
		    strcmp(json_string_value(value), words[i]) == 0)
			return i;
	refuse(r, key, what);
	return -1;
}

static struct text
keep(struct reader *r, const json_t *value)
{
	return arena_copy(r->set->text, (struct text){ json_string_value(value),
					    json_string_length(value) });
}

static void
text(struct reader *r, const json_t *in, const char *key, struct text *t)
{
	const json_t *value = json_object_get(in, key);

	if (json_is_string(value))
		*t = keep(r, value);
	else if (value != NULL && !json_is_null(value))
		refuse(r, key, "is no text");
}

/* At most max texts; how many there are. */
static size_t
texts(struct reader *r, const json_t *list, const char *key, struct text *t,
    size_t max)
{
	size_t i, nr = json_array_size(list);
	const json_t *value;

	if (!json_is_array(list) || nr > max) {
		refuse(r, key, "is no list of so many texts");
		return 0;
	}
	for (i = 0; i < nr; i++) {
		value = json_array_get(list, i);
		if (!json_is_string(value)) {
			refuse(r, key, "is no list of texts");
			return 0;
		}
		t[i] = keep(r, value);
	}
	return nr;
}

static const char no_slack_id[] = "is no id of Slack, as U0123ABC";

/* Slack's id of a person or a conversation. */
static bool
is_slack_id(struct text t)
{
	return slack_id_is_user(t) || slack_id_is_conversation(t);
}

/* What can stand in a link of a page and of a message. */
static bool
is_link(struct text t)
{
	const char *rest = text_starts_nocase(t, "https://")  ? t.p + 8
			   : text_starts_nocase(t, "http://") ? t.p + 7
							      : t.p + t.len;

	if (rest == t.p + t.len)
		return false;
	for (; rest < t.p + t.len; rest++)
		if (*rest <= ' ' || *rest > '~' ||
		    memchr("\"<>|\\", *rest, 5) != NULL)
			return false;
	return true;
}

/* #3b82f6 or #38f. */
static bool
is_color(struct text t)
{
	size_t i;

	if ((t.len != 4 && t.len != 7) || t.p[0] != '#')
		return false;
	for (i = 1; i < t.len; i++)
		if (memchr("0123456789abcdefABCDEF", t.p[i], 22) == NULL)
			return false;
	return true;
}

/* 00:00 to 24:00 */
static bool
is_time(struct text t)
{
	static const char form[] = "dd:dd";
	size_t i;

	if (t.len != sizeof(form) - 1)
		return false;
	for (i = 0; i < t.len; i++)
		if (form[i] == ':' ? t.p[i] != ':'
				   : t.p[i] < '0' || t.p[i] > '9')
			return false;
	return text_compare(t, text_of("24:00")) <= 0 && t.p[3] <= '5';
}

static void
checked(struct reader *r, const json_t *in, const char *key, struct text *t,
    bool (*is)(struct text), const char *what)
{
	text(r, in, key, t);
	if (t->p != NULL && !is(*t))
		refuse(r, key, what);
}

static void
read_team(struct reader *r, const json_t *in, struct team *team)
{
	static const char *const keys[] = { "key", "name", "aliases", "color",
		"shift_start", "shift_end", "lead_slack_id", NULL };
	const json_t *aliases = json_object_get(in, "aliases");

	r->name = "teams";
	check_keys(r, in, keys);
	checked(r, in, "lead_slack_id", &team->lead_slack_id, is_slack_id,
	    no_slack_id);
	text(r, in, "key", &team->key);
	text(r, in, "name", &team->name);
	checked(
	    r, in, "color", &team->color, is_color, "is no colour, as #3b82f6");
	checked(r, in, "shift_start", &team->shift_start, is_time,
	    "is no time of day, as 08:00");
	checked(r, in, "shift_end", &team->shift_end, is_time,
	    "is no time of day, as 08:00");
	if (team->key.len == 0)
		refuse(r, "key", "is missing or empty");
	if (team->name.len == 0)
		team->name = team->key;
	if (aliases != NULL)
		team->alias_nr =
		    texts(r, aliases, "aliases", team->alias, TEAM_ALIASES);
}

static void
read_teams(struct reader *r, const json_t *file)
{
	const json_t *list = json_object_get(file, "teams");
	const json_t *excluded = json_object_get(file, "excluded_teams");
	struct chatters_settings *set = r->set;
	size_t i, nr;

	if (list != NULL) {
		nr = json_array_size(list);
		r->name = "file";
		if (!json_is_array(list) || nr == 0 || nr > TEAMS_MAX) {
			refuse(r, "teams", "is no list of teams");
			return;
		}
		free(set->team);
		set->team = xcalloc(nr, sizeof(*set->team));
		set->team_nr = nr;
		for (i = 0; i < nr; i++)
			read_team(r, json_array_get(list, i), &set->team[i]);
		if (r->status == 0)
			r->status = settings_name_teams(set, r->f);
	}
	if (excluded == NULL)
		return;
	r->name = "file";
	nr = json_array_size(excluded);
	free(set->excluded);
	set->excluded = xcalloc(nr + 1, sizeof(*set->excluded));
	set->excluded_nr =
	    texts(r, excluded, "excluded_teams", set->excluded, TEAMS_MAX);
}

static void
read_roster(struct reader *r, const json_t *file)
{
	static const char *const keys[] = { "statuses", "roles", NULL };
	struct chatters_settings *set = r->set;
	const json_t *list;

	if (!enter(r, file, "roster", keys))
		return;
	if ((list = json_object_get(r->at, "statuses")) != NULL)
		set->status_nr =
		    texts(r, list, "statuses", set->status, ROSTER_WORDS);
	if ((list = json_object_get(r->at, "roles")) != NULL)
		set->role_nr = texts(r, list, "roles", set->role, ROSTER_WORDS);
}

static void
read_kpi(struct reader *r, const json_t *kpis, enum kpi k)
{
	static const char *const keys[] = { "weight", "flag", "target",
		"invert", "points", NULL };
	struct kpi_settings *kpi = &r->set->kpi[k];
	const json_t *value;

	if (!enter(r, kpis, kpi_key[k], keys))
		return;
	number(r, "weight", 0, NUMBER, &kpi->weight);
	number(r, "flag", 0, NUMBER, &kpi->flag);
	number(r, "target", 0, NUMBER, &kpi->target);
	value = json_object_get(r->at, "invert");
	if (value != NULL && !json_is_boolean(value))
		refuse(r, "invert", "is neither true nor false");
	else if (value != NULL)
		kpi->invert = json_is_true(value);
	value = json_object_get(r->at, "points");
	if (value != NULL)
		kpi->point_nr =
		    texts(r, value, "points", kpi->point, KPI_POINTS);
	if (kpi->invert ? !(0 < kpi->target && kpi->target < kpi->flag)
			: !(0 < kpi->flag && kpi->flag < kpi->target))
		refuse(r, "target",
		    kpi->invert ? "is not between 0 and the flag"
				: "is not above the flag, and that above 0");
}

static void
read_kpis(struct reader *r, const json_t *file)
{
	const json_t *kpis = json_object_get(file, "kpi");
	static const char *const keys[] = { "sales_hr", "cvr", "unlock",
		"golden", "msg_hr", "reply_s", NULL };
	double sum = 0;
	int k;

	if (!enter(r, file, "kpi", keys))
		return;
	for (k = 0; k < KPIS; k++) {
		read_kpi(r, kpis, (enum kpi)k);
		sum += r->set->kpi[k].weight;
	}
	r->name = "kpi";
	if (!(sum > 0))
		refuse(r, "*.weight", "is 0 for all");
}

static void
read_scores(struct reader *r, const json_t *file)
{
	static const char *const hours[] = { "worked_min_seconds",
		"weekly_min_hours", NULL };
	static const char *const score[] = { "mode", "min_weight", NULL };
	struct chatters_settings *set = r->set;
	int mode;

	if (enter(r, file, "hours", hours)) {
		number(r, "worked_min_seconds", 0, 86400, &set->worked_min_s);
		number(r, "weekly_min_hours", 0, 168, &set->weekly_min_h);
	}
	if (enter(r, file, "score", score)) {
		mode = word(r, "mode", score_mode_word, MODES,
		    "is not target, percentile or mean_bands");
		if (mode >= 0)
			set->mode = (enum score_mode)mode;
		number(r, "min_weight", 0, 100, &set->min_weight);
	}
}

static void
read_trends(struct reader *r, const json_t *file)
{
	static const char *const trend[] = { "window", "min_days",
		"threshold_pct", "weekly_change", NULL };
	static const char *const streak[] = { "min", "window", "metric", NULL };
	static const char *const traffic[] = { "band_pct", "warn_ratio",
		"critical_ratio", NULL };
	struct chatters_settings *set = r->set;
	int metric;

	if (enter(r, file, "trend", trend)) {
		count(r, "window", 1, DAYS_MAX, &set->trend.window_days);
		count(r, "min_days", 1, DAYS_MAX, &set->trend.min_days);
		number(
		    r, "threshold_pct", 0, NUMBER, &set->trend.threshold_pct);
		number(
		    r, "weekly_change", 0, NUMBER, &set->trend.weekly_change);
	}
	if (enter(r, file, "streak", streak)) {
		count(r, "min", 1, DAYS_MAX, &set->streak.min);
		count(r, "window", 2, DAYS_MAX, &set->streak.window_days);
		metric =
		    word(r, "metric", kpi_key, KPIS, "is none of the figures");
		if (metric >= 0)
			set->streak.metric = (enum kpi)metric;
	}
	if (enter(r, file, "traffic", traffic)) {
		number(r, "band_pct", 0, 100, &set->traffic.band_pct);
		number(r, "warn_ratio", 1, NUMBER, &set->traffic.warn_ratio);
		number(r, "critical_ratio", 1, NUMBER,
		    &set->traffic.critical_ratio);
	}
}

static void
read_coaching(struct reader *r, const json_t *file)
{
	static const char *const keys[] = { "overdue_days", "badge_red_days",
		"top", "low_score", "urgency", NULL };
	static const char *const ways[] = { "weighted", "points" };
	struct chatters_settings *set = r->set;
	int way;

	if (!enter(r, file, "coaching", keys))
		return;
	count(r, "overdue_days", 1, DAYS_MAX, &set->coaching.overdue_days);
	count(r, "badge_red_days", 1, DAYS_MAX, &set->coaching.badge_red_days);
	count(r, "top", 1, DAYS_MAX, &set->coaching.top);
	number(r, "low_score", 0, 100, &set->coaching.low_score);
	way = word(r, "urgency", ways, 2, "is neither weighted nor points");
	if (way >= 0)
		set->coaching.by_points = way == 1;
}

/* What tools that show and send these figures are told. */
static void
read_places(struct reader *r, const json_t *file)
{
	static const char *const page[] = { "title", "link", NULL };
	static const char *const slack[] = { "management", "operations", NULL };
	struct chatters_settings *set = r->set;

	if (enter(r, file, "page", page)) {
		text(r, r->at, "title", &set->page.title);
		checked(r, r->at, "link", &set->page.link, is_link,
		    "is no http or https address");
	}
	if (enter(r, file, "slack", slack)) {
		checked(r, r->at, "management", &set->slack.management,
		    is_slack_id, no_slack_id);
		checked(r, r->at, "operations", &set->slack.operations,
		    is_slack_id, no_slack_id);
	}
}

int
chatters_settings_parse(
    struct chatters_settings *set, struct text file, struct fault *f)
{
	json_error_t error;
	json_t *root =
	    json_loadb(file.p, file.len, JSON_REJECT_DUPLICATES, &error);
	struct reader r = { .set = set, .f = f };

	if (root == NULL)
		return fault_set(
		    f, FAULT_USAGE, "line %d: %s", error.line, error.text);
	if (!json_is_object(root)) {
		r.status = fault_set(f, FAULT_USAGE, "is no object");
	} else {
		read_teams(&r, root);
		read_roster(&r, root);
		read_kpis(&r, root);
		read_scores(&r, root);
		read_trends(&r, root);
		read_coaching(&r, root);
		read_places(&r, root);
	}
	json_decref(root);
	return r.status;
}
