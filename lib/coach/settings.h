/*
 * settings.h - which pipelines, stages and periods the coach figures are about
 */
#ifndef KPIPE_COACH_SETTINGS_H
#define KPIPE_COACH_SETTINGS_H

#include "record/coach.h"

#define ID_LIST_MAX	16
#define PERIODS_MAX	8
#define PERIOD_DAYS_MAX 36500

struct id_list {
	struct text id[ID_LIST_MAX];
	size_t nr;
};

/* The days before an instant, each of 24 hours. */
struct period {
	char label[COACH_LABEL];
	int days;
};

struct coach_settings {
	struct text nabeller;	 /* pipeline of the people who call after */
	struct text begeleiding; /* pipeline of the coaching itself */
	struct id_list
	    stopped;	     /* stages that end as LOST, "Tijdelijk stoppen" */
	struct id_list warm; /* stages "Warme aanvraag" */
	struct id_list info; /* stages "Informatie aangevraagd" */
	struct period period[PERIODS_MAX];
	size_t period_nr;
	bool no_future; /* deals created behind the instant do not count */
	/* the smoothed rate is (won + alpha) / (deals + beta) */
	double alpha;
	double beta;
};

/* Those of the company that the figures were made for. */
void coach_settings_init(struct coach_settings *);

/*
 * Read an option's value, which the settings then borrow.
 *
 * Errors: FAULT_USAGE says what it should look like.
 */
int id_list_parse(struct id_list *, struct text, struct fault *);
int periods_parse(struct coach_settings *, struct text, struct fault *);

bool id_list_has(const struct id_list *, struct text id);

#endif
