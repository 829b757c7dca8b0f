#include "briefing/briefing.h"

#include <stdlib.h>

#include "base/sha256.h"
#include "base/xalloc.h"
#include "briefing/briefing_impl.h"

#define KEY_MAX 400

static const char *const model_word[BRIEFING_MODELS] = {
	[BRIEFING_LEADS] = "briefing",
	[BRIEFING_MANAGEMENT] = "management",
	[BRIEFING_COMPLIANCE] = "compliance",
	[BRIEFING_OPERATIONS] = "operations",
	[BRIEFING_ALERTS] = "alerts",
};

static bool
is_of_teams(const struct briefing *b)
{
	return b->conf->model == BRIEFING_LEADS ||
	       b->conf->model == BRIEFING_COMPLIANCE;
}

struct briefing *
briefing_new(const struct briefing_conf *conf, struct json_shape *shape)
{
	struct briefing *b = xcalloc(1, sizeof(*b));

	b->conf = conf;
	switch (conf->model) {
	case BRIEFING_OPERATIONS:
		b->ingest = ingest_new(shape);
		break;
	case BRIEFING_ALERTS:
		b->alerts = alerts_new(shape);
		break;
	default:
		b->reader =
		    facts_reader_new(&b->facts, instant_day(conf->at), shape);
		break;
	}
	return b;
}

void
briefing_free(struct briefing *b)
{
	if (b == NULL)
		return;
	facts_reader_free(b->reader);
	ingest_free(b->ingest);
	alerts_free(b->alerts);
	free(b);
}

int
briefing_add(void *briefing, const struct record *rec, struct fault *f)
{
	struct briefing *b = briefing;

	if (b->ingest != NULL)
		return ingest_add(b->ingest, rec, f);
	if (b->alerts != NULL)
		return alerts_add(b->alerts, rec, f);
	return facts_add(b->reader, rec, f);
}

int
briefing_check(const struct briefing *b, struct fault *f)
{
	if (b->reader != NULL && b->facts.has_other && !b->facts.has_summary)
		return fault_set(f, FAULT_DATA,
		    "no chatter_summary in the input: give all that metrics "
		    "chatters writes");
	return 0;
}

/*
 * Pieces
 */
static bool
says_team(struct text name)
{
	struct text end = name;

	if (text_starts_nocase(name, "team "))
		return true;
	if (name.len < 5)
		return false;
	end.p += name.len - 5;
	end.len = 5;
	return text_is_nocase(end, " team");
}

void
put_team(struct letter *l, struct text key, struct text name)
{
	struct buf b;

	if (text_trim(name).len == 0)
		name = key;
	if (text_trim(name).len == 0) {
		letter_str(l, "No team");
		return;
	}
	buf_init(&b, name.len);
	buf_text(&b, text_trim(name));
	/* a key stands for the name it was not given */
	if (text_equal(name, key) && b.p[0] >= 'a' && b.p[0] <= 'z')
		b.p[0] = (char)(b.p[0] - 'a' + 'A');
	letter_name(l, buf_view(&b), false);
	if (!says_team(buf_view(&b)))
		letter_str(l, " team");
	buf_free(&b);
}

void
put_link(const struct briefing *b, struct letter *l)
{
	if (b->conf->link.len == 0)
		return;
	letter_begin(l, LETTER_CONTEXT);
	letter_str(l, "Dashboard: ");
	letter_link(l, b->conf->link);
	letter_end(l);
}

bool
has_no_figures(const struct facts *facts)
{
	return !facts->has_summary || !(facts->summary.worked > 0);
}

/*
 * Messages
 */
static struct text
recipient(const struct briefing *b, const struct briefing_team *team)
{
	if (b->conf->to.len > 0)
		return b->conf->to;
	if (team != NULL)
		return team->lead;
	return b->conf->model == BRIEFING_MANAGEMENT ? b->conf->management
						     : b->conf->operations;
}

static int
check_recipient(struct text to, const struct briefing *b,
    const struct briefing_team *team, struct fault *f)
{
	if (to.len > 0)
		return 0;
	if (team != NULL)
		return fault_set(f, FAULT_USAGE,
		    "team %.*s: its lead_slack_id is not in the settings, so "
		    "nobody is told",
		    TEXT_ARG(team->key));
	return fault_set(f, FAULT_USAGE,
	    "slack.%s is not in the settings, so nobody is told",
	    model_word[b->conf->model]);
}

static void
write_letter(const struct briefing *b, const struct briefing_team *team,
    struct letter *l)
{
	switch (b->conf->model) {
	case BRIEFING_LEADS:
		leads_write(b, team, l);
		break;
	case BRIEFING_COMPLIANCE:
		compliance_write(b, team, l);
		break;
	case BRIEFING_MANAGEMENT:
		management_write(b, l);
		break;
	case BRIEFING_OPERATIONS:
		operations_write(b, l);
		break;
	default:
		alerts_write(b->alerts, l);
		break;
	}
}

/*
 * By what it is, and when it was due. What is sent when something happens, and
 * not at a time, is known also by what it says.
 */
static void
put_message_key(const struct briefing *b, const struct briefing_team *team,
    const struct letter *l, struct buf *key)
{
	char day[DAY_TEXT], at[INSTANT_TEXT], digest[SHA256_BASE64];

	buf_str(key, model_word[b->conf->model]);
	if (team != NULL) {
		buf_char(key, ' ');
		buf_text(key, team->key);
	}
	buf_char(key, ' ');
	if (b->conf->is_scheduled) {
		instant_format(b->conf->at, at);
		buf_str(key, at);
	} else {
		day_format(instant_day(b->conf->at), day);
		buf_str(key, day);
	}
	if (b->conf->model == BRIEFING_ALERTS ||
	    (b->conf->model == BRIEFING_OPERATIONS && !b->conf->is_scheduled)) {
		sha256_base64(buf_view(&l->text), digest);
		buf_char(key, ' ');
		buf_str(key, digest);
	}
}

static int
put_message(const struct briefing *b, const struct briefing_team *team,
    struct buf *line, struct fault *f)
{
	struct text to = recipient(b, team);
	struct letter l;
	struct buf key;

	if (check_recipient(to, b, team, f) == -1)
		return -1;
	letter_init(&l);
	buf_init(&key, KEY_MAX);
	write_letter(b, team, &l);
	put_message_key(b, team, &l, &key);
	letter_put(
	    &l, to, buf_view(&key), b->conf->model == BRIEFING_ALERTS, line);
	buf_free(&key);
	letter_free(&l);
	return 1;
}

int
briefing_next(struct briefing *b, struct buf *line, struct fault *f)
{
	size_t nr = is_of_teams(b)	? b->conf->team_nr
		    : b->alerts != NULL ? alerts_nr(b->alerts) > 0
					: 1;
	const struct briefing_team *team = NULL;

	buf_clear(line);
	if (b->at == nr)
		return 0;
	if (is_of_teams(b))
		team = &b->conf->team[b->at];
	b->at++;
	return put_message(b, team, line, f);
}
