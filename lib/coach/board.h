/*
 * board.h - the figures of the dashboard for one setting of its filters
 *
 * The page computes the same in its script when a filter changes (coach.js,
 * board): what is changed here is changed there, and a test holds one against
 * the other.
 */
#ifndef KPIPE_COACH_BOARD_H
#define KPIPE_COACH_BOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "coach/exclusions.h"
#include "coach/state.h"
#include "record/coach_row.h"

struct board_settings {
	enum coach_period period;
	const struct exclusions *hidden; /* whom pages leave out */
	const struct text *excluded;	 /* names that a person leaves out */
	size_t excluded_nr;
	double min_smoothed_pct; /* 0: none */
	double top_pct;		 /* of the coaches, by smoothed; 100: all */
	double min_deals;	 /* takes nobody out of the median */
	long good_deals;	 /* for Goed; half of it for Matig */
	bool by_label;		 /* the state is the label of the file */
	bool hides[STATES];
};

/* All coaches over the last month, no filter; what is hidden is borrowed. */
void board_settings_init(
    struct board_settings *, const struct exclusions *hidden);

struct board_coach {
	const struct coach_row *row;
	double deals;
	double smoothed_pct;
	enum coach_state state;
	struct text label; /* of the state; as in the file by_label */
	bool is_above;	   /* has the minimum of deals */
};

struct board_bin {
	double low;  /* in it */
	double high; /* not in it */
	size_t nr;
};

struct board {
	struct board_coach *coach; /* in the order of the file */
	size_t *order;		   /* indices of them, descending by smoothed */
	size_t nr;
	size_t above_nr;
	size_t before_top_nr; /* coaches that the top was taken of */
	size_t top_nr;	      /* that it left, before the states hide some */
	double cutoff_pct;    /* NAN: none */
	double median_pct;
	double deals;		  /* sum, of all */
	double mean_smoothed_pct; /* above the minimum; NAN: none there */
	double mean_deals;	  /* the same */
	double above_median_pct;  /* the same */
	size_t state_nr[STATES];  /* of all */
	size_t above_state_nr[STATES];
	struct board_bin *bin; /* of smoothed, above the minimum */
	size_t bin_nr;
};

/* The rows must stay; all are given, those that pages leave out too. */
void board_make(struct board *, const struct board_settings *,
    const struct coach_row *, size_t nr);
void board_free(struct board *);

/* Whether pages show the coach, with these names left out besides. */
bool board_shows(const struct exclusions *, const struct coach_row *,
    const struct text *excluded, size_t nr);

/*
 * The lines of the result: board, board_coach (descending by smoothed),
 * board_bin; false behind the last. *at is 0 at first.
 */
bool board_next(const struct board *, const struct board_settings *, size_t *at,
    struct buf *line);

#endif
