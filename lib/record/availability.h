/*
 * availability.h - whether a coach takes leads, as the team keeps it; see
 * availability(1)
 */
#ifndef KPIPE_AVAILABILITY_H
#define KPIPE_AVAILABILITY_H

#include "base/ndjson.h"

enum availability_status {
	AVAILABLE,
	AVAILABLE_AWAY, /* today is one of the days away */
	AVAILABLE_OFF,	/* takes no leads */
	AVAILABLE_STATUSES,
};

/* "🟢 Beschikbaar" */
extern const char *const availability_label[AVAILABLE_STATUSES];

struct availability {
	struct text coach_id;
	struct text coach_name;
	bool takes_leads;
	struct text away_from; /* YYYY-MM-DD, or what else stands there */
	struct text away_until;
	struct text note;
	struct text changed_at; /* local time, YYYY-MM-DD HH:MM:SS */
	enum availability_status status;
};

struct availability_fields {
	size_t type, id, name, on, from, until, note, changed, status;
};

void availability_want(struct availability_fields *, struct json_shape *);
bool availability_here(
    const struct availability_fields *, const struct record *);
/*
 * Its texts are copied into keep.
 *
 * Errors: FAULT_DATA naming the field that is not of its kind.
 */
int availability_decode(struct availability *,
    const struct availability_fields *, const struct record *,
    struct arena *keep, struct fault *);

/* Added to b, without a newline. */
void availability_put(const struct availability *, struct buf *b);
/* How many have each status. */
void availability_summary_put(
    const size_t nr[AVAILABLE_STATUSES], struct buf *b);

#endif
