/*
 * traffic.h - how evenly the fans of a team come to its chatters
 *
 * Pure. Bounds that are met but for the last digits of a double are met.
 */
#ifndef KPIPE_CHATTERS_TRAFFIC_H
#define KPIPE_CHATTERS_TRAFFIC_H

#include "chatters/settings.h"

/* The fans per hour of a team on one day. Starts as all zero. */
struct traffic {
	double sum, min, max;
	size_t nr;
};

enum traffic_band {
	TRAFFIC_LOW,
	TRAFFIC_NORMAL,
	TRAFFIC_HIGH,
};

enum traffic_level {
	TRAFFIC_EVEN,
	TRAFFIC_WARNING,
	TRAFFIC_CRITICAL,
};

extern const char *const traffic_band_word[];
/* "warning", "critical"; NULL for even. */
extern const char *const traffic_level_word[];

/* One more; NAN is nobody. */
void traffic_add(struct traffic *, double fans_hr);
double traffic_mean(const struct traffic *); /* NAN without anybody */
/* The busiest against the quietest; NAN where that says nothing. */
double traffic_ratio(const struct traffic *);
enum traffic_band traffic_band(
    const struct chatters_settings *, const struct traffic *, double fans_hr);
enum traffic_level traffic_level(
    const struct chatters_settings *, const struct traffic *);
/* What to say of it, added to b; nothing when it is even. */
void traffic_put_text(
    const struct chatters_settings *, const struct traffic *, struct buf *b);

#endif
