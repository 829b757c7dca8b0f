/*
 * score.h - how well somebody did, from 0 to 100, by six figures
 *
 * Pure. A figure or a score that is missing is NAN.
 */
#ifndef KPIPE_CHATTERS_SCORE_H
#define KPIPE_CHATTERS_SCORE_H

#include "chatters/settings.h"
#include "record/band.h"

struct score {
	double total;
	double points[KPIS];
};

/* Those who are compared: all who worked in the same time. */
struct score_pool;

/* The settings are borrowed. */
struct score_pool *score_pool_new(
    const struct chatters_settings *, enum score_mode);
/* Takes NULL. */
void score_pool_free(struct score_pool *);
void score_pool_add(struct score_pool *, const double value[KPIS]);
/* After the last; the mode that scores are made by: too few have no ranks. */
enum score_mode score_pool_close(struct score_pool *);

void score_make(
    const struct score_pool *, const double value[KPIS], struct score *);

/* Rounded, half away from zero. */
int score_int(double total);
enum band score_band(double total);

#endif
