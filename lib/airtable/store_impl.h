/*
 * store_impl.h - what the store*.c files share
 */
#ifndef KPIPE_AIRTABLE_STORE_IMPL_H
#define KPIPE_AIRTABLE_STORE_IMPL_H

#include "airtable/store.h"
#include "base/json.h"
#include "base/map.h"

#define STORE_BATCH 10
#define STORE_BODY  ((size_t)16 << 20)

struct store_row {
	const char *where;
	struct text *value;
	struct text key;
	struct text day; /* the key that is one; "no text": none is */
	bool out; /* there is a later one, it is there already, or failed */
};

struct store {
	const struct store_conf *conf;
	struct api *api;
	struct arena *keep, *scratch;
	struct store_row *row;
	size_t nr, cap;
	bool *dropped; /* fields that the table does not have */
	size_t day;    /* of the keys, the one that is a day; or nr_key */
	struct map *there;
	struct buf body, key;
	struct json_shape *plain, *record, *done;
	bool lost; /* it is not known whether a request was done */
	struct store_counts n;
};

/* Note what the table has of that day, or has at all for "no text". */
int store_look(struct store *, struct text day, struct fault *);
/* The row is in the table, by what was noted. */
bool store_has(const struct store *, const struct store_row *);

void store_fail(struct store *, struct store_row *, const char *why);

/* Send a batch until nothing of it is left to do; batch is reordered. */
int store_send(
    struct store *, struct store_row **batch, size_t nr, struct fault *);

#endif
