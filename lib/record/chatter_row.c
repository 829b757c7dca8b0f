#include "record/chatter_row.h"

#define NR(table) (sizeof(table) / sizeof((table)[0]))

#define TREND_OF(name)                                              \
	LAYOUT(chatter_sums, trend.name.mean, LAYOUT_NUMBER,        \
	    "trend." #name ".mean"),                                \
	    LAYOUT(chatter_sums, trend.name.dev_pct, LAYOUT_NUMBER, \
		"trend." #name ".dev_pct"),                         \
	    LAYOUT(chatter_sums, trend.name.arrow, LAYOUT_TEXT,     \
		"trend." #name ".arrow")

#define SUMS                                                                   \
	LAYOUT(chatter_sums, chatters, LAYOUT_NUMBER, "chatters"),             \
	    LAYOUT(chatter_sums, worked, LAYOUT_NUMBER, "worked"),             \
	    LAYOUT(chatter_sums, day_off, LAYOUT_NUMBER, "day_off"),           \
	    LAYOUT(chatter_sums, no_data, LAYOUT_NUMBER, "no_data"),           \
	    LAYOUT(chatter_sums, sales, LAYOUT_NUMBER, "sales"),               \
	    LAYOUT(chatter_sums, sales_hr, LAYOUT_NUMBER, "sales_hr"),         \
	    LAYOUT(chatter_sums, sales_hr_pooled, LAYOUT_NUMBER,               \
		"sales_hr_pooled"),                                            \
	    LAYOUT(chatter_sums, cvr_pct, LAYOUT_NUMBER, "cvr_pct"),           \
	    LAYOUT(chatter_sums, fans, LAYOUT_NUMBER, "fans"),                 \
	    LAYOUT(chatter_sums, flagged, LAYOUT_NUMBER, "flagged"),           \
	    LAYOUT(chatter_sums, candidates, LAYOUT_NUMBER, "candidates"),     \
	    LAYOUT(chatter_sums, due, LAYOUT_NUMBER, "due"),                   \
	    LAYOUT(chatter_sums, coached_week, LAYOUT_NUMBER, "coached_week"), \
	    LAYOUT(                                                            \
		chatter_sums, sessions_week, LAYOUT_NUMBER, "sessions_week"),  \
	    TREND_OF(sales), TREND_OF(sales_hr), TREND_OF(cvr_pct),            \
	    LAYOUT(chatter_sums, days, LAYOUT_VALUE, "days")

#define FIGURES_OF(row)                                                        \
	LAYOUT(row, figure[FIGURE_SALES], LAYOUT_NUMBER, "sales"),             \
	    LAYOUT(                                                            \
		row, figure[FIGURE_MESSAGES], LAYOUT_NUMBER, "messages_sent"), \
	    LAYOUT(row, figure[FIGURE_PPVS], LAYOUT_NUMBER, "ppvs_sent"),      \
	    LAYOUT(                                                            \
		row, figure[FIGURE_UNLOCKED], LAYOUT_NUMBER, "ppvs_unlocked"), \
	    LAYOUT(row, figure[FIGURE_FANS], LAYOUT_NUMBER, "fans"),           \
	    LAYOUT(row, figure[FIGURE_SPENT], LAYOUT_NUMBER, "fans_spent"),    \
	    LAYOUT(row, figure[FIGURE_GOLDEN], LAYOUT_NUMBER, "golden_pct"),   \
	    LAYOUT(row, figure[FIGURE_UNLOCK], LAYOUT_NUMBER, "unlock_pct"),   \
	    LAYOUT(row, figure[FIGURE_CVR], LAYOUT_NUMBER, "cvr_pct"),         \
	    LAYOUT(row, figure[FIGURE_REPLY], LAYOUT_NUMBER, "reply_s"),       \
	    LAYOUT(row, figure[FIGURE_SALES_HR], LAYOUT_NUMBER, "sales_hr"),   \
	    LAYOUT(row, figure[FIGURE_MSG_HR], LAYOUT_NUMBER, "msg_hr"),       \
	    LAYOUT(row, figure[FIGURE_FANS_HR], LAYOUT_NUMBER, "fans_hr")

#define SCORE_OF(row)                                           \
	LAYOUT(row, score, LAYOUT_NUMBER, "score"),             \
	    LAYOUT(row, score_int, LAYOUT_NUMBER, "score_int"), \
	    LAYOUT(row, band, LAYOUT_TEXT, "band")

static const struct layout_field chatter_summary_field[] = {
	LAYOUT(chatter_sums, date, LAYOUT_DAY, "date"),
	LAYOUT(chatter_sums, run_date, LAYOUT_TEXT, "run_date"),
	LAYOUT(chatter_sums, score_mode, LAYOUT_TEXT, "score_mode"),
	SUMS,
};

const struct layout chatter_summary_layout = { "chatter_summary",
	chatter_summary_field, NR(chatter_summary_field) };

static const struct layout_field chatter_team_field[] = {
	LAYOUT(chatter_sums, date, LAYOUT_DAY, "date"),
	LAYOUT(chatter_sums, key, LAYOUT_TEXT, "team"),
	LAYOUT(chatter_sums, name, LAYOUT_TEXT, "name"),
	LAYOUT(chatter_sums, color, LAYOUT_TEXT, "color"),
	LAYOUT(chatter_sums, shift_start, LAYOUT_TEXT, "shift_start"),
	LAYOUT(chatter_sums, shift_end, LAYOUT_TEXT, "shift_end"),
	SUMS,
	LAYOUT(
	    chatter_sums, traffic.chatters, LAYOUT_NUMBER, "traffic.chatters"),
	LAYOUT(chatter_sums, traffic.fans_hr, LAYOUT_NUMBER, "traffic.fans_hr"),
	LAYOUT(chatter_sums, traffic.min, LAYOUT_NUMBER, "traffic.min"),
	LAYOUT(chatter_sums, traffic.max, LAYOUT_NUMBER, "traffic.max"),
	LAYOUT(chatter_sums, traffic.ratio, LAYOUT_NUMBER, "traffic.ratio"),
	LAYOUT(chatter_sums, traffic.level, LAYOUT_TEXT, "traffic.level"),
	LAYOUT(chatter_sums, traffic.text, LAYOUT_TEXT, "traffic.text"),
	LAYOUT(chatter_sums, traffic.uneven_days, LAYOUT_NUMBER,
	    "traffic.uneven_days"),
	LAYOUT(chatter_sums, traffic.lasts, LAYOUT_BOOL, "traffic.lasts"),
};

const struct layout chatter_team_layout = { "chatter_team", chatter_team_field,
	NR(chatter_team_field) };

static const struct layout_field chatter_field[] = {
	LAYOUT(chatter_row, date, LAYOUT_DAY, "date"),
	LAYOUT(chatter_row, id, LAYOUT_NEEDED, "id"),
	LAYOUT(chatter_row, name, LAYOUT_TEXT, "name"),
	LAYOUT(chatter_row, team, LAYOUT_TEXT, "team"),
	LAYOUT(chatter_row, status, LAYOUT_NEEDED, "status"),
	LAYOUT(chatter_row, tracked_s, LAYOUT_NUMBER, "tracked_s"),
	FIGURES_OF(chatter_row),
	SCORE_OF(chatter_row),
	LAYOUT(chatter_row, missing, LAYOUT_VALUE, "missing"),
	LAYOUT(chatter_row, flags, LAYOUT_VALUE, "flags"),
	LAYOUT(chatter_row, kpi, LAYOUT_VALUE, "kpi"),
	LAYOUT(chatter_row, streak, LAYOUT_NUMBER, "streak"),
	LAYOUT(chatter_row, streak_text, LAYOUT_TEXT, "streak_text"),
	LAYOUT(chatter_row, funnel, LAYOUT_VALUE, "funnel"),
	LAYOUT(chatter_row, traffic, LAYOUT_TEXT, "traffic"),
	LAYOUT(chatter_row, coaching, LAYOUT_VALUE, "coaching"),
	LAYOUT(chatter_row, coached_last, LAYOUT_TEXT, "coaching.last"),
	LAYOUT(chatter_row, coached_days, LAYOUT_NUMBER, "coaching.days"),
	LAYOUT(chatter_row, is_due, LAYOUT_BOOL, "coaching.due"),
	LAYOUT(chatter_row, urgency, LAYOUT_NUMBER, "coaching.urgency"),
	LAYOUT(chatter_row, rank, LAYOUT_NUMBER, "coaching.rank"),
	LAYOUT(chatter_row, sparkline, LAYOUT_VALUE, "sparkline"),
	LAYOUT(chatter_row, days, LAYOUT_VALUE, "days"),
};

const struct layout chatter_layout = { "chatter", chatter_field,
	NR(chatter_field) };

static const struct layout_field candidate_field[] = {
	LAYOUT(candidate_row, date, LAYOUT_DAY, "date"),
	LAYOUT(candidate_row, team, LAYOUT_TEXT, "team"),
	LAYOUT(candidate_row, rank, LAYOUT_NUMBER, "rank"),
	LAYOUT(candidate_row, id, LAYOUT_NEEDED, "id"),
	LAYOUT(candidate_row, name, LAYOUT_TEXT, "name"),
	LAYOUT(candidate_row, urgency, LAYOUT_NUMBER, "urgency"),
	LAYOUT(candidate_row, level, LAYOUT_TEXT, "level"),
	SCORE_OF(candidate_row),
	LAYOUT(candidate_row, days, LAYOUT_NUMBER, "days"),
	LAYOUT(candidate_row, why, LAYOUT_VALUE, "why"),
	LAYOUT(candidate_row, talk, LAYOUT_VALUE, "talk"),
};

const struct layout candidate_layout = { "coaching_candidate", candidate_field,
	NR(candidate_field) };

static const struct layout_field chatter_week_field[] = {
	LAYOUT(chatter_week_row, week, LAYOUT_NEEDED, "week"),
	LAYOUT(chatter_week_row, week_start, LAYOUT_DAY, "week_start"),
	LAYOUT(chatter_week_row, id, LAYOUT_NEEDED, "id"),
	LAYOUT(chatter_week_row, name, LAYOUT_TEXT, "name"),
	LAYOUT(chatter_week_row, team, LAYOUT_TEXT, "team"),
	LAYOUT(chatter_week_row, days, LAYOUT_NUMBER, "days"),
	LAYOUT(chatter_week_row, tracked_s, LAYOUT_NUMBER, "tracked_s"),
	FIGURES_OF(chatter_week_row),
	SCORE_OF(chatter_week_row),
	LAYOUT(chatter_week_row, change, LAYOUT_NUMBER, "change"),
	LAYOUT(chatter_week_row, arrow, LAYOUT_TEXT, "arrow"),
};

const struct layout chatter_week_layout = { "chatter_week", chatter_week_field,
	NR(chatter_week_field) };

static const struct layout_field chatter_team_week_field[] = {
	LAYOUT(chatter_team_week_row, week, LAYOUT_NEEDED, "week"),
	LAYOUT(chatter_team_week_row, week_start, LAYOUT_DAY, "week_start"),
	LAYOUT(chatter_team_week_row, team, LAYOUT_TEXT, "team"),
	LAYOUT(chatter_team_week_row, name, LAYOUT_TEXT, "name"),
	LAYOUT(chatter_team_week_row, chatters, LAYOUT_NUMBER, "chatters"),
	LAYOUT(chatter_team_week_row, days, LAYOUT_NUMBER, "days"),
	LAYOUT(chatter_team_week_row, sales, LAYOUT_NUMBER, "sales"),
	LAYOUT(chatter_team_week_row, sales_hr, LAYOUT_NUMBER, "sales_hr"),
	LAYOUT(chatter_team_week_row, sales_hr_pooled, LAYOUT_NUMBER,
	    "sales_hr_pooled"),
	LAYOUT(chatter_team_week_row, cvr_pct, LAYOUT_NUMBER, "cvr_pct"),
	LAYOUT(chatter_team_week_row, sessions, LAYOUT_NUMBER, "sessions"),
	LAYOUT(
	    chatter_team_week_row, uneven_days, LAYOUT_NUMBER, "uneven_days"),
};

const struct layout chatter_team_week_layout = { "chatter_team_week",
	chatter_team_week_field, NR(chatter_team_week_field) };
