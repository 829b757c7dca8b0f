/*
 * chatters_views.h - what the views of the page of chatters share
 */
#ifndef KPIPE_PAGE_CHATTERS_VIEWS_H
#define KPIPE_PAGE_CHATTERS_VIEWS_H

#include "base/map.h"
#include "chatters/funnel.h"
#include "chatters/score.h"
#include "html/chart.h"
#include "html/html.h"
#include "html/page.h"
#include "html/table.h"
#include "page/chatters.h"
#include "record/chatter_report.h"
#include "record/chatter_row.h"
#include "record/coaching_log.h"

#define CHAT_DASH    "–"
#define CHAT_NO_DATA "No data available"
#define CHAT_DAY_OFF "Day off"
#define CHAT_DAYS    7 /* of a card, the last is that of the figures */
#define DAY_NONE     INT32_MIN

/* Tones of the bands, as badges have them, and beside them. */
enum {
	TONE_BAND = 10,
	TONE_OFF = TONE_BAND + BANDS,
	TONE_BAD,
	TONE_WARN,
	TONE_FINE,
	TONE_PLAIN,
};

struct page_kpi {
	double value, mean, dev_pct;
	struct text arrow; /* "up" is better, "down" worse */
	double limit;	   /* that it is worse than; NAN when it is not */
};

struct page_coaching {
	struct text last, badge, badge_text, lead, note, goal;
	day_nr last_day; /* DAY_NONE: never */
	double days;
};

struct page_funnel {
	double step[STEPS];
	struct text bottleneck, text;
};

struct page_day {
	day_nr date;
	struct text status;
	double tracked_s;
	double figure[FIGURES];
};

/* A chatter. */
struct page_card {
	struct chatter_row row;
	enum chatter_status status;
	int band; /* enum band; -1: none */
	struct page_kpi kpi[KPIS];
	size_t flag_nr;
	struct page_coaching coaching;
	struct page_funnel funnel;
	double spark[CHAT_DAYS];
	size_t spark_nr;
	struct page_day day[CHAT_DAYS];
	size_t day_nr;
};

/* A session of coaching. */
struct page_session {
	day_nr date; /* DAY_NONE: not said */
	struct text chatter_id, name, team_leader, notes, focus_kpi;
};

/* A team with its part of the lists below. */
struct page_group {
	struct text key;		 /* empty: of no team */
	const struct chatter_sums *sums; /* NULL: only its people are known */
	const char *name;
	const char *color, *shift; /* NULL: not said */
	struct page_view view;
	size_t card, card_nr;
	size_t candidate, candidate_nr;
};

struct chatters_read;

struct chatters_page {
	const struct chatters_page_settings *set;
	struct chatters_read *read; /* where fields stand */
	struct arena *text;

	struct chatter_sums summary;
	bool has_summary;
	struct chatter_sums *team;
	size_t team_nr, team_cap;
	struct page_card *card;
	size_t card_nr, card_cap;
	struct candidate_row *candidate;
	size_t candidate_nr, candidate_cap;
	struct chatter_week_row *week;
	size_t week_nr, week_cap;
	struct chatter_team_week_row *team_week;
	size_t team_week_nr, team_week_cap;
	struct page_session *session;
	size_t session_nr, session_cap;
	struct chatter_report *report;
	size_t report_nr, report_cap;

	/* made of those, in the order in which they are read */
	struct page_group *group;
	size_t group_nr, group_cap;
	struct map *group_of; /* by key: its place; by rank once arranged */
	struct map *card_of;  /* by id */
	day_nr today;	      /* of who makes the page */
};

/* Put all in order; after the last record. */
void chatters_page_arrange(struct chatters_page *);
/* The group of a team's key, NULL when there is none. */
const struct page_group *chatters_page_group(
    const struct chatters_page *, struct text key);
/* The card of an id, NULL when there is none. */
const struct page_card *chatters_page_card(
    const struct chatters_page *, struct text id);

/* What stands in arrays of a record, at most max; nr is how many. */
size_t chatters_texts(const struct chatters_page *, struct json_value of,
    const char **text, size_t max);

void chatters_write_overview(
    const struct chatters_page *, struct html *, const struct page_view *);
void chatters_write_team(
    const struct chatters_page *, struct html *, const struct page_group *);
void chatters_write_card(
    const struct chatters_page *, struct html *, const struct page_card *);
void chatters_write_coaching(
    const struct chatters_page *, struct html *, const struct page_view *);
void chatters_write_weeks(
    const struct chatters_page *, struct html *, const struct page_view *);
/* The weeks for the script: a member of an object. */
void chatters_put_weeks(const struct chatters_page *, struct buf *);
void chatters_write_help(const struct chatters_page *, struct html *);

/* Parts that more than one view has. */
void chatters_write_heading(
    struct html *, const char *id, const char *title, const char *note);
/* The score as a badge: "64 Good". */
void chatters_write_score(
    const struct chatters_page *, struct html *, double score_int, int band);
/* The name, which goes to the card. */
void chatters_write_name(
    const struct chatters_page *, struct html *, const struct page_card *);
/* The line of the last seven days. */
void chatters_write_trend(
    const struct chatters_page *, struct html *, const struct page_card *);
/* What a team's traffic says; nothing when it is even. */
void chatters_write_traffic(struct html *, const struct page_group *);
/* "Sales per hour $12.40, below $20" */
const char *chatters_flag_text(
    const struct chatters_page *, const struct page_card *, enum kpi);
/* The first candidates of a team, at most max of them. */
void chatters_write_candidates(const struct chatters_page *, struct html *,
    const struct page_group *, bool with_talk);
/* A card of a list of figures, red when is_bad. */
void chatters_write_figure(
    struct html *, const char *name, const char *value, bool is_bad);
/* The sums of a day as such a list; NULL: of nothing that is known. */
void chatters_write_sums(const struct chatters_page *, struct html *,
    const struct chatter_sums *, const char *title);
/* The line of the sales of the last seven days. */
void chatters_write_team_trend(
    const struct chatters_page *, struct html *, const struct chatter_sums *);
/* A table of this page, in no order of its own. */
struct table chatters_table(const char *id, const char *title,
    const char *empty, const struct table_column *, size_t column_nr,
    size_t row_nr);
struct table_cell chatters_cell(const char *text, double x);

/*
 * Figures as people read them; what is not known is a dash. The text lives as
 * long as the page.
 */
const char *chat_money(const struct chatters_page *, double);
const char *chat_whole(const struct chatters_page *, double);
const char *chat_pct(const struct chatters_page *, double);
const char *chat_one(const struct chatters_page *, double);
const char *chat_seconds(const struct chatters_page *, double);
const char *chat_hours(const struct chatters_page *, double tracked_s);
const char *chat_kpi(const struct chatters_page *, enum kpi, double);
/* "below $20" */
const char *chat_limit(const struct chatters_page *, enum kpi, double limit);
/* "+18 %" */
const char *chat_change(const struct chatters_page *, double pct);
/* "+$2.40" */
const char *chat_more(const struct chatters_page *, double money);
/* "3 chatters", "1 chatter" */
const char *chat_of(
    const struct chatters_page *, double nr, const char *one, const char *more);
extern const char *const chat_kpi_name[KPIS]; /* "Sales/hr" */

enum day_form {
	DAY_LONG,	  /* Tuesday 10 February 2026 */
	DAY_LONG_NO_YEAR, /* Tuesday 10 February */
	DAY_SHORT,	  /* Tue 10 Feb */
	DAY_PLAIN,	  /* 10 Feb 2026 */
};

const char *chat_day(const struct chatters_page *, day_nr, enum day_form);
/* 11 Feb 2026, 07:41 UTC */
const char *chat_instant(const struct chatters_page *, instant_us);

#endif
