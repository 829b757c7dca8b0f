/*
 * pool.h - which coaches the pool of new leads gets
 *
 * The page computes the same in its script (coach.js, pool).
 */
#ifndef KPIPE_COACH_POOL_H
#define KPIPE_COACH_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"
#include "coach/exclusions.h"
#include "record/coach_row.h"

struct pool_settings {
	enum coach_period period;
	const struct exclusions *hidden; /* whom pages leave out */
	const struct text *excluded;	 /* names that a person leaves out */
	size_t excluded_nr;
	double nabeller_pct; /* at most */
	double min_deals;
	double top_pct;
	long good_deals;
};

void pool_settings_init(
    struct pool_settings *, const struct exclusions *hidden);

/* In the order of the rules; the first that holds counts. */
enum pool_status {
	POOL_NABELLER,
	POOL_FEW,
	POOL_BELOW_TOP,
	POOL_NO_DATA,
	POOL_GOOD,
	POOL_FAIR,
	POOL_EXCLUDED,
	POOL_STATUSES,
};

#define POOL_LABEL 40 /* bytes of a label at most */

/* A word for each, in the summary: nabeller few below_top none good fair excluded. */
const char *pool_word(enum pool_status);

/* "📉 Buiten top 80%". */
void pool_label(char out[POOL_LABEL], enum pool_status, double top_pct);

struct pool_coach {
	const struct coach_row *row;
	double deals;
	double smoothed_pct;
	double nabeller_pct;
	enum pool_status status;
	bool is_exported; /* Goed or Matig */
	bool has_owner;	  /* an id that a lead can be given to */
};

struct pool {
	struct pool_coach *coach; /* in the order of the file */
	size_t nr;
	size_t pool_nr;	   /* that the median is of */
	double cutoff_pct; /* NAN: none */
	double median_pct;
	size_t status_nr[POOL_STATUSES];
	size_t eligible_nr;
	size_t written_nr; /* eligible, with an owner */
};

/* The rows must stay; all are given, those that pages leave out too. */
void pool_make(struct pool *, const struct pool_settings *,
    const struct coach_row *, size_t nr);
void pool_free(struct pool *);

/*
 * The lines of the result: pool_coach, in the order of the file, and
 * pool_summary; false behind the last. *at is 0 at first.
 */
bool pool_next(const struct pool *, const struct pool_settings *, size_t *at,
    struct buf *line);

#endif
