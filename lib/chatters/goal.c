#include "chatters/goal.h"

#include <math.h>

#include "base/json.h"
#include "base/loose.h"

#define SLACK	     1e-9 /* the last digits of a double decide nothing */
#define MINUTE	     60
#define MINUTES_LESS 10 /* a bare reply time below this is in minutes */
#define WORDS_MAX    40
#define NUMBER_MAX   1e9
#define GOAL_TEXT    200

const char *const goal_status_word[GOAL_STATUSES] = { "reached", "improving",
	"declined", "unknown" };

/* In the form of simplify. */
static const struct {
	const char *words;
	enum kpi kpi;
} known[] = {
	{ "sales hr", KPI_SALES_HR },
	{ "sales hour", KPI_SALES_HR },
	{ "sales per hr", KPI_SALES_HR },
	{ "sales per hour", KPI_SALES_HR },
	{ "$ hr", KPI_SALES_HR },
	{ "$ hour", KPI_SALES_HR },
	{ "$ per hour", KPI_SALES_HR },
	{ "avg $ hr", KPI_SALES_HR },
	{ "cvr", KPI_CVR },
	{ "cvr pct", KPI_CVR },
	{ "fan cvr", KPI_CVR },
	{ "conversion", KPI_CVR },
	{ "conversion rate", KPI_CVR },
	{ "fan conversion", KPI_CVR },
	{ "unlock", KPI_UNLOCK },
	{ "unlocks", KPI_UNLOCK },
	{ "unlock pct", KPI_UNLOCK },
	{ "unlock rate", KPI_UNLOCK },
	{ "unlock ratio", KPI_UNLOCK },
	{ "ppv unlock rate", KPI_UNLOCK },
	{ "golden", KPI_GOLDEN },
	{ "golden pct", KPI_GOLDEN },
	{ "golden ratio", KPI_GOLDEN },
	{ "gr", KPI_GOLDEN },
	{ "msg hr", KPI_MSG_HR },
	{ "msgs hr", KPI_MSG_HR },
	{ "msg per hour", KPI_MSG_HR },
	{ "messages hr", KPI_MSG_HR },
	{ "messages hour", KPI_MSG_HR },
	{ "messages per hr", KPI_MSG_HR },
	{ "messages per hour", KPI_MSG_HR },
	{ "messages sent per hour", KPI_MSG_HR },
	{ "reply", KPI_REPLY },
	{ "reply s", KPI_REPLY },
	{ "reply time", KPI_REPLY },
	{ "avg reply time", KPI_REPLY },
	{ "average reply time", KPI_REPLY },
	{ "response", KPI_REPLY },
	{ "response time", KPI_REPLY },
	{ "resp time", KPI_REPLY },
	{ "avg response time", KPI_REPLY },
	{ "average response time", KPI_REPLY },
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

/* Small letters, digits and $, one blank for what is between; 0: too long. */
static size_t
simplify(struct text t, char room[WORDS_MAX])
{
	size_t nr = 0, i;
	bool gap = false;
	char c;

	for (i = 0; i < t.len; i++) {
		c = t.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '$') {
			gap = nr > 0;
			continue;
		}
		if (nr + gap + 1 > WORDS_MAX)
			return 0;
		if (gap)
			room[nr++] = ' ';
		gap = false;
		room[nr++] = c;
	}
	return nr;
}

enum kpi
goal_kpi(struct text words)
{
	char room[WORDS_MAX];
	struct text simple = { room, simplify(words, room) };
	size_t i;

	for (i = 0; i < KNOWN; i++)
		if (text_is(simple, known[i].words))
			return known[i].kpi;
	return KPIS;
}

static bool
ends_nocase(struct text t, const char *word)
{
	size_t len = strlen(word);
	struct text end = { t.p + t.len - len, len };

	return t.len >= len && text_is_nocase(end, word);
}

/* The first of the words that t ends with is taken off; NULL: none. */
static const char *
take_end(struct text *t, const char *const *word)
{
	for (; *word != NULL; word++)
		if (ends_nocase(*t, *word)) {
			t->len -= strlen(*word);
			*t = loose_trim(*t);
			break;
		}
	return *word;
}

/* At least, at most and about are said in front; the number is the same. */
static struct text
skip_signs(struct text t)
{
	static const char *const sign[] = { "<", ">", "=", "~",
		"\xe2\x89\xa5" /* at least */, "\xe2\x89\xa4" /* at most */,
		NULL };
	const char *const *s = sign;
	size_t len;

	while (*s != NULL) {
		len = strlen(*s);
		if (t.len < len || memcmp(t.p, *s, len) != 0) {
			s++;
			continue;
		}
		t = loose_trim((struct text){ t.p + len, t.len - len });
		s = sign;
	}
	return t;
}

static bool
read_reply(struct text t, double *x)
{
	static const char *const seconds[] = { "seconds", "second", "secs",
		"sec", "s", NULL };
	static const char *const minutes[] = { "minutes", "minute", "mins",
		"min", "m", NULL };
	struct loose_number n;
	bool in_minutes, in_seconds;

	if (loose_duration_parse(t, LOOSE_M_SS, x))
		return true;
	in_minutes = take_end(&t, minutes) != NULL;
	in_seconds = !in_minutes && take_end(&t, seconds) != NULL;
	if (!loose_number_parse(t, &n) || n.percent || n.currency)
		return false;
	if (!in_seconds && decimal_value(n.x) < MINUTES_LESS)
		in_minutes = true;
	*x = decimal_value(n.x);
	if (in_minutes)
		*x *= MINUTE;
	return true;
}

static bool
read_other(enum kpi k, struct text t, double *x)
{
	static const char *const rate[] = { "/hr", "/h", "/hour", "per hour",
		"per hr", NULL };
	bool is_share = k == KPI_CVR || k == KPI_UNLOCK || k == KPI_GOLDEN;
	struct loose_number n;

	if (!is_share)
		take_end(&t, rate);
	if (!loose_number_parse(t, &n) || (n.percent && !is_share) ||
	    (n.currency && k != KPI_SALES_HR))
		return false;
	*x = decimal_value(n.x);
	return true;
}

bool
goal_value(enum kpi k, struct text t, double *x)
{
	double read;

	*x = NAN;
	t = skip_signs(loose_trim(t));
	if (loose_is_null(t))
		return false;
	if (k == KPI_REPLY ? !read_reply(t, &read) : !read_other(k, t, &read))
		return false;
	if (!(fabs(read) <= NUMBER_MAX))
		return false;
	*x = read;
	return true;
}

bool
goal_read(struct goal *goal, struct text kpi, struct text target,
    struct text baseline)
{
	goal->kpi = goal_kpi(kpi);
	if (goal->kpi == KPIS || !goal_value(goal->kpi, target, &goal->target))
		return false;
	goal_value(goal->kpi, baseline, &goal->baseline);
	return true;
}

enum goal_status
goal_judge(
    const struct chatters_settings *set, const struct goal *goal, double value)
{
	double sign = set->kpi[goal->kpi].invert ? -1 : 1;
	double slack = SLACK * fabs(value);
	double gain = sign * (value - goal->baseline);

	if (isnan(value))
		return GOAL_UNKNOWN;
	if (sign * (value - goal->target) >= -slack)
		return GOAL_REACHED;
	return gain > slack    ? GOAL_IMPROVING
	       : gain < -slack ? GOAL_DECLINED
			       : GOAL_UNKNOWN;
}

static void
put_goal_text(const struct goal *goal, double value, enum goal_status status,
    enum chatter_status day, struct buf *b)
{
	buf_printf(b, "Goal: %s ", kpi_label[goal->kpi]);
	if (goal->target == floor(goal->target))
		kpi_put_bound(goal->kpi, goal->target, b);
	else
		kpi_put(goal->kpi, goal->target, b);
	buf_str(b, " \xe2\x80\x94 ");
	if (isnan(value)) {
		buf_str(b,
		    day == CHATTER_DAY_OFF ? "Day off" : "No data available");
		return;
	}
	buf_str(b, "now ");
	kpi_put(goal->kpi, value, b);
	if (status != GOAL_UNKNOWN)
		buf_printf(b, ", %s", goal_status_word[status]);
}

void
goal_put(const struct chatters_settings *set, const struct goal *goal,
    double value, enum chatter_status day, struct buf *b)
{
	enum goal_status status = goal_judge(set, goal, value);
	struct buf text;

	buf_init(&text, GOAL_TEXT);
	put_goal_text(goal, value, status, day, &text);
	json_open(b);
	json_key(b, "kpi");
	json_put_str(b, kpi_key[goal->kpi]);
	json_key(b, "target");
	json_put_number(b, goal->target);
	json_key(b, "baseline");
	json_put_number(b, goal->baseline);
	json_key(b, "value");
	json_put_number(b, value);
	json_key(b, "status");
	json_put_str(b, goal_status_word[status]);
	json_key(b, "text");
	json_put_text(b, buf_view(&text));
	json_close(b);
	buf_free(&text);
}
