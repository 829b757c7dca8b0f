/*
 * kpi.h - the six figures a chatter is judged by
 *
 * Pure. A value that is missing is NAN.
 */
#ifndef KPIPE_CHATTERS_KPI_H
#define KPIPE_CHATTERS_KPI_H

#include "base/buf.h"
#include "record/chatter_day.h"

/* In the order in which flags and sums take them. */
enum kpi {
	KPI_SALES_HR,
	KPI_CVR,
	KPI_UNLOCK,
	KPI_GOLDEN,
	KPI_MSG_HR,
	KPI_REPLY,
	KPIS,
};

#define KPI_POINTS 8 /* talking points of one */

struct kpi_settings {
	double weight;
	double flag;   /* worse than this is flagged */
	double target; /* this is very good */
	bool invert;   /* less is better */
	struct text point[KPI_POINTS];
	size_t point_nr;
};

extern const char *const kpi_key[KPIS];	  /* "sales_hr" */
extern const char *const kpi_label[KPIS]; /* "Sales per hour" */
/* KPIS when there is none of that key. */
enum kpi kpi_of(struct text key);

/* The six of a day. A reply time of 0 is missing: nothing was answered. */
void kpi_values(double value[KPIS], const double figure[FIGURES]);

/*
 * Worse than its flag, and not by the last digits of a double: $221.70 in 39,906
 * seconds are $20 an hour. Never when it is missing.
 */
bool kpi_is_flagged(const struct kpi_settings *, double value);

/*
 * Points from 0 to 100, by two straight lines: 40 at the flag, 80 at the
 * target, 0 where the value (or for one that is inverted, what it is less than
 * twice the flag) is 0.
 */
double kpi_target_points(const struct kpi_settings *, double value);

/* As people read it, added to b: $12.40, 5.5 %, 62.3, 1m 42s. */
void kpi_put(enum kpi, double value, struct buf *b);
/* A bound, without needless digits: $20, 1.5 %, 70, 2m 30s. */
void kpi_put_bound(enum kpi, double value, struct buf *b);
/* "aim for $80/hr (at least $20)" */
void kpi_put_aim(enum kpi, const struct kpi_settings *, struct buf *b);

#endif
