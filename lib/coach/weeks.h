/*
 * weeks.h - the deals of each coach and week, and which coaches to look at
 *
 * A week is Monday to Sunday in UTC. Weeks without a deal have no row, so the
 * mean of four weeks is that of the last four with deals. The page computes the
 * same in its script (coach.js, weeks).
 */
#ifndef KPIPE_COACH_WEEKS_H
#define KPIPE_COACH_WEEKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

struct weeks_settings {
	instant_us now;
	int weeks;	     /* back from now; an instant, not a Monday */
	double nabeller_pct; /* an alert is above it */
	double drop_pct;     /* points below the mean of four weeks */
	double min_deals;    /* of a week that can raise an alert */
};

/* All but now. */
void weeks_settings_init(struct weeks_settings *);

struct week_deal {
	struct text coach_id;
	struct text coach_name;
	instant_us created_at;
	bool is_won, is_lost, is_open;
	bool is_nabeller;
};

struct week_row {
	struct text coach_id;
	struct text coach_name;
	day_nr week; /* its Monday */
	double deals, won, lost, open, nabeller;
	double won_pct;
	double nabeller_pct;
	double won_rolling_pct; /* mean of four rows; not rounded */
};

struct weeks;

/* The settings are borrowed. */
struct weeks *weeks_new(const struct weeks_settings *);
void weeks_free(struct weeks *);

/* Count a deal; its texts are copied. Deals that are too old are passed over.
 */
void weeks_add(struct weeks *, const struct week_deal *);

/*
 * Once, after the last deal: the rows by coach_id (as numbers when all are) and
 * week. Those of a name that is not wanted are left out; NULL wants all.
 */
const struct week_row *weeks_rows(struct weeks *,
    bool (*is_wanted)(void *, struct text name), void *arg, size_t *nr);

/* Rows of the last week there is, indices into the rows; the caller's. */
size_t *weeks_latest(const struct week_row *, size_t nr, size_t *latest_nr);

enum {
	ALERT_NABELLER = 1,
	ALERT_DROP = 2,
};

/* What there is to tell of a row of the last week; 0: nothing. */
int weeks_alert(const struct weeks_settings *, const struct week_row *);

#define ALERT_TEXT 160
/* "Nabeller 25.0% > 20%; Won rate 30.0% < 4w avg (48.3%) - 15%" */
void weeks_alert_text(char out[ALERT_TEXT], const struct weeks_settings *,
    const struct week_row *);

#endif
