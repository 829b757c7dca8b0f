/*
 * lookup_impl.h - what the parts of lookup.h share
 */
#ifndef KPIPE_HUBSPOT_LOOKUP_IMPL_H
#define KPIPE_HUBSPOT_LOOKUP_IMPL_H

#include "base/arena.h"
#include "base/json.h"
#include "hubspot/idset.h"
#include "hubspot/lookup.h"

/* The slots of answer_shape. */
enum {
	LOOKUP_RESULTS,
	LOOKUP_ERRORS,
	LOOKUP_STATUS,
	LOOKUP_ANSWER_SLOTS
};

/* The slots of item_shape. */
enum {
	LOOKUP_FROM,
	LOOKUP_TO,
	LOOKUP_AFTER,
	LOOKUP_ITEM_SLOTS
};

enum lookup_state {
	WAITS,
	ASKED,
	ANSWERED,
};

/* A link, or one label of it. */
struct lookup_row {
	size_t from; /* index of the id */
	struct text to_id;
	struct text label; /* JSON, "no text" for none */
	size_t nr;	   /* in the order received */
};

/* The links of an id go on behind a cursor. */
struct lookup_more {
	size_t from;
	struct text after;
};

struct lookup_batch {
	struct lookup_batch *next;
	enum lookup_state state;
	struct arena *arena; /* holds all its texts */
	struct text *id;
	size_t nr;
	size_t gone; /* of them not there, or refused */
	struct lookup_row *row;
	size_t row_nr, row_cap;
	struct lookup_more *more;
	size_t more_nr;
	unsigned rounds;
	struct buf lines; /* what comes out */
	uint64_t records; /* of them */
};

struct lookup {
	struct lookup_conf conf;
	struct lookup_counts counts;
	struct idset *asked;
	struct idset *cursors;	    /* of links that go on */
	struct lookup_batch *first; /* in order; the last may be begun */
	struct lookup_batch *last;
	struct lookup_batch *begun;
	size_t live;	  /* batches asked for or answered */
	size_t in_flight; /* batches asked for */
	uint64_t waiting; /* ids in batches that wait, or in sorted */
	bool ended;
	bool refused; /* some batch was */

	struct arena *arena; /* of sorted */
	struct text *sorted;
	size_t sorted_nr, sorted_cap, sorted_at;

	struct buf missing;
	struct buf gaps;
	struct json_shape *answer_shape, *item_shape, *to_shape, *type_shape;
	struct json_shape *error_shape;
	struct arena *scratch;
};

/* Why an id was named among the errors of an answer. */
enum lookup_named {
	NOT_NAMED,
	NAMED_MISSING,
	NAMED_LOST,
	NAMED_EMPTY,
	NAMED_FOUND, /* not among the errors, but the results */
};

/* The index of an id in the batch, looked for from *near on; nr for none. */
size_t lookup_find(const struct lookup_batch *, struct text id, size_t *near);
void lookup_note_missing(struct lookup *, struct text id);
void lookup_note_lost(struct lookup *, struct text id, struct text why);
/* What a 207 says went wrong with single ids, into named[0 .. nr]. */
void lookup_read_errors(struct lookup *, struct lookup_batch *,
    struct json_value errors, enum lookup_named *named);

/*
 * Read an answer of either kind, scanned before. The batch is then answered, or
 * waits to be asked for more.
 */
int lookup_take_read(struct lookup *, struct lookup_batch *,
    const struct json_value *field, struct fault *);
int lookup_take_links(struct lookup *, struct lookup_batch *,
    const struct json_value *field, struct fault *);

#endif
